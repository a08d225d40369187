package line

import (
	"regexp"
	"strings"
	"testing"
)

// These expressions say what escape and bareColor match.
var (
	escapeSyntax = regexp.MustCompile(`(?:\x1b|\^\[|\\x1[bB]|\\033|\\e|\\u001[bB]|\x{241B}|\x{FFFD})\[[0-9;?]*[A-Za-z]` +
		`|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][AB0]`)
	colorSyntax = regexp.MustCompile(`\[(?:\d{1,3}(?:;\d{1,3})*)m`)
)

// FuzzEscapes compares what remains of a line with the results of the expressions.
func FuzzEscapes(f *testing.F) {
	for _, s := range []string{"", "a\x1b[31mb\x1b[0m", "^[[1;31mx^[[m", `\x1b[31ma\x1B[0m\033[K\e[0m\u001b[1m\u001B[?25l`, "␛[31ma�[0m", "\x1b]8;;http://a\x07b\x1b]8;;\x1b\\", "\x1b]8;;\x1b]8;;", "\x1b(B\x1b)0\x1b(",
		"[31ma[0m[1;31m[;m[1234m[12;m[m[12;3", "\x1b[", "\x1b", "^[", "[[31m", "\x1b[31;", "\xe2\x90"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		if got, want := without(s, escape), escapeSyntax.ReplaceAllString(s, ""); got != want {
			t.Errorf("%q without escapes: got %q, want %q", s, got, want)
		}
		if got, want := without(s, bareColor), colorSyntax.ReplaceAllString(s, ""); got != want {
			t.Errorf("%q without bare colors: got %q, want %q", s, got, want)
		}
	})
}
