package line

import (
	"slices"
	"strings"
	"testing"
)

// FuzzNextWord compares the words with those of package strings.
func FuzzNextWord(f *testing.F) {
	for _, s := range []string{"", " ", "a", " a\tb ", "a\u3000b c", "é \v\f\r\n x\u0085y", "a\u00a0b", "ab\u2003cd e", "\u2003 \u3000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got []string
		for w, rest := nextWord(s); w != ""; w, rest = nextWord(rest) {
			got = append(got, w)
		}
		if want := strings.Fields(s); !slices.Equal(got, want) {
			t.Errorf("the words of %q are %q, want %q", s, got, want)
		}
	})
}
