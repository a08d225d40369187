package search

import (
	"testing"

	"k8sbot/glossary"
)

// TestPrefix compares prefix with a linear search.
func TestPrefix(t *testing.T) {
	n := newNames(loadTerms(t).All())
	for _, w := range allWords("acdeiknoprs", 3) {
		key := string(w)
		if len(key) < 2 {
			continue
		}
		want := make(map[*glossary.Term]bool)
		for k, spellings := range n.keys {
			if len(k) >= len(key) && k[:len(key)] == key {
				for _, s := range spellings {
					want[s.Term] = true
				}
			}
		}
		found := n.prefix(key)
		if len(found) != len(want) {
			t.Errorf("prefix(%q): got %d terms, want %d", key, len(found), len(want))
		}
		for _, m := range found {
			if !want[m.Term] {
				t.Errorf("prefix(%q): got %s, which does not match", key, m.Term.ID)
			}
		}
	}
}
