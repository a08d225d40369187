package answer

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// Category returns the answer that lists the terms of a category, the best-known first.
func Category(g *glossary.Glossary, l glossary.Lang, category glossary.Category) reply.Reply {
	w := newWriter(g, l)
	terms := w.glossary.ByCategory(category)
	slices.SortStableFunc(terms, byTier)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu()}
	if len(terms) == 0 {
		r.Blocks = []reply.Block{reply.Paragraph{Bold: category.Title(w.lang), Text: w.texts.EmptyCategory}}
		return r
	}
	var known, others []string
	for _, t := range terms {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
		if t.Tier == 1 {
			known = append(known, t.DisplayName(w.lang))
		} else {
			others = append(others, t.DisplayName(w.lang))
		}
	}
	r.Blocks = append(r.Blocks, reply.Paragraph{Heading: category.Title(w.lang) + " (" + w.texts.TermCount(len(terms)) + ")", Text: strings.Join(known, w.texts.Comma)})
	if len(others) > 0 {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: strings.Join(others, w.texts.Comma)})
	}
	r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.TypeName})
	for _, t := range terms[:min(len(terms), maxListButtons)] {
		r.Buttons = append(r.Buttons, w.termButton(t))
	}
	return r
}

const (
	// maxListButtons is the maximum number of terms of a list that get a button.
	maxListButtons = 3
	// maxExamples is the maximum number of terms that the list of categories names for each
	// category.
	maxExamples = 4
)

// Categories returns the answer that lists the categories, each with its best-known terms. The
// answer begins with intro, if it is not "".
func Categories(g *glossary.Glossary, l glossary.Lang, intro string) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu()}
	if intro != "" {
		r.Blocks = append(r.Blocks, reply.Paragraph{Bold: intro})
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
		slices.SortStableFunc(terms, byTier)
		var names []string
		for _, t := range terms[:min(len(terms), maxExamples)] {
			names = append(names, t.DisplayName(w.lang))
		}
		more := ""
		if len(terms) > maxExamples {
			more = " …"
		}
		list.Items = append(list.Items, category.Title(w.lang)+" (`"+string(category)+"`)"+w.texts.Colon+strings.Join(names, w.texts.Comma)+more)
	}
	r.Blocks = append(r.Blocks, list, reply.Note{Text: w.texts.TypeCategory})
	return r
}

// categoryMenu returns a menu of all categories that contain terms.
func (w writer) categoryMenu() reply.Menu {
	m := reply.Menu{Label: w.texts.Category}
	for _, category := range glossary.Categories() {
		if len(w.glossary.ByCategory(category)) > 0 && len(m.Options) < reply.MaxOptions {
			m.Options = append(m.Options, reply.NewButton(category.Title(w.lang), reply.ShowList, string(category)))
		}
	}
	return m
}

func byTier(a, b *glossary.Term) int { return cmp.Compare(a.Tier, b.Tier) }
