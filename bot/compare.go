package bot

import (
	"context"
	"slices"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// runCompare compares the terms in a text. If a side is unknown, it looks up that side alone.
func (c *exchange) runCompare(ctx context.Context, text string) reply.Reply {
	if terms, ok := c.soleMatches(query.SplitList(text, answer.MaxCompared+1, c.view.Covers)); ok {
		return c.compareReply(terms...)
	}
	left, right, ok := query.SplitComparison(text)
	if !ok {
		left, right, ok = query.SplitPair(text, func(part string) bool { _, ok := c.soleMatch(part); return ok })
	}
	if !ok {
		if text == "" {
			return reply.Reply{Kind: reply.KindHelp, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.ComparePrompt}}}
		}
		return c.runTerm(ctx, text)
	}
	a, okA := c.soleMatch(left)
	b, okB := c.soleMatch(right)
	// People write what both sides share only once: "kubectl apply vs create", "liveness vs
	// readiness probe".
	if words := strings.Fields(left); okA && !okB && len(words) > 1 {
		b, okB = c.soleMatch(strings.Join(words[:len(words)-1], " ") + " " + right)
	}
	if words := strings.Fields(right); okB && !okA && len(words) > 1 {
		a, okA = c.soleMatch(left + " " + strings.Join(words[1:], " "))
	}
	switch {
	case okA && okB && a != b:
		return c.compareReply(a, b)
	case okA && okB:
		return c.termReply(reply.ExactMatch(a), false)
	}
	// A name may itself look like a comparison.
	if t, ok := c.soleMatch(text); ok {
		return c.termReply(reply.ExactMatch(t), false)
	}
	unknown := left
	if okA {
		unknown = right
	}
	r := c.runTerm(ctx, unknown)
	if r.Kind == reply.KindTerm { // several terms have this name
		r.Kind = reply.KindSuggestions
	}
	return r
}

// compareReply compares two or three terms.
func (c *exchange) compareReply(terms ...*glossary.Term) reply.Reply {
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	return c.offerShare(answer.Comparison(c.glossary, c.lang, terms...), reply.Compare, ids...)
}

// soleMatches returns the only certain matches of three or more texts. It returns false if
// a text has no such match, if two have the same one, or if there are more than
// [answer.MaxCompared] texts.
func (c *exchange) soleMatches(parts []string) ([]*glossary.Term, bool) {
	if len(parts) < 3 || len(parts) > answer.MaxCompared {
		return nil, false
	}
	var terms []*glossary.Term
	for _, part := range parts {
		t, ok := c.soleMatch(part)
		if !ok || slices.Contains(terms, t) {
			return nil, false
		}
		terms = append(terms, t)
	}
	return terms, true
}

// soleMatch returns the only certain match of a text, or false if there is none or more than one.
func (c *exchange) soleMatch(text string) (*glossary.Term, bool) {
	found := c.view.Search(text, 2)
	if len(found) == 0 || found[0].Score < search.AnswerThreshold || len(found) > 1 && found[1].Score >= search.AnswerThreshold {
		return nil, false
	}
	return found[0].Term, true
}
