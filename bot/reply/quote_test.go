package reply

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"pizza":                            "pizza",
		"<!channel> <@U1>":                 "‹!channel› ‹@U1›",
		"two\n\nlines":                     "two lines",
		strings.Repeat("あ", 100):           strings.Repeat("あ", 60) + "…",
		"e" + strings.Repeat("\u0301", 50): "e" + strings.Repeat("\u0301", maxMarks),
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%.20q) = %q, want %q", in, got, want)
		}
	}
}
