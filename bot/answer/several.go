package answer

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// MaxSeveral is the maximum number of terms in the answer of [Several].
const MaxSeveral = 5

// Several returns the answer to a question that names several terms. The answer says how the terms
// differ, if the glossary does, and what each term is and what to run first for it. It covers the
// first [MaxSeveral] terms, and names the others.
func Several(g *glossary.Glossary, l glossary.Lang, terms ...*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindTerm}
	if len(terms) == 2 {
		if s := w.pairDifference(terms[0], terms[1]); s != "" {
			r.Blocks = append(r.Blocks, reply.Paragraph{Bold: s})
		}
	}
	named := min(len(terms), MaxSeveral)
	for _, t := range terms[:named] {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
		e := w.entry(t)
		if e.Commands = w.steps("", firstCommands(t, 1)).Commands; len(e.Commands) > 0 {
			e.Commands[0].Note = ""
		}
		r.Blocks = append(r.Blocks, e)
	}
	if named < len(terms) {
		r.Blocks = append(r.Blocks, reply.List{Heading: w.texts.MoreTerms, Items: w.displayNames(terms[named:])})
	}
	compare := reply.NewButton(w.texts.CompareTerms, reply.Compare, IDs(terms)...)
	switch len(terms) {
	case 2:
		w.addTerms(&r, terms)
		r.Buttons = append(r.Buttons, compare)
	case MaxCompared:
		r.Buttons, r.Menu = []reply.Button{compare}, w.termMenu(w.texts.MoreTerms, terms)
	default:
		w.addTerms(&r, terms)
	}
	return r
}

// maxPairs is the maximum number of pairs in the answer of [CompareWith].
const maxPairs = 4

// CompareWith returns the answer to a comparison that names only one term, t. The answer lists the
// terms to compare with t, beginning with those whose difference from t the glossary states.
func CompareWith(g *glossary.Glossary, l glossary.Lang, t *glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindHelp}
	list := reply.List{}
	others := w.pairs(t)
	for _, other := range others {
		list.Items = append(list.Items, other.DisplayName(l)+w.texts.Colon+w.pairDifference(t, other))
	}
	if len(others) == 0 {
		others = w.neighbours(t)
	}
	if len(others) == 0 {
		r.Blocks = []reply.Block{reply.Paragraph{Text: w.texts.ComparePrompt}}
		return r
	}
	name := t.DisplayName(l)
	r.Blocks = []reply.Block{reply.Paragraph{Bold: w.texts.CompareWith(name), Text: w.texts.CompareExample(name, others[0].DisplayName(l))}}
	if len(list.Items) > 0 {
		r.Blocks = append(r.Blocks, list)
	}
	for _, other := range others[:min(len(others), reply.MaxControls)] {
		r.Buttons = append(r.Buttons, reply.NewButton(other.DisplayName(l), reply.Compare, t.ID, other.ID))
	}
	return r
}

// pairs returns at most [maxPairs] terms whose difference from t the glossary states. The terms
// that people ask about most come first, followed by those that people confuse with t.
func (w writer) pairs(t *glossary.Term) []*glossary.Term {
	var ids []string
	for _, c := range glossary.EmbeddedTables().Comparisons {
		if slices.Contains(c.Terms, t.ID) {
			ids = append(ids, c.Terms...)
		}
	}
	for _, c := range t.ConfusedWith {
		ids = append(ids, c.Term)
	}
	var others []*glossary.Term
	for _, id := range ids {
		other, ok := w.glossary.Term(id)
		if ok && other != t && !slices.Contains(others, other) && w.pairDifference(t, other) != "" && len(others) < maxPairs {
			others = append(others, other)
		}
	}
	return others
}
