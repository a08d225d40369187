package line

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestCleanEnds checks that of a text with too many lines, the first and last ones are kept.
func TestCleanEnds(t *testing.T) {
	t.Parallel()
	for _, extra := range []int{-1, 0, 1, 2, MaxLines} {
		for _, end := range []string{"", "\n", "\n\n"} {
			var b strings.Builder
			for n := range MaxLines + extra {
				fmt.Fprintf(&b, "%d\n", n+1)
			}
			text := strings.TrimSuffix(b.String(), "\n") + end
			total := MaxLines + extra + len(strings.TrimPrefix(end, "\n"))
			got := Clean(text)
			want := total
			if total > MaxLines {
				want = MaxLines + 1
				separator := got[MaxLines/2]
				if separator.Text != Separator {
					t.Errorf("%d lines: %q after the first half, want %q", total, separator.Text, Separator)
				}
				got = slices.Delete(got, MaxLines/2, MaxLines/2+1)
				want--
			}
			if len(got) != want {
				t.Errorf("%d lines: got %d, want %d", total, len(got), want)
			}
			for i, l := range got {
				number := i + 1
				if i >= MaxLines/2 {
					number += total - want
				}
				if l.Text != "" && l.Text != strconv.Itoa(number) || int(l.Number) != number || !strings.HasPrefix(text[l.Offset:], l.Text) {
					t.Fatalf("%d lines: got %+v, want line %d", total, l, number)
				}
			}
		}
	}
}

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
