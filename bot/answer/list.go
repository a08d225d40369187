package answer

import (
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// Category returns the answer that lists the terms of a category.
func Category(g *glossary.Glossary, l glossary.Lang, category glossary.Category) reply.Reply {
	w := newWriter(g, l)
	terms := w.glossary.ByCategory(category)
	r := reply.Reply{Kind: reply.KindList}
	list := reply.List{Heading: category.Title(w.lang)}
	for _, t := range terms {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
		list.Items = append(list.Items, Names(t, w.lang))
	}
	if len(terms) == 0 {
		list.Items = []string{w.texts.EmptyCategory}
	}
	r.Blocks = []reply.Block{list, reply.Note{Text: w.texts.AskForOne}}
	return r
}

// Categories returns the answer that lists the categories, each with its first terms. It
// begins with said, or with the list if that is "".
func Categories(g *glossary.Glossary, l glossary.Lang, said string) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindList}
	if said != "" {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: said})
	}
	for _, t := range w.glossary.All() {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
	}
	list := reply.List{Heading: w.texts.Categories(w.glossary.Len())}
	for _, category := range glossary.Categories() {
		terms := w.glossary.ByCategory(category)
		if len(terms) == 0 {
			continue
		}
		var names []string
		for _, t := range terms {
			names = append(names, t.DisplayName(w.lang))
		}
		const shown = 6
		more := ""
		if len(names) > shown {
			names, more = names[:shown], " …"
		}
		list.Items = append(list.Items, category.Title(w.lang)+" ("+string(category)+"): "+strings.Join(names, w.texts.Comma)+more)
	}
	r.Blocks = append(r.Blocks, list, reply.Note{Text: w.texts.ListOne})
	return r
}
