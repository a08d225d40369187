package fold

import (
	"slices"
	"testing"
)

// slowDistance computes the optimal string alignment distance directly from its definition. The
// tests compare Distance with it.
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

// TestDistance compares Distance and Within with slowDistance for all pairs of short
// words.
func TestDistance(t *testing.T) {
	words := append(allWords("ab", 6), allWords("abc", 4)...)
	for _, a := range words {
		for _, b := range words {
			d := slowDistance(a, b)
			for limit := range 4 {
				if got := Within(a, b, limit); got != (d <= limit) {
					t.Fatalf("Within(%q, %q, %d) = %v, distance %d", string(a), string(b), limit, got, d)
				}
				if got := Distance(a, b, limit); got != min(d, limit+1) {
					t.Fatalf("Distance(%q, %q, %d) = %d, want %d", string(a), string(b), limit, got, min(d, limit+1))
				}
			}
		}
	}
}

// TestTypoCost checks that a likely misspelling costs less than an unlikely one, and that
// the cost is symmetric.
func TestTypoCost(t *testing.T) {
	for _, tt := range []struct{ word, likely, unlikely string }{
		{"deployment", "deplyoment", "deplxyment"}, // swapped, not substituted
		{"ingress", "ingresss", "ingressk"},        // doubled, not inserted
		{"statefulset", "statefullset", "statefulxset"},
		{"pod", "pid", "pzd"},                      // a neighbouring key
		{"persistent", "persistant", "persistxnt"}, // a vowel
		{"ポッド", "ボッド", "ヤッド"},                      // a voicing mark
		{"クラッシュループ", "クラッシュルプ", "クラッシュルトプ"},        // a missing long vowel mark
		{"crashloop", "crahsloop", "xrashloopy"},
		{"service", "servuce", "wervice"}, // the first letter is rarely wrong
	} {
		likely, unlikely := TypoCost([]rune(tt.likely), []rune(tt.word)), TypoCost([]rune(tt.unlikely), []rune(tt.word))
		if likely >= unlikely {
			t.Errorf("%s: %s costs %d, %s costs %d, want less for the first", tt.word, tt.likely, likely, tt.unlikely, unlikely)
		}
		if back := TypoCost([]rune(tt.word), []rune(tt.likely)); back != likely {
			t.Errorf("TypoCost(%s, %s) = %d, want %d as in the other direction", tt.word, tt.likely, back, likely)
		}
	}
}

func FuzzDistance(f *testing.F) {
	f.Add("deplyoment", "deployment")
	f.Add("ポット", "ポッド")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := []rune(First(a, MaxWord)), []rune(First(b, MaxWord))
		d := slowDistance(x, y)
		for limit := range 4 {
			if got := Within(x, y, limit); got != (d <= limit) {
				t.Errorf("Within(%q, %q, %d) = %v, distance %d", a, b, limit, got, d)
			}
			if got := Distance(x, y, limit); got != min(d, limit+1) {
				t.Errorf("Distance(%q, %q, %d) = %d, want %d", a, b, limit, got, min(d, limit+1))
			}
		}
		if cost := TypoCost(x, y); cost < costKana*d-costFirst && d > 0 || d == 0 && cost != 0 || cost > costChange*d+costFirst {
			t.Errorf("TypoCost(%q, %q) = %d, out of range for distance %d", a, b, cost, d)
		}
	})
}
