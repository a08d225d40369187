package answer

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// MaxSeveral is the maximum number of terms in the answer of [Several].
const MaxSeveral = 5

// Several returns the answer to a text that names several terms: how they differ, if the glossary
// says so, and for each of them what it is and what to run first. It covers the first [MaxSeveral]
// terms, and names the others.
func Several(g *glossary.Glossary, l glossary.Lang, terms ...*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindTerm}
	terms, others := terms[:min(len(terms), MaxSeveral)], terms[min(len(terms), MaxSeveral):]
	if len(terms) == 2 {
		if s := w.pairDifference(terms[0], terms[1]); s != "" {
			r.Blocks = append(r.Blocks, reply.Paragraph{Bold: s})
		}
	}
	for _, t := range terms {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
		e := w.entry(t)
		if commands := slices.Concat(t.Checks, t.Try); len(commands) > 0 {
			e.Commands = w.steps("", commands[:1]).Commands
			e.Commands[0].Note = ""
		}
		r.Blocks = append(r.Blocks, e)
	}
	if len(others) > 0 {
		r.Blocks = append(r.Blocks, reply.List{Heading: w.texts.MoreTerms, Items: w.displayNames(others)})
	}
	w.addTerms(&r, slices.Concat(terms, others))
	if len(terms) == 2 {
		r.Buttons = append(r.Buttons, reply.NewButton(w.texts.CompareTerms, reply.Compare, terms[0].ID, terms[1].ID))
	}
	return r
}

// maxPairs is the maximum number of terms that [CompareWith] names.
const maxPairs = 6

// CompareWith returns the answer to a comparison of which only one side is named: the terms to
// compare it with, first those whose difference from t the glossary states.
func CompareWith(g *glossary.Glossary, l glossary.Lang, t *glossary.Term) reply.Reply {
	w := newWriter(g, l)
	var others []*glossary.Term
	list := reply.List{}
	for _, other := range w.pairs(t) {
		if len(others) < maxPairs {
			others = append(others, other)
			list.Items = append(list.Items, other.DisplayName(l)+w.texts.Colon+w.pairDifference(t, other))
		}
	}
	if len(others) == 0 {
		next := w.neighbours(t)
		others = next[:min(len(next), maxControls)]
	}
	r := reply.Reply{Kind: reply.KindHelp}
	if len(others) == 0 {
		r.Blocks = []reply.Block{reply.Paragraph{Text: w.texts.ComparePrompt}}
		return r
	}
	r.Blocks = []reply.Block{reply.Paragraph{
		Bold: w.texts.CompareWith(t.DisplayName(l)), Text: w.texts.CompareExample(t.DisplayName(l), others[0].DisplayName(l)),
	}}
	if len(list.Items) > 0 {
		r.Blocks = append(r.Blocks, list)
	}
	w.addTerms(&r, others)
	for _, buttons := range [][]reply.Button{r.Buttons, r.Menu.Options} {
		for i, b := range buttons {
			a, _ := reply.ParseAction(b.ID)
			buttons[i] = reply.NewButton(b.Label, reply.Compare, t.ID, a.Arg(0))
		}
	}
	return r
}

// pairs returns the terms whose difference from t the glossary states, the terms that people ask
// about most first.
func (w writer) pairs(t *glossary.Term) []*glossary.Term {
	var others []*glossary.Term
	add := func(id string) {
		other, ok := w.glossary.Term(id)
		if ok && other != t && !slices.Contains(others, other) && w.pairDifference(t, other) != "" {
			others = append(others, other)
		}
	}
	for _, c := range glossary.EmbeddedTables().Comparisons {
		if slices.Contains(c.Terms, t.ID) {
			add(c.Terms[0])
			add(c.Terms[1])
		}
	}
	for _, c := range t.ConfusedWith {
		add(c.Term)
	}
	return others
}
