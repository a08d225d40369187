package observe

import "testing"

// FuzzWordPattern compares the patterns with their expressions.
func FuzzWordPattern(f *testing.F) {
	for _, p := range []*wordPattern{badWord, waitWord, goodWord} {
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
	for _, s := range []string{"", "a\nready", "ſtale", "not\tready", "err1", "ERRa", "\vready", "in  sync", "In-Progress", "xinprogress y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range []*wordPattern{badWord, waitWord, goodWord} {
			if got, want := p.matches(s), p.syntax.MatchString(s); got != want {
				t.Errorf("matches(%q) = %v, want %v", s, got, want)
			}
		}
	})
}
