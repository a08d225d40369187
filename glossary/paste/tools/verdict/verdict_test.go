package verdict

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestEndsWithCounts compares EndsWithCounts with a regular expression.
func TestEndsWithCounts(t *testing.T) {
	t.Parallel()
	counts := regexp.MustCompile(`  [A-Z]\w+: \d+(?:/\d+)?(?:, [A-Z]\w+: \d+(?:/\d+)?)*$`)
	parts := strings.Split(`Desired|Ready|A|a_1|: |:| |  |5|5/5|/|, |,|é|12`, "|")
	r := rand.New(rand.NewPCG(1, 2))
	matched := 0
	for range 400_000 {
		var b strings.Builder
		for range 2 + r.IntN(9) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		s := b.String()
		want := counts.MatchString(s)
		if got := EndsWithCounts(s); got != want {
			t.Fatalf("%q: got %t, want %t", s, got, want)
		}
		if want {
			matched++
		}
	}
	for _, s := range []string{"DaemonSet  cilium  Desired: 5, Unavailable: 5/5", "  Ready: 1", "  Ready: 1, x", "x  A1: 2/3, Bb: 4"} {
		if got, want := EndsWithCounts(s), counts.MatchString(s); got != want {
			t.Errorf("%q: got %t, want %t", s, got, want)
		}
	}
	if matched < 20 {
		t.Errorf("only %d texts match", matched)
	}
}

// TestMayCount checks that mayCount finds each value that the expressions match.
func TestMayCount(t *testing.T) {
	t.Parallel()
	parts := strings.Split(`5|0|12|/|/| | |: |:|,|(|ready|nodes|errors|failed|Unavailable|warnings|critical|é|x`, "|")
	r := rand.New(rand.NewPCG(3, 4))
	matched := 0
	for range 300_000 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		s := b.String()
		ratio, count := mayCount(s)
		if partOf.MatchString(s) {
			matched++
			if !ratio {
				t.Fatalf("%q: no ratio", s)
			}
		}
		if counted.MatchString(s) || warned.MatchString(s) {
			matched++
			if !count {
				t.Fatalf("%q: no count", s)
			}
		}
	}
	if matched < 1000 {
		t.Errorf("only %d texts match", matched)
	}
}
