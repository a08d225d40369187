package bot

import (
	"context"
	"slices"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
)

// runList lists the terms of the category in the argument, or all categories if it is empty.
func (c *exchange) runList(_ context.Context, arg string) reply.Reply {
	r, name, ok := answer.List(c.glossary, c.lang, c.view.Own.Terms(), arg)
	if !ok {
		return c.unknownCategory(arg)
	}
	return c.offerShare(r, reply.ShowList, name)
}

func (c *exchange) unknownCategory(typed string) reply.Reply {
	return answer.Categories(c.glossary, c.lang, c.texts.UnknownCategory(reply.Quote(typed)), c.view.Own.Terms())
}

// runRandom shows a random term. If the argument names a category, the term is from that
// category. Otherwise the term is not a task.
func (c *exchange) runRandom(_ context.Context, arg string) reply.Reply {
	terms := slices.Concat(c.glossary.Words(), c.view.Own.Terms())
	if arg != "" {
		found, _ := query.Categories(arg)
		if len(found) != 1 {
			return c.unknownCategory(arg)
		}
		terms = slices.Concat(c.glossary.ByCategory(found[0]), answer.In(found[0], c.view.Own.Terms()))
	}
	if len(terms) == 0 {
		return answer.Categories(c.glossary, c.lang, c.texts.EmptyCategory, nil)
	}
	r := c.termReply(reply.ExactMatch(terms[c.random(len(terms))]), false)
	another := reply.NewButton(c.texts.Another, reply.ShowRandom)
	if last := len(r.Buttons) - 1; last >= 0 && strings.HasPrefix(r.Buttons[last].ID, reply.NewButton("", reply.ShowTerm).ID) {
		// The button for another random term takes the place of the button for the next term.
		r.Buttons = append(slices.Clone(r.Buttons[:last]), another)
	} else {
		r.Buttons = append(r.Buttons, another)
	}
	if len(r.Buttons) == reply.MaxControls {
		r.Menu = reply.Menu{}
	}
	r.CacheKey = ""
	return r
}
