package search

import (
	"maps"
	"slices"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/scan"
)

// names contains all names and aliases of a glossary, keyed by their folded form.
type names struct {
	keys       map[string][]scan.Spelling // keyed by folded form
	sortedKeys func() []string            // the keys of keys, for prefix search
}

func newNames(terms []*glossary.Term) *names {
	n := &names{keys: make(map[string][]scan.Spelling, 8*len(terms))}
	add := func(key string, s scan.Spelling) {
		if key != "" {
			n.keys[key] = append(n.keys[key], s)
		}
	}
	for _, t := range terms {
		t.Spellings(func(text string, isName bool) {
			key := fold.Key(text)
			add(key, scan.NewSpelling(t, text, key, isName))
		})
		if key := fold.Key(t.ID); !slices.ContainsFunc(n.keys[key], func(s scan.Spelling) bool { return s.Term == t }) {
			add(key, scan.Spelling{Term: t, Text: t.ID})
		}
		if r := t.Resource; r != nil && r.Group != "" {
			full := r.Plural + "." + r.Group
			add(fold.Key(full), scan.Spelling{Term: t, Text: full})
		}
	}
	n.sortedKeys = sync.OnceValue(func() []string {
		keys := slices.AppendSeq(make([]string, 0, len(n.keys)), maps.Keys(n.keys))
		slices.Sort(keys)
		return keys
	})
	return n
}
