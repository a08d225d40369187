package diagnose

import (
	"cmp"
	"slices"

	"k8sbot/glossary"
)

// A matcher finds all templates that match a message. It indexes each template by the rarest
// n-gram of its anchor, looks up each n-gram of the message, and verifies only the few templates
// indexed by one of these n-grams. So 3,000 templates take hardly longer than 300.
type matcher struct {
	grams   map[uint64][]place
	present [1 << 16]bool // indexed by hash, to avoid most lookups in grams
}

// A place is the position of an n-gram in the anchor of a template.
type place struct {
	t      *template
	offset int // in the anchor, in bytes
}

func newMatcher(templates []*template) *matcher {
	count := make(map[uint64]int)
	for _, t := range templates {
		a := t.pieces[t.anchor].literal
		for i := 0; i+gramSize <= len(a); i++ {
			count[gram(a, i)]++
		}
	}
	m := &matcher{grams: make(map[uint64][]place)}
	for _, t := range templates {
		a := t.pieces[t.anchor].literal
		best, fewest := 0, 1<<30
		for i := 0; i+gramSize <= len(a); i++ {
			if n := count[gram(a, i)] + len(m.grams[gram(a, i)]); n < fewest {
				best, fewest = i, n
			}
		}
		g := gram(a, best)
		m.grams[g] = append(m.grams[g], place{t, best})
		m.present[hash(g)] = true
	}
	return m
}

// gram returns the n-gram of gramSize bytes at i.
func gram(s string, i int) uint64 {
	_ = s[i+gramSize-1]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 | uint64(s[i+4])<<32
}

func hash(g uint64) uint16 { return uint16((g * 0x9E3779B97F4A7C15) >> 48) }

// A match is a template that matches a message.
type match struct {
	*template
	span     span
	captured map[string]string
}

// maxMatches is the maximum number of matches in a message.
const maxMatches = 64

// match returns the templates that match a message, without duplicates, most specific first.
func (m *matcher) match(text string) []match {
	found, _ := m.find(text)
	return found
}

// find is like match, but also returns the number of times that a template was verified.
func (m *matcher) find(text string) (found []match, verified int) {
	if len(text) < gramSize {
		return nil, 0
	}
	low := lower(text)
	var tries map[*template]int
	for i := 0; i+gramSize <= len(low); i++ {
		g := gram(low, i)
		if !m.present[hash(g)] {
			continue
		}
		for _, p := range m.grams[g] {
			at := i - p.offset
			if at < 0 || tries[p.t] >= maxTries {
				continue
			}
			s, captured, ok := p.t.matchAt(low, text, at)
			if tries == nil {
				tries = make(map[*template]int)
			}
			tries[p.t]++
			verified++
			if ok && len(found) < maxMatches {
				tries[p.t] = maxTries
				found = append(found, match{p.t, s, captured})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.literal, a.literal), cmp.Compare(b.places(), a.places()))
	})
	return found, verified
}

// places returns the number of restrictions on a template besides its text: to a kind of object,
// and to an event or a condition. Of two templates with the same text, the one with more
// restrictions is more specific.
func (t *template) places() int {
	n := 0
	if t.seen.seen.Of != "" {
		n++
	}
	if t.seen.seen.In != glossary.SeenInMessage {
		n++
	}
	return n
}
