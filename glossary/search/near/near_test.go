package near

import (
	"slices"
	"testing"

	"k8sbot/glossary/fold"
)

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

// TestFind compares Find with the distances to all words. Tests of package fold check the distances.
func TestFind(t *testing.T) {
	var words []string
	for _, w := range append(allWords("ab", 7), allWords("aーか", 5)...) {
		if len(w) >= fold.MinWord {
			words = append(words, string(w))
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	x := New(words)
	for _, q := range append(allWords("ab", 6), allWords("aかs", 4)...) {
		for edits := 1; edits <= 3; edits++ {
			want := 0
			for _, w := range words {
				if fold.Distance(q, []rune(w), edits) <= edits {
					want++
				}
			}
			if got := len(x.Find(nil, q, edits)); got != want {
				t.Fatalf("Find(%q, %d): got %d words, want %d", string(q), edits, got, want)
			}
		}
	}
}
