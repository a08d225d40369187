package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// pairSeparator matches what may separate two terms after the command's name.
var pairSeparator = regexp.MustCompile(`\s+(?:and|with|to|&|と)\s+|\s*[,、/]\s*|と`)

// runCompare compares two terms. If only one side is unknown, it looks up that side
// alone.
func (c *exchange) runCompare(ctx context.Context, text string) reply.Reply {
	if terms, ok := c.splitList(text); ok {
		return c.compareReply(terms...)
	}
	left, right, ok := query.SplitComparison(text)
	if !ok {
		left, right, ok = c.splitPair(text)
	}
	if !ok {
		if text == "" {
			return reply.Reply{Kind: reply.KindHelp, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.CompareWhat}}}
		}
		return c.runTerm(ctx, text)
	}
	a, okA := c.soleMatch(left)
	b, okB := c.soleMatch(right)
	// People leave out what both sides share: "kubectl apply vs create", "liveness vs
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
	if r.Kind == reply.KindTerm { // ambiguous terms share the name
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

// splitList returns the terms of "A vs B vs C" or "A, B and C", and false if the text is
// anything else.
func (c *exchange) splitList(text string) ([]*glossary.Term, bool) {
	parts := query.SplitList(text, answer.MaxCompared+1)
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

// soleMatch returns the term that a text means, and false if it means none or several.
func (c *exchange) soleMatch(text string) (*glossary.Term, bool) {
	found := c.index.Search(text, 2)
	if len(found) == 0 || found[0].Score < search.AnswerThreshold || len(found) > 1 && found[1].Score >= search.AnswerThreshold {
		return nil, false
	}
	return found[0].Term, true
}

// splitPair splits "A B" if both are terms, each of one or more words.
func (c *exchange) splitPair(text string) (left, right string, ok bool) {
	for _, at := range pairSeparator.FindAllStringIndex(text, 4) {
		left, right := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
		if _, ok := c.soleMatch(left); !ok {
			continue
		}
		if _, ok := c.soleMatch(right); ok {
			return left, right, true
		}
	}
	words := strings.Fields(text)
	if len(words) > 12 {
		return "", "", false
	}
	for i := 1; i < len(words); i++ {
		left, right := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		if _, ok := c.soleMatch(left); !ok {
			continue
		}
		if _, ok := c.soleMatch(right); ok {
			return left, right, true
		}
	}
	if len(words) == 2 {
		return words[0], words[1], true
	}
	return "", "", false
}
