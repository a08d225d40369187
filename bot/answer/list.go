package answer

import (
	"slices"
	"strconv"
	"strings"

	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// List returns the list with the given name: a category or a team's own terms. A category may be
// abbreviated or misspelled, and a page may follow it, as in "networking 2". If name is "", List
// returns the list of categories. id is the name to use in buttons. ok is false if there is no such
// list.
func List(g *glossary.Glossary, l glossary.Lang, own []*glossary.Term, name string) (r reply.Reply, id string, ok bool) {
	if name == "" {
		return Categories(g, l, "", own), "", true
	}
	if len(own) > 0 && (strings.EqualFold(name, TeamList) || name == "チーム" || name == wording.In(l).TeamTerms) {
		return Team(g, l, own), TeamList, true
	}
	typed, page := query.SplitPage(name)
	found, exact := query.Categories(typed)
	switch {
	case len(found) == 0:
		return r, "", false
	case len(found) > 1:
		return among(g, l, typed, found, own), "", true
	}
	r = category(g, l, found[0], own, page)
	if !exact {
		note := reply.Paragraph{Text: wording.In(l).UnderstoodAs(reply.Quote(typed), found[0].Title(l))}
		r.Blocks = append([]reply.Block{note}, r.Blocks...)
	}
	return r, pageName(found[0], page), true
}

// pageName returns the name of a page in a category's list.
func pageName(c glossary.Category, page int) string {
	if page < 2 {
		return string(c)
	}
	return string(c) + " " + strconv.Itoa(page)
}

// among returns the answer that asks which of several categories a person means.
func among(g *glossary.Glossary, l glossary.Lang, typed string, found []glossary.Category, own []*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu(own), Blocks: []reply.Block{
		reply.Paragraph{Bold: w.texts.DidYouMean(reply.Quote(typed))}, reply.List{Items: w.categories(found)},
	}}
	for _, c := range found[:min(len(found), maxListButtons)] {
		r.Buttons = append(r.Buttons, reply.NewButton(c.Title(l), reply.ShowList, string(c)))
	}
	return r
}

// TeamList is the name of the list that contains a team's terms. All other lists are named after a
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

// maxListed is the maximum number of terms on a page of a list. Readers can take in that many at a
// glance on a phone, if the terms are grouped.
const maxListed = 24

// category returns a page of the answer that lists a category's terms, best-known terms first.
// Pages are counted from 1. The first page also lists the terms in own that belong to the category.
func category(g *glossary.Glossary, l glossary.Lang, c glossary.Category, own []*glossary.Term, page int) reply.Reply {
	w := newWriter(g, l)
	terms := w.glossary.ByCategory(c)
	slices.SortStableFunc(terms, g.Compare)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu(own)}
	own = In(c, own)
	if len(terms)+len(own) == 0 {
		r.Blocks = []reply.Block{reply.Paragraph{Bold: c.Title(w.lang), Text: w.texts.EmptyCategory}}
		return r
	}
	for _, t := range slices.Concat(terms, own) {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
	}
	page = max(1, min(page, (len(terms)+maxListed-1)/maxListed))
	from, to := min((page-1)*maxListed, len(terms)), min(page*maxListed, len(terms))
	count := w.texts.TermCount(len(terms))
	if len(terms) > maxListed {
		count = w.texts.PageOf(from+1, to, len(terms))
	}
	r.Blocks = append(r.Blocks, reply.Paragraph{Bold: c.Title(w.lang), Text: count})
	r.Blocks = append(r.Blocks, w.groups(terms[from:to], terms[:from])...)
	if page == 1 {
		r.Blocks = append(r.Blocks, w.own(own)...)
	}
	note := w.texts.TypeName
	if to < len(terms) {
		more := reply.NewButton(w.texts.NextPage(min(maxListed, len(terms)-to)), reply.NextPage, string(c), strconv.Itoa(page+1))
		more.Primary = true
		r.Buttons = append(r.Buttons, more)
		note = glossary.JoinSentences(l, note, w.texts.TypePage("list "+pageName(c, page+1)))
	}
	if page > 1 {
		r.Buttons = append(r.Buttons, reply.NewButton(w.texts.PreviousPage(maxListed), reply.PreviousPage, string(c), strconv.Itoa(page-1)))
	}
	r.Blocks = append(r.Blocks, reply.Note{Text: note})
	for _, t := range terms[from:min(to, from+maxListButtons-len(r.Buttons))] {
		r.Buttons = append(r.Buttons, w.termButton(t))
	}
	return r
}

// groups returns the names of terms, grouped by what the terms are: statuses by severity, worst
// first, and then all other terms by kind. If there is only one group, each name is on its own
// line. The headings say which groups continue from the pages before, which list the terms in
// before.
func (w writer) groups(terms, before []*glossary.Term) []reply.Block {
	var blocks []reply.Block
	by := make(map[string][]*glossary.Term)
	for _, t := range terms {
		by[w.group(t)] = append(by[w.group(t)], t)
	}
	if len(by) == 1 {
		list := reply.List{}
		for _, t := range terms {
			list.Items = append(list.Items, t.DisplayName(w.lang))
		}
		return []reply.Block{list}
	}
	for _, heading := range w.texts.Groups {
		if group := by[heading]; len(group) > 0 {
			if slices.ContainsFunc(before, func(t *glossary.Term) bool { return w.group(t) == heading }) {
				heading += w.texts.Continued
			}
			blocks = append(blocks, reply.Paragraph{Heading: heading, Text: w.nameList(group, len(group))})
		}
	}
	return blocks
}

// kindGroups are the kinds of usage in each group of [wording.Texts] that follows the groups for
// the severities. The last group, which contains all other terms, is not listed here.
var kindGroups = [][]glossary.UsageKind{
	{glossary.ResourceKind}, {glossary.Component, glossary.Tool}, {glossary.Field, glossary.Label, glossary.Annotation},
	{glossary.KubectlCommand}, {glossary.Task},
}

// group returns the heading of a term's group.
func (w writer) group(t *glossary.Term) string {
	severities := len(glossary.Severity("").Values())
	if t.IsStatus() {
		return w.texts.Groups[t.Severity.Rank()%severities]
	}
	for i, kinds := range kindGroups {
		if len(t.Usages) > 0 && slices.Contains(kinds, t.Usages[0].Kind) {
			return w.texts.Groups[severities+i]
		}
	}
	return w.texts.Groups[severities+len(kindGroups)]
}

const (
	// maxListButtons is the maximum number of terms in a list that get a button.
	maxListButtons = 3
	// maxExamples is the maximum number of terms that the list of categories names for each
	// category.
	maxExamples = 4
)

// Categories returns the answer that lists the categories, each with its best-known terms. The
// answer begins with intro, if it is not "". A team's terms come last.
func Categories(g *glossary.Glossary, l glossary.Lang, intro string, own []*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindList, Menu: w.categoryMenu(own)}
	if intro != "" {
		r.Blocks = append(r.Blocks, reply.Paragraph{Bold: intro})
	}
	for _, t := range w.glossary.All() {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
	}
	list := reply.List{Heading: w.texts.Categories(w.glossary.Len()), Items: w.categories(glossary.Categories())}
	if len(own) > 0 {
		list.Items = append(list.Items, w.texts.TeamTerms+" (`"+TeamList+"`)"+w.texts.Colon+w.nameList(own, maxExamples))
	}
	r.Blocks = append(r.Blocks, list, reply.Note{Text: w.texts.TypeCategory})
	return r
}

// categories returns the names of the given categories, each with its best-known terms. It omits
// categories without terms.
func (w writer) categories(all []glossary.Category) []string {
	var items []string
	for _, c := range all {
		terms := w.glossary.ByCategory(c)
		if len(terms) == 0 {
			continue
		}
		slices.SortStableFunc(terms, w.glossary.Compare)
		items = append(items, c.Title(w.lang)+" (`"+string(c)+"`)"+w.texts.Colon+w.nameList(terms, maxExamples))
	}
	return items
}

// categoryMenu returns a menu with the list of the team's terms, if there are any, and all
// categories that contain terms.
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
