package observe

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// expression returns the regular expression of a pattern.
func (p *wordPattern) expression() *regexp.Regexp {
	var all []string
	add := func(before string, words []string, after string) {
		if len(words) > 0 {
			all = append(all, before+"(?:"+strings.Join(words, "|")+")"+after)
		}
	}
	add("", slices.Collect(maps.Keys(p.whole)), "")
	add("", p.starts, `\S*`)
	add("", p.begins, ".*")
	add(".*", slices.Concat(p.ends[:]...), "")
	return regexp.MustCompile("(?i)^(?:" + strings.Join(all, "|") + ")$")
}

// FuzzWordPattern compares the patterns with their expressions.
func FuzzWordPattern(f *testing.F) {
	expressions := make(map[*wordPattern]*regexp.Regexp)
	for _, p := range []*wordPattern{badWord, waitWord, goodWord} {
		expressions[p] = p.expression()
		for w := range p.whole {
			f.Add(w)
			f.Add(w + "x")
		}
		for _, list := range append(p.ends[:], p.starts, p.begins) {
			for _, w := range list {
				f.Add(w)
				f.Add("A " + w)
				f.Add(w + "x")
				f.Add(w + " x")
			}
		}
	}
	for _, s := range []string{"", "a\nready", "ſtale", "not\tready", "err1", "ERRa", "\vready", "in  sync", "In-Progress", "xinprogress y", "erra\vx", "not ready\n", "\xffready", "nøt ready", "errſ", "stucK", "bac\u212aoff", strings.Repeat("x", 200) + "failed", strings.Repeat("名", 200) + "失敗failed"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range []*wordPattern{badWord, waitWord, goodWord} {
			if got, want := p.matches(s), expressions[p].MatchString(s); got != want {
				t.Errorf("matches(%q) = %v, want %v", s, got, want)
			}
		}
	})
}
