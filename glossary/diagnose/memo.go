package diagnose

import (
	"slices"

	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste/observe"
)

// maxRemembered is the maximum number of observations that a memo remembers. A table has few rows
// that differ in more than names and ages.
const maxRemembered = 1024

// A memo remembers the hits of the observations in a paste. Observations that differ only in
// parts that no rule uses, such as the names of objects, have the same hits.
type memo struct {
	*recognizer
	hits map[string][]hit
	key  []byte
	room [16]hit // most observations have fewer
}

func newMemo(r *recognizer) *memo { return &memo{recognizer: r, hits: make(map[string][]hit)} }

// minAhead is the number of observations from which two cores recognize them.
const minAhead = 2048

// all returns a function that returns the hits of the observation with an index, and must be called with
// ascending indexes. If there are many observations, another goroutine recognizes the second half of them
// meanwhile.
func (m *memo) all(observations *observe.List) func(i int, o *observe.Observation) []hit {
	serial := func(_ int, o *observe.Observation) []hit { return m.recognize(o) }
	if observations.Len() < minAhead || parallel.Cores() < 2 {
		return serial
	}
	middle := observations.Len() / 2
	ahead := make([][]hit, observations.Len()-middle)
	second := newMemo(m.recognizer)
	wait := parallel.Ahead(func() {
		for i, o := range observations.From(middle) {
			ahead[i-middle] = second.recognize(o)
		}
	})
	done := false
	return func(i int, o *observe.Observation) []hit {
		if i == middle {
			done = wait()
		}
		if done {
			return ahead[i-middle]
		}
		return serial(i, o)
	}
}

// recognize returns what [recognizer.recognize] returns.
func (m *memo) recognize(o *observe.Observation) []hit {
	if o.Place == observe.Line { // package paste counts equal lines
		return slices.Clone(m.recognizer.recognize(m.room[:0], o))
	}
	m.key = m.appendKey(m.key[:0], o)
	hits, ok := m.hits[string(m.key)]
	if !ok {
		hits = slices.Clone(m.recognizer.recognize(m.room[:0], o))
		if len(m.hits) < maxRemembered {
			m.hits[string(m.key)] = hits
		}
	}
	return hits
}

// appendKey appends all parts of an observation that its hits depend on.
func (m *memo) appendKey(key []byte, o *observe.Observation) []byte {
	flags := byte(o.Verdict) << 2
	if o.Prose {
		flags |= 1
	}
	if o.Nodes < 0 {
		flags |= 2
	}
	key = append(key, flags)
	for _, s := range [...]string{string(o.Place), o.Object.Kind, o.Field, o.Value, o.Reason, o.Message} {
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
