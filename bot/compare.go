package bot

import (
	"context"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// runCompare compares the terms named in text. If a name is unknown, runCompare looks up the first
// unknown name, and mentions the known term, if any.
func (c *exchange) runCompare(ctx context.Context, text string) reply.Reply {
	names, asked := query.Differing(text)
	if r, ok := c.compareList(query.SplitList(names, c.view.Covers)); ok {
		return r
	}
	left, right, ok := query.SplitComparison(text)
	if !ok {
		isTerm := func(part string) bool { _, ok := c.view.Sole(part); return ok }
		left, right, ok = query.SplitPair(names, isTerm)
		ok = ok && (!asked || isTerm(left) && isTerm(right))
	}
	if !ok {
		if text == "" {
			return reply.Reply{Kind: reply.KindHelp, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.ComparePrompt}}}
		}
		if t, ok := c.view.Sole(text); ok && !asked {
			return answer.CompareWith(c.glossary, c.lang, t)
		}
		return c.runTerm(ctx, text)
	}
	terms, unknown := c.view.Sides([]string{left, right})
	switch {
	case len(terms) == 2:
		return c.compareReply(terms...)
	case len(terms) == 1 && len(unknown) == 0:
		return c.termReply(reply.ExactMatch(terms[0]), false)
	}
	// A name may itself look like a comparison.
	if t, ok := c.view.Sole(text); ok {
		return c.termReply(reply.ExactMatch(t), false)
	}
	return answer.OneSide(c.lang, c.runTerm(ctx, unknown[0]), terms)
}

// compareList compares three or more terms. It returns false if parts is not a list of terms. The
// reply mentions the parts that are unknown or left out.
func (c *exchange) compareList(parts []string, separated bool) (reply.Reply, bool) {
	if len(parts) <= 2 {
		return reply.Reply{}, false
	}
	terms, unknown := c.view.Sides(parts)
	if len(terms) < 2 || !separated && len(terms) < len(parts) {
		return reply.Reply{}, false
	}
	compared := min(len(terms), answer.MaxCompared)
	return answer.LeftOut(c.lang, c.compareReply(terms[:compared]...), unknown, terms[compared:]), true
}

// compareReply compares two or three terms.
func (c *exchange) compareReply(terms ...*glossary.Term) reply.Reply {
	return c.offerShare(answer.Comparison(c.glossary, c.lang, terms...), reply.Compare, answer.IDs(terms)...)
}
