package near

import (
	"slices"
	"testing"

	"k8sbot/glossary/fold"
)

// slowDistance computes the optimal string alignment distance directly from its definition. The
// test compares the index with it.
func slowDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
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

// TestFind compares Find with the distances to all words.
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
				if slowDistance(q, []rune(w)) <= edits {
					want++
				}
			}
			if got := len(x.Find(nil, q, edits)); got != want {
				t.Fatalf("Find(%q, %d): got %d words, want %d", string(q), edits, got, want)
			}
		}
	}
}
