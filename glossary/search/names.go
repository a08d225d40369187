package search

import (
	"maps"
	"slices"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// names contains all names and aliases of a glossary, keyed by their folded form.
type names struct {
	keys       map[string][]spelling // keyed by folded form
	sortedKeys func() []string       // the keys of keys, for prefix search
}

// A spelling is a name or alias of a term as its author wrote it.
type spelling struct {
	term   *glossary.Term
	text   string
	isName bool
}

func newNames(terms []*glossary.Term) *names {
	n := &names{keys: make(map[string][]spelling, 8*len(terms))}
	for _, t := range terms {
		t.Spellings(func(text string, isName bool) { n.add(t, text, isName) })
		if !slices.ContainsFunc(n.keys[fold.Key(t.ID)], func(s spelling) bool { return s.term == t }) {
			n.add(t, t.ID, false)
		}
		if r := t.Resource; r != nil && r.Group != "" {
			n.add(t, r.Plural+"."+r.Group, false)
		}
	}
	n.sortedKeys = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(n.keys)) })
	return n
}

func (n *names) add(t *glossary.Term, text string, isName bool) {
	if key := fold.Key(text); key != "" {
		n.keys[key] = append(n.keys[key], spelling{t, text, isName})
	}
}
