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
		`[^a-z]x`, `\bpod\b`, `(?m)^end$`, `あい|うえ`, `[\x{FFFD}]b`, `\x{FFFD}\x{FFFD}`, `(?i)é|ab`, `.x`, `(?s).x`, `x{2,}y{0}`, `(?i)ks`, `(?i:AB)cd`, `(a|bc)(d|ef)`, `ready|running|reach(?:ed|able)?`, `(?i)not ?ready|^oom|(?-i:Ab)c`, `[ab]c|de`, `(?i)[ab]c|de`, `a{2}b{0,2}`, `(?:ab)?`, `ab$|cd`, `(?i)xy|(?-i:[ab][cd])`, `(?i)xy|[ab][cd]`, `\bab|cd`,
		`(?:^|\s)(\w+)=(\w+)`, `a=b|c:d|\d\d`, `(?i)[\d.]+k`, `(?:x=)?y`, `x{0}=|z`, `(?:=|[:;]+){2,}`, `=あ`, `[^a]=?`, `✗|[é-ü]x`, `^[\x{d000}-\x{e000}]`, `(?:a=){0,2}b`,
	} {
		for _, s := range []string{"", "Error: timed out", "OOMKilled (exit code 137)", "\xffb", "\xff\xff", "Kelvin", "ſharp", "ſ", "1é", "aB", "あい", "abcd ABcd", "xx", "pod", "x\nend\n", "acd", "KS", "xxyy", "AC", "a b=c", "c:d", "1.k", "y", "==", ";:", "=あ", "✗", "ñx", "\uffffé"} {
			f.Add(expr, s)
		}
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		re, err := regexp.Compile(expr)
		if err != nil || len(expr) > 200 {
			return
		}
		p, matches := newPrefilter(expr), re.MatchString(s)
		may, sure := p.check(s)
		if !may && matches {
			t.Errorf("the prefilter of %q rejects %q, which it matches", expr, s)
		}
		if sure && !matches {
			t.Errorf("the prefilter of %q accepts %q, which it does not match", expr, s)
		}
	})
}

// TestPrefilterAccepts checks what is accepted without the expression.
func TestPrefilterAccepts(t *testing.T) {
	for _, c := range []struct {
		expr, s string
		accepts bool
	}{
		{`STATUS|STATE|PHASE`, "LAST STATE", true},
		{`STATUS|STATE|PHASE`, "STAT", false},
		{`(?i)not ?ready|^oom`, "Node NotReady", true},
		{`(?i)not ?ready|^oom`, "Ready", false},
		{`(?i)not ?ready|^oom`, "OOMKilled", false}, // only the expression knows
		{`(?i)ab|(?-i:Cd)`, "xcd", false},
		{`(?i)k8s`, "\u212a8s", false},
		{`ab$`, "ab", false},
		{`(?i)xy|(?-i:[ab][cd])`, "AC", false},
		{`(?i)xy|[ab][cd]`, "AC", true},
	} {
		if _, got := newPrefilter(c.expr).check(c.s); got != c.accepts {
			t.Errorf("check(%q, %q) = %v", c.expr, c.s, got)
		}
	}
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
		{`(\w+)=(\w+)`, "Running", true},
		{`(\w+)=(\w+)`, "phase=Running", false},
		{`\bto (?:\d+|\d+ (?:pods|nodes))`, "to nodes", true},
		{`\bto (?:\d+|\d+ (?:pods|nodes))`, "to 2 nodes", false},
		{`x\d|[;:]y`, "xy", true},
		{`^(?:FAIL|✗|[à-ÿ]) `, "エラー ", true},
		{`^(?:FAIL|✗|[à-ÿ]) `, "✓ ", false},
		{`^(?:FAIL|✗|[à-ÿ]) `, "é ", false},
		{`x\d|[;:]y`, "x2", false},
	} {
		if got := newPrefilter(c.expr).rejects(c.s); got != c.rejects {
			t.Errorf("rejects(%q, %q) = %v", c.expr, c.s, got)
		}
	}
}
