package bot

import (
	"context"
	"strings"

	"k8sbot/glossary"
)

// runList lists the terms of a category, or the categories.
func (c *exchange) runList(_ context.Context, arg string) Reply { return c.listReply(arg) }

func (c *exchange) listReply(name string) Reply {
	if name == "" {
		return c.categoriesReply("")
	}
	category, err := glossary.ParseCategory(name)
	if err != nil {
		return c.categoriesReply(c.msg.unknownCategory(quoteInput(name)))
	}
	terms := c.glossary.ByCategory(category)
	r := Reply{Kind: KindList}
	list := List{Heading: category.Title(c.lang)}
	for _, t := range terms {
		r.Matches = append(r.Matches, exactMatch(t))
		list.Items = append(list.Items, bothNames(t, c.lang))
	}
	if len(terms) == 0 {
		list.Items = []string{c.msg.emptyCategory}
	}
	r.Blocks = []Block{list, Note{c.msg.askForOne}}
	return r
}

func (c *exchange) categoriesReply(said string) Reply {
	r := Reply{Kind: KindList}
	if said != "" {
		r.Blocks = append(r.Blocks, Paragraph{Text: said})
	}
	for _, t := range c.glossary.All() {
		r.Matches = append(r.Matches, exactMatch(t))
	}
	list := List{Heading: c.msg.categories(c.glossary.Len())}
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
		list.Items = append(list.Items, category.Title(c.lang)+" ("+string(category)+"): "+strings.Join(names, c.msg.comma)+more)
	}
	r.Blocks = append(r.Blocks, list, Note{c.msg.listOne})
	return r
}

// runRandom shows a random term, of one category if the argument names one.
func (c *exchange) runRandom(_ context.Context, arg string) Reply {
	terms := c.glossary.All()
	if arg != "" {
		category, err := glossary.ParseCategory(arg)
		if err != nil {
			return c.categoriesReply(c.msg.unknownCategory(quoteInput(arg)))
		}
		terms = c.glossary.ByCategory(category)
	}
	if len(terms) == 0 {
		return c.categoriesReply(c.msg.emptyCategory)
	}
	r := c.termReply(exactMatch(terms[c.random(len(terms))]), false)
	r.Buttons = append(r.Buttons, button(c.msg.another, actRandom))
	return r
}
