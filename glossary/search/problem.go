package search

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/problem"
	"k8sbot/glossary/search/token"
)

// isProblem reports whether a term is a status that is not healthy.
func isProblem(t *glossary.Term) bool { return t.IsStatus() && t.Severity != glossary.Normal }

// problem returns how likely it is that a query describes a problem, from 0 to 1.
func (c *corpus) problem(q *query, asked []askedToken, mentions []mention) float32 {
	words := problem.Words{}
	for _, a := range asked {
		if a.Documents > 0 && a.isTyped {
			words.Add(a.weight, a.leaning)
		}
	}
	return words.Probability(&q.read, slices.ContainsFunc(mentions, func(m mention) bool { return isProblem(m.term) && m.weight >= minRareName }))
}

// isForeign reports whether a query names something that is not a term.
func (c *corpus) isForeign(text string, mentions []mention) bool {
	isTerm := func(word string) bool {
		return slices.ContainsFunc(mentions, func(m mention) bool { return strings.Contains(m.written, word) })
	}
	return guard.NamesOther(text, isTerm, func(word string) bool {
		return slices.ContainsFunc(token.Of(word), func(t string) bool { _, _, ok := c.index.Find(t); return ok })
	})
}
