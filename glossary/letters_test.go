package glossary

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"k8sbot/glossary/fold"
)

// slowLetters is the find of a lettersIndex over all keys that begin as the query
// does, without a look at their letters.
func slowLetters(x *lettersIndex, key string) []string {
	first, _ := utf8.DecodeRuneInString(key)
	keys := fuzzyKeys(x.keys[first])
	var found []string
	for _, m := range fuzzy.FindFrom(key, keys) {
		if !slices.Contains(found, keys[m.Index].key) {
			found = append(found, keys[m.Index].key)
		}
	}
	slices.Sort(found)
	return found
}

func fastLetters(x *lettersIndex, key string) []string {
	var found []string
	keys := x.candidates(key)
	for _, m := range fuzzy.FindFrom(key, keys) {
		if !slices.Contains(found, keys[m.Index].key) {
			found = append(found, keys[m.Index].key)
		}
	}
	slices.Sort(found)
	return found
}

// TestLetters holds that the choice of keys for sahilm/fuzzy loses none that it
// would find.
func TestLetters(t *testing.T) {
	x := load(t).index.letters()
	words := allWords("cporlbs", 4)
	for _, w := range words {
		if key := string(w); key != "" {
			if fast, slow := fastLetters(x, key), slowLetters(x, key); !slices.Equal(fast, slow) {
				t.Fatalf("%q: %d of %d keys are found", key, len(fast), len(slow))
			}
		}
	}
}

func FuzzLetters(f *testing.F) {
	x := load(f).index.letters()
	for _, key := range []string{"clbo", "crshlpbckff", "ポド", "imgpul"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key := fold.First(fold.Key(text), maxFuzzy)
		if key == "" {
			return
		}
		if fast, slow := fastLetters(x, key), slowLetters(x, key); !slices.Equal(fast, slow) {
			t.Errorf("%q: %d of %d keys are found", key, len(fast), len(slow))
		}
	})
}

// TestPrefix compares the binary search with a look at all keys.
func TestPrefix(t *testing.T) {
	g := load(t)
	for _, w := range allWords("acdeiknoprs", 3) {
		key := string(w)
		if len(key) < 2 {
			continue
		}
		want := make(map[*Term]bool)
		for k, spellings := range g.index.keys {
			if len(k) >= len(key) && k[:len(key)] == key {
				for _, s := range spellings {
					want[s.term] = true
				}
			}
		}
		found := g.index.prefix(key)
		if len(found) != len(want) {
			t.Errorf("prefix(%q) finds %d terms, want %d", key, len(found), len(want))
		}
		for _, m := range found {
			if !want[m.Term] {
				t.Errorf("prefix(%q) finds %s", key, m.Term.ID)
			}
		}
	}
}
