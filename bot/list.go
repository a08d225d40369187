package bot

import (
	"context"
	"strings"

	"k8sbot/glossary"
)

// runList lists a category, or the categories.
func runList(c *call, _ context.Context, arg string) Reply { return c.list(arg) }

func (c *call) list(name string) Reply {
	if name == "" {
		return c.listCategories("")
	}
	category, err := glossary.ParseCategory(name)
	if err != nil {
		return c.listCategories(c.w.unknownCategory(quote(name)))
	}
	terms := c.glossary.In(category)
	r := Reply{Kind: KindList}
	list := List{Heading: category.Title(c.lang)}
	for _, t := range terms {
		r.Matches = append(r.Matches, sure(t))
		list.Items = append(list.Items, bothNames(t, c.lang))
	}
	if len(terms) == 0 {
		list.Items = []string{c.w.emptyCategory}
	}
	r.Blocks = []Block{list, Note{c.w.askForOne}}
	return r
}

func (c *call) listCategories(said string) Reply {
	r := Reply{Kind: KindList}
	if said != "" {
		r.Blocks = append(r.Blocks, Paragraph{Text: said})
	}
	for _, t := range c.glossary.All() {
		r.Matches = append(r.Matches, sure(t))
	}
	list := List{Heading: c.w.categories(c.glossary.Len())}
	for _, category := range glossary.Categories() {
		terms := c.glossary.In(category)
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
		list.Items = append(list.Items, category.Title(c.lang)+" ("+string(category)+"): "+strings.Join(names, c.w.comma)+more)
	}
	r.Blocks = append(r.Blocks, list, Note{c.w.listOne})
	return r
}

// runRandom shows any term, of a category where one is named.
func runRandom(c *call, _ context.Context, arg string) Reply {
	terms := c.glossary.All()
	if arg != "" {
		category, err := glossary.ParseCategory(arg)
		if err != nil {
			return c.listCategories(c.w.unknownCategory(quote(arg)))
		}
		terms = c.glossary.In(category)
	}
	if len(terms) == 0 {
		return c.listCategories(c.w.emptyCategory)
	}
	r := c.explain(sure(terms[c.random(len(terms))]), false)
	r.Choices = append(r.Choices, choice(c.w.another, actRandom))
	return r
}
