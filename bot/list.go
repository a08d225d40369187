package bot

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// runList lists the terms of a category, or the categories.
func (c *exchange) runList(_ context.Context, arg string) reply.Reply { return c.listReply(arg) }

func (c *exchange) listReply(name string) reply.Reply {
	if name == "" {
		return c.categoriesReply("")
	}
	category, err := glossary.ParseCategory(name)
	if err != nil {
		return c.categoriesReply(c.texts.UnknownCategory(reply.Quote(name)))
	}
	terms := c.glossary.ByCategory(category)
	r := reply.Reply{Kind: reply.KindList}
	list := reply.List{Heading: category.Title(c.lang)}
	for _, t := range terms {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
		list.Items = append(list.Items, bothNames(t, c.lang))
	}
	if len(terms) == 0 {
		list.Items = []string{c.texts.EmptyCategory}
	}
	r.Blocks = []reply.Block{list, reply.Note{Text: c.texts.AskForOne}}
	return r
}

func (c *exchange) categoriesReply(said string) reply.Reply {
	r := reply.Reply{Kind: reply.KindList}
	if said != "" {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: said})
	}
	for _, t := range c.glossary.All() {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
	}
	list := reply.List{Heading: c.texts.Categories(c.glossary.Len())}
	for _, category := range glossary.Categories() {
		terms := c.glossary.ByCategory(category)
		if len(terms) == 0 {
			continue
		}
		var names []string
		for _, t := range terms {
			names = append(names, t.DisplayName(c.lang))
		}
		const shown = 6
		more := ""
		if len(names) > shown {
			names, more = names[:shown], " …"
		}
		list.Items = append(list.Items, category.Title(c.lang)+" ("+string(category)+"): "+strings.Join(names, c.texts.Comma)+more)
	}
	r.Blocks = append(r.Blocks, list, reply.Note{Text: c.texts.ListOne})
	return r
}

// runRandom shows a random term, of one category if the argument names one.
func (c *exchange) runRandom(_ context.Context, arg string) reply.Reply {
	terms := c.glossary.All()
	if arg != "" {
		category, err := glossary.ParseCategory(arg)
		if err != nil {
			return c.categoriesReply(c.texts.UnknownCategory(reply.Quote(arg)))
		}
		terms = c.glossary.ByCategory(category)
	}
	if len(terms) == 0 {
		return c.categoriesReply(c.texts.EmptyCategory)
	}
	r := c.termReply(reply.ExactMatch(terms[c.random(len(terms))]), false)
	r.Buttons = append(r.Buttons, reply.NewButton(c.texts.Another, reply.ShowRandom))
	return r
}
