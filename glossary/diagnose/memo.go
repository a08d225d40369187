package diagnose

import (
	"slices"

	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste/observe"
)

// maxRemembered is the maximum number of observations that a memo remembers.
const maxRemembered = 1024

// A memo remembers the hits of the observations in a paste. Observations that differ only in
// parts that no rule uses, such as the names of objects, have the same hits.
type memo struct {
	*recognizer
	hits         map[string][]hit
	key          []byte
	room         [16]hit // most observations have fewer
	kept         []hit   // the piece of memory for the next hits
	asked, known int     // the numbers of observations that were looked up and found
	skip         int     // the number of observations that are not looked up
}

func newMemo(r *recognizer) *memo { return &memo{recognizer: r, hits: make(map[string][]hit)} }

// hitsOf returns a function that returns the hits of the observation with an index, and must be called with
// ascending indexes.
func hitsOf(r *recognizer, observations *observe.List) func(i int) []hit {
	return parallel.Blocks(observations.Len(), func() func(i int) []hit {
		m := newMemo(r)
		return func(i int) []hit { return m.recognize(observations.At(i)) }
	})
}

// recognize returns what [recognizer.recognize] returns.
func (m *memo) recognize(o *observe.Observation) []hit {
	if o.Place == observe.Line || m.skip > 0 { // package paste counts equal lines
		m.skip = max(0, m.skip-1)
		return m.keep(m.recognizer.recognize(m.room[:0], o))
	}
	m.key = m.appendKey(m.key[:0], o)
	hits, ok := m.hits[string(m.key)]
	m.asked++
	if ok {
		m.known++
		return hits
	}
	hits = m.keep(m.recognizer.recognize(m.room[:0], o))
	if len(m.hits) < maxRemembered {
		m.hits[string(m.key)] = hits
	}
	if m.asked >= manyAsked {
		if m.known < m.asked/8 {
			m.skip = 8 * manyAsked
		}
		m.asked, m.known = 0, 0
	}
	return hits
}

// keep returns a copy of hits in a piece of memory that other copies share.
func (m *memo) keep(hits []hit) []hit {
	if len(m.kept)+len(hits) > cap(m.kept) {
		m.kept = make([]hit, 0, max(len(hits), min(2*cap(m.kept), 64), 1))
	}
	m.kept = append(m.kept, hits...)
	return slices.Clip(m.kept[len(m.kept)-len(hits):])
}

// manyAsked is the number of observations after which a memo checks whether it is of use.
const manyAsked = 256

// appendKey appends all parts of an observation that its hits depend on.
func (m *memo) appendKey(key []byte, o *observe.Observation) []byte {
	flags := byte(o.Verdict) << 2
	if o.Prose {
		flags |= 1
	}
	if o.Nodes < 0 {
		flags |= 2
	}
	key = append(key, flags, byte(o.Place))
	for _, s := range [...]string{o.Object.Kind, o.Field, o.Value, o.Reason, o.Message} {
		key = append(append(key, s...), 0)
	}
	for i := range o.Cells {
		c := &o.Cells[i]
		key = append(append(key, c.Column...), 0)
		if m.usesColumn(c.Column) {
			key = append(append(key, byte(c.Verdict)), c.Value...)
		}
		key = append(key, 0)
	}
	return key
}

// usesColumn reports whether a rule uses the values of a column.
func (r *recognizer) usesColumn(column string) bool {
	return r.values[column] || r.beside != nil && r.beside.values[column]
}
