// Package match finds all message templates that match a message, with the values of their slots.
package match

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"k8sbot/glossary/stable"
)

// A Matcher finds all templates that match a message. It indexes each template by the rarest
// n-gram of its anchor, looks up each n-gram of the message, and verifies only the few templates
// indexed by one of these n-grams. So 3,000 templates take hardly longer than 300.
type Matcher[R any] struct {
	grams   map[uint64][]place[R]
	present [1 << 16 / 64]uint64 // a bitmap, indexed by hash, to avoid most lookups in grams
	n       int                  // number of templates
}

// A place is the position of an n-gram in the anchor of a template.
type place[R any] struct {
	t      *Template[R]
	number int // of the template, from 0
	offset int // in the anchor, in bytes
}

// NewMatcher returns a Matcher for the given templates.
func NewMatcher[R any](templates []*Template[R]) *Matcher[R] {
	count := make([]uint32, 1<<16) // by hash, which is exact enough and faster than a map
	for _, t := range templates {
		a := t.literal
		for i := 0; i+gramSize <= len(a); i++ {
			count[hash(gram(a, i))]++
		}
	}
	m := &Matcher[R]{grams: make(map[uint64][]place[R], len(templates)), n: len(templates)}
	for number, t := range templates {
		a := t.literal
		best, fewest := 0, uint32(math.MaxUint32)
		for i := 0; i+gramSize <= len(a); i++ {
			if n := count[hash(gram(a, i))]; n < fewest {
				best, fewest = i, n
			}
		}
		g := gram(a, best)
		count[hash(g)]++ // the next template had better use another one
		m.grams[g] = append(m.grams[g], place[R]{t, number, best})
		m.present[hash(g)>>6] |= 1 << (hash(g) & 63)
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
	*parsed
	Span Span

	message string
	values  []Span // of the slots
}

// Captured returns the values of the slots, by slot name.
func (m *Match[R]) Captured() map[string]string {
	captured := make(map[string]string, m.slots)
	for i := range m.pieces {
		if p := &m.pieces[i]; p.slot != "" {
			v := m.values[p.at]
			captured[p.slot] = m.message[v.Start:v.End]
		}
	}
	return captured
}

// Encloses reports whether a span lies within the value of one of the match's open slots, and is
// shorter than the match.
func (m *Match[R]) Encloses(s Span) bool {
	for i := range m.pieces {
		p := &m.pieces[i]
		if p.slot == "" || !IsOpen(p.kind) {
			continue
		}
		if v := m.values[p.at]; v.Start < v.End && v.Start <= s.Start && s.End <= v.End && s.End-s.Start < m.Span.End-m.Span.Start {
			return true
		}
	}
	return false
}

// maxMatches is the maximum number of matches in a message.
const maxMatches = 64

// Match returns the templates that match a message, without duplicates, most specific first, at most
// maxMatches.
func (m *Matcher[R]) Match(text string) []Match[R] {
	found, _ := m.find(text)
	return found
}

// manySlots is the number of slots that most templates do not exceed.
const manySlots = 16

// manyTemplates is the number of templates that the terms do not exceed.
const manyTemplates = 4096

// find is like Match, but also returns the number of times that a template was verified.
func (m *Matcher[R]) find(text string) (found []Match[R], verified int) {
	var few [manyTemplates]uint8
	tries := few[:] // by the numbers of the templates
	if m.n > len(tries) {
		tries = make([]uint8, m.n)
	}
	var scratch [manySlots]Span
	var fewFound [maxTries]Match[R]
	var fewValues [2 * manySlots]Span
	low, values := "", fewValues[:0]
	all := fewFound[:0]
	g := uint64(0)
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		g = g>>8 | uint64(c)<<(8*(gramSize-1))
		if h := hash(g); i < gramSize-1 || m.present[h>>6]&(1<<(h&63)) == 0 {
			continue
		}
		for _, p := range m.grams[g] {
			at := i - (gramSize - 1) - p.offset
			if at < 0 {
				continue
			}
			n := &tries[p.number]
			if *n >= maxTries {
				continue
			}
			if low == "" {
				low = lower(text)
			}
			*n++
			verified++
			if !strings.HasPrefix(low[at:], p.t.literal) {
				continue
			}
			t, own := p.t.parse(), scratch[:]
			if t.slots > len(own) {
				own = make([]Span, t.slots)
			}
			if s, ok := t.matchAt(low, text, at, own); ok && len(all) < maxMatches {
				*n = maxTries
				values = append(values, own[:t.slots]...)
				all = append(all, Match[R]{Template: p.t, parsed: t, Span: s, message: text})
			}
		}
	}
	if len(all) == 0 {
		return nil, verified
	}
	found = slices.Clone(all)
	rest := slices.Clone(values)
	for i := range found {
		n := found[i].slots
		found[i].values, rest = rest[:n:n], rest[n:]
	}
	if len(found) > 1 {
		stable.Sort(found, func(a, b *Match[R]) int {
			return cmp.Or(cmp.Compare(b.Literal, a.Literal), cmp.Compare(b.Places, a.Places))
		})
	}
	return found, verified
}
