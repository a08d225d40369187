// Package match finds all message templates that match a message, with the values of their slots.
package match

import (
	"cmp"
	"slices"
	"strings"
)

// A Matcher finds all templates that match a message. It indexes each template by the rarest
// n-gram of its anchor, looks up each n-gram of the message, and verifies only the few templates
// indexed by one of these n-grams. So 3,000 templates take hardly longer than 300.
type Matcher[R any] struct {
	grams   map[uint64][]place[R]
	present [1 << 16]bool // indexed by hash, to avoid most lookups in grams
}

// A place is the position of an n-gram in the anchor of a template.
type place[R any] struct {
	t      *Template[R]
	offset int // in the anchor, in bytes
}

// New returns a Matcher for the given templates.
func New[R any](templates []*Template[R]) *Matcher[R] {
	count := make(map[uint64]int)
	for _, t := range templates {
		a := t.pieces[t.anchor].literal
		for i := 0; i+gramSize <= len(a); i++ {
			count[gram(a, i)]++
		}
	}
	m := &Matcher[R]{grams: make(map[uint64][]place[R])}
	for _, t := range templates {
		a := t.pieces[t.anchor].literal
		best, fewest := 0, 1<<30
		for i := 0; i+gramSize <= len(a); i++ {
			if n := count[gram(a, i)] + len(m.grams[gram(a, i)]); n < fewest {
				best, fewest = i, n
			}
		}
		g := gram(a, best)
		m.grams[g] = append(m.grams[g], place[R]{t, best})
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

// A Match is a template that matches a message.
type Match[R any] struct {
	*Template[R]
	Span Span
	// Captured are the values of the slots, by slot name.
	Captured map[string]string
}

// Encloses reports whether a span lies within the value of one of the match's open slots, and is
// shorter than the match.
func (m Match[R]) Encloses(s Span) bool {
	for name, value := range m.Captured {
		if !IsOpen(strings.TrimRight(name, "0123456789")) || value == "" {
			continue
		}
		// The slot's value is a part of the message, so its position is known.
		start := m.slotStart(name)
		if start <= s.Start && s.End <= start+len(value) && s.End-s.Start < m.Span.End-m.Span.Start {
			return true
		}
	}
	return false
}

// slotStart returns the offset at which the value of a slot begins in the message.
func (m Match[R]) slotStart(slot string) int {
	at := m.Span.Start
	for _, p := range m.pieces {
		if p.slot == slot {
			return at
		}
		if p.slot != "" {
			at += len(m.Captured[p.slot])
		} else {
			at += len(p.literal)
		}
	}
	return at
}

// maxMatches is the maximum number of matches in a message.
const maxMatches = 64

// Match returns the templates that match a message, without duplicates, most specific first, at most
// maxMatches.
func (m *Matcher[R]) Match(text string) []Match[R] {
	found, _ := m.find(text)
	return found
}

// find is like Match, but also returns the number of times that a template was verified.
func (m *Matcher[R]) find(text string) (found []Match[R], verified int) {
	if len(text) < gramSize {
		return nil, 0
	}
	low := lower(text)
	var tries attempts[R]
	for i := 0; i+gramSize <= len(low); i++ {
		g := gram(low, i)
		if !m.present[hash(g)] {
			continue
		}
		for _, p := range m.grams[g] {
			at := i - p.offset
			if at < 0 {
				continue
			}
			n := tries.of(p.t)
			if *n >= maxTries {
				continue
			}
			s, captured, ok := p.t.matchAt(low, text, at)
			*n++
			verified++
			if ok && len(found) < maxMatches {
				*n = maxTries
				found = append(found, Match[R]{p.t, s, captured})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Match[R]) int {
		return cmp.Or(cmp.Compare(b.Literal, a.Literal), cmp.Compare(b.Places, a.Places))
	})
	return found, verified
}

// attempts counts how often each template was tried. Most texts are tried against few templates, for
// which a list is faster than a map.
type attempts[R any] struct {
	few  []attempt[R]
	many map[*Template[R]]*int // the templates after the first maxFew
}

type attempt[R any] struct {
	t *Template[R]
	n int
}

// maxFew is the maximum number of templates in a list of attempts.
const maxFew = 8

// of returns the number of attempts of a template, for the caller to change before the next call.
func (a *attempts[R]) of(t *Template[R]) *int {
	for i := range a.few {
		if a.few[i].t == t {
			return &a.few[i].n
		}
	}
	if len(a.few) < maxFew {
		if a.few == nil {
			a.few = make([]attempt[R], 0, maxFew)
		}
		a.few = append(a.few, attempt[R]{t: t})
		return &a.few[len(a.few)-1].n
	}
	if a.many == nil {
		a.many = make(map[*Template[R]]*int)
	}
	if a.many[t] == nil {
		a.many[t] = new(int)
	}
	return a.many[t]
}
