package lazyregexp

import (
	"regexp"
	"testing"
)

// FuzzPrefilter checks that the prefilter of an expression rejects no string that the expression
// matches.
func FuzzPrefilter(f *testing.F) {
	for _, expr := range []string{
		`^(\w+) \(exit code (\d+)\)(?:: (.*))?$`, `(?i)error|fail|unable|timed? ?out`, `(?i)kelvin|ſharp`, `a*`, `(?:ab)+c?`, `^$`, `^(?:a|b)|c`,
		`[^a-z]x`, `\bpod\b`, `(?m)^end$`, `あい|うえ`, `[\x{FFFD}]b`, `\x{FFFD}\x{FFFD}`, `(?i)é|ab`, `.x`, `(?s).x`, `x{2,}y{0}`, `(?i)ks`, `(?i:AB)cd`, `(a|bc)(d|ef)`,
	} {
		for _, s := range []string{"", "Error: timed out", "OOMKilled (exit code 137)", "\xffb", "\xff\xff", "Kelvin", "ſharp", "ſ", "1é", "aB", "あい", "abcd ABcd", "xx", "pod", "x\nend\n", "acd", "KS", "xxyy"} {
			f.Add(expr, s)
		}
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		re, err := regexp.Compile(expr)
		if err != nil || len(expr) > 200 {
			return
		}
		if p := newPrefilter(expr); p.rejects(s) && re.MatchString(s) {
			t.Errorf("the prefilter of %q rejects %q, which it matches", expr, s)
		}
	})
}

// TestPrefilter checks what is rejected without the expression.
func TestPrefilter(t *testing.T) {
	for _, c := range []struct {
		expr, s string
		rejects bool
	}{
		{`^(?:fatal|failed): \[`, "web-1 0/1 Running", true},
		{`^(?:fatal|failed): \[`, "f", true},
		{`^(?:fatal|failed): \[`, "fatal: [host]", false},
		{`(?i)unavailable|denied`, "web-1 0/1 Running", true},
		{`(?i)unavailable|denied`, "Access DENIED", false},
		{`\d+/\d+`, "Running", true},
		{`^\s*(\d+)?`, "Running", false},
		{`(?:error|x)$`, "Running", true},
	} {
		if got := newPrefilter(c.expr).rejects(c.s); got != c.rejects {
			t.Errorf("rejects(%q, %q) = %v", c.expr, c.s, got)
		}
	}
}
