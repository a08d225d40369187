package line

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestCleanHalves checks that the halves of a long text are cleaned like the whole.
func TestCleanHalves(t *testing.T) {
	t.Parallel()
	parts := []string{"```\n", "a ```b``` c\n", "> web-1\t0/1\r\n", "\x1b[31mError\x1b[0m\n", "\n", "エラー\u3000です\n", strings.Repeat("a", 200) + "\n"}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		for b.Len() < minHalved {
			if part := parts[r.IntN(len(parts))]; part != parts[0] || r.IntN(200) == 0 { // few fences
				b.WriteString(part)
			}
		}
		text := b.String()
		switch seed % 4 {
		case 0:
			text = strings.TrimSuffix(text, "\n")
		case 1:
			text += strings.Repeat("a", 2*minHalved) // the last line begins in the first half
		}
		want := make([]Line, strings.Count(text, "\n")+1)
		n, _ := clean(want, text, 0, 0, false)
		if got := Clean(text); !slices.Equal(got, want[:n]) {
			t.Fatalf("seed %d: got %d lines, want %d, or other ones", seed, len(got), n)
		}
	}
}
