package answer

import (
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// List returns the list with the given name: a category or a team's own terms. If name is "",
// it returns the list of categories. id is the name to use in buttons. ok is false if there is
// no such list.
func List(g *glossary.Glossary, l glossary.Lang, own []*glossary.Term, name string) (r reply.Reply, id string, ok bool) {
	category, err := glossary.ParseCategory(name)
	switch {
	case name == "":
		return Categories(g, l, "", own), "", true
	case len(own) > 0 && (strings.EqualFold(name, TeamList) || name == "チーム" || name == wording.In(l).TeamTerms):
		return Team(g, l, own), TeamList, true
	case err != nil:
		return r, "", false
	}
	return Category(g, l, category, own), string(category), true
}

// TeamList is the name of the list of a team's terms. All other lists are named after a
// category.
const TeamList = "team"

// maxOwn is the maximum number of a team's terms that a list names.
const maxOwn = 100

// In returns the terms that belong to a category.
func In(category glossary.Category, terms []*glossary.Term) []*glossary.Term {
	return slices.DeleteFunc(slices.Clone(terms), func(t *glossary.Term) bool { return t.Category != category })
}

// Team returns the answer that lists a team's terms.
func Team(g *glossary.Glossary, l glossary.Lang, own []*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu(own), Blocks: append(w.own(own), reply.Note{Text: w.texts.TypeName})}
	for _, t := range own {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
	}
	for _, t := range own[:min(len(own), maxListButtons)] {
		r.Buttons = append(r.Buttons, w.termButton(t))
	}
	return r
}

// own returns the names of a team's terms, or nothing if there are none.
func (w writer) own(terms []*glossary.Term) []reply.Block {
	if len(terms) == 0 {
		return nil
	}
	return []reply.Block{reply.Paragraph{Heading: w.texts.TeamTerms + " (" + w.texts.TermCount(len(terms)) + ")", Text: w.nameList(terms, maxOwn)}}
}

// nameList returns the names of at most limit terms.
func (w writer) nameList(terms []*glossary.Term, limit int) string {
	var names []string
	for _, t := range terms[:min(len(terms), limit)] {
		names = append(names, t.DisplayName(w.lang))
	}
	text := strings.Join(names, w.texts.Comma)
	if len(terms) > limit {
		text += " …"
	}
	return text
}

// Category returns the answer that lists a category's terms, best-known first. It also lists the
// terms in own that belong to the category.
func Category(g *glossary.Glossary, l glossary.Lang, category glossary.Category, own []*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	terms := w.glossary.ByCategory(category)
	slices.SortStableFunc(terms, g.Compare)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu(own)}
	own = In(category, own)
	if len(terms)+len(own) == 0 {
		r.Blocks = []reply.Block{reply.Paragraph{Bold: category.Title(w.lang), Text: w.texts.EmptyCategory}}
		return r
	}
	for _, t := range slices.Concat(terms, own) {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
	}
	known := 0
	for known < len(terms) && terms[known].Tier == 1 {
		known++
	}
	r.Blocks = append(r.Blocks, reply.Paragraph{Heading: category.Title(w.lang) + " (" + w.texts.TermCount(len(terms)) + ")", Text: w.nameList(terms[:known], known)})
	if known < len(terms) {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: w.nameList(terms[known:], len(terms))})
	}
	r.Blocks = append(append(r.Blocks, w.own(own)...), reply.Note{Text: w.texts.TypeName})
	for _, t := range terms[:min(len(terms), maxListButtons)] {
		r.Buttons = append(r.Buttons, w.termButton(t))
	}
	return r
}

const (
	// maxListButtons is the maximum number of terms in a list that get a button.
	maxListButtons = 3
	// maxExamples is the maximum number of terms that the list of categories names for each
	// category.
	maxExamples = 4
)

// Categories returns the answer that lists the categories, each with its best-known terms. The
// answer begins with intro, if it is not "". The terms of a team come last.
func Categories(g *glossary.Glossary, l glossary.Lang, intro string, own []*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu(own)}
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
		slices.SortStableFunc(terms, g.Compare)
		list.Items = append(list.Items, category.Title(w.lang)+" (`"+string(category)+"`)"+w.texts.Colon+w.nameList(terms, maxExamples))
	}
	if len(own) > 0 {
		list.Items = append(list.Items, w.texts.TeamTerms+" (`"+TeamList+"`)"+w.texts.Colon+w.nameList(own, maxExamples))
	}
	r.Blocks = append(r.Blocks, list, reply.Note{Text: w.texts.TypeCategory})
	return r
}

// categoryMenu returns a menu of all categories that contain terms, after the team's.
func (w writer) categoryMenu(own []*glossary.Term) reply.Menu {
	m := reply.Menu{Label: w.texts.Category}
	if len(own) > 0 {
		m.Options = append(m.Options, reply.NewButton(w.texts.TeamTerms, reply.ShowList, TeamList))
	}
	for _, category := range glossary.Categories() {
		if len(w.glossary.ByCategory(category)) > 0 && len(m.Options) < reply.MaxOptions {
			m.Options = append(m.Options, reply.NewButton(category.Title(w.lang), reply.ShowList, string(category)))
		}
	}
	return m
}
