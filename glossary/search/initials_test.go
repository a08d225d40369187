package search

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"k8sbot/glossary/fold"
)

// slowInitials returns the keys that sahilm/fuzzy finds among all keys with the same first
// letter, without the filter of the method candidates.
func slowInitials(x *initialsIndex, key string) []string {
	first, _ := utf8.DecodeRuneInString(key)
	var keys fuzzyKeys
	all := x.startingWith(first).keys
	for i := range all {
		keys = append(keys, &all[i])
	}
	var found []string
	for _, m := range fuzzy.FindFrom(key, keys) {
		if !slices.Contains(found, keys[m.Index].key) {
			found = append(found, keys[m.Index].key)
		}
	}
	slices.Sort(found)
	return found
}

func fastInitials(x *initialsIndex, key string) []string {
	var found []string
	first, _ := utf8.DecodeRuneInString(key)
	keys := x.startingWith(first).candidates(key)
	for _, m := range fuzzy.FindFrom(key, keys) {
		if !slices.Contains(found, keys[m.Index].key) {
			found = append(found, keys[m.Index].key)
		}
	}
	slices.Sort(found)
	return found
}

// TestInitials checks that candidates does not drop a key that sahilm/fuzzy would find.
func TestInitials(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	x := embeddedIndex(t).initials
	words := allWords("cporlbs", 4)
	for _, w := range words {
		if key := string(w); key != "" {
			if fast, slow := fastInitials(x, key), slowInitials(x, key); !slices.Equal(fast, slow) {
				t.Fatalf("%q: got %d keys, want %d", key, len(fast), len(slow))
			}
		}
	}
}

func FuzzInitials(f *testing.F) {
	x := embeddedIndex(f).initials
	for _, key := range []string{"clbo", "crshlpbckff", "ポド", "imgpul"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key := fold.First(fold.Key(text), maxFuzzy)
		if key == "" {
			return
		}
		if fast, slow := fastInitials(x, key), slowInitials(x, key); !slices.Equal(fast, slow) {
			t.Errorf("%q: got %d keys, want %d", key, len(fast), len(slow))
		}
	})
}

// allWords returns all words of at most n letters over an alphabet.
func allWords(alphabet string, n int) [][]rune {
	words := [][]rune{{}}
	for last := words; n > 0; n-- {
		var next [][]rune
		for _, w := range last {
			for _, r := range alphabet {
				next = append(next, append(slices.Clone(w), r))
			}
		}
		words, last = append(words, next...), next
	}
	return words
}
