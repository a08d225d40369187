package observe

import (
	"iter"
	"slices"
	"sort"
)

// partSize is the number of observations in a part of a [List], and firstSize that in its first part,
// since most pastes are short. With the header that the allocator adds, a part just fits one of the sizes
// that it rounds up to. https://github.com/golang/go/blob/master/src/internal/runtime/gc/sizeclasses.go
const partSize, firstSize = 63, 18

// A List is a list of observations. It is divided into parts, so that it grows without copying them: a
// long paste has as many as a hundred thousand. Its zero value is empty.
type List struct {
	parts  [][]Observation
	starts []int // the index of the first observation in each part
	n      int
}

// Len returns the number of observations.
func (l *List) Len() int { return l.n }

// Add adds an observation.
func (l *List) Add(o *Observation) { *l.New() = *o }

// New adds an empty observation.
func (l *List) New() *Observation {
	last := len(l.parts) - 1
	if last < 0 || len(l.parts[last]) == cap(l.parts[last]) {
		size := partSize
		if last < 0 {
			size = firstSize
		}
		l.begin(make([]Observation, 0, size))
		last++
	}
	part := l.parts[last]
	part = part[:len(part)+1]
	l.parts[last] = part
	l.n++
	return &part[len(part)-1]
}

// begin adds a part without observations.
func (l *List) begin(part []Observation) {
	l.parts, l.starts = append(l.parts, part), append(l.starts, l.n)
}

// part returns the part that contains the observation with index i.
func (l *List) part(i int) int {
	k := (i + partSize - firstSize) / partSize // unless an earlier part is shorter
	if k < len(l.starts) && l.starts[k] <= i && i-l.starts[k] < len(l.parts[k]) {
		return k
	}
	return sort.SearchInts(l.starts, i+1) - 1
}

// At returns the observation with index i.
func (l *List) At(i int) *Observation {
	k := l.part(i)
	return &l.parts[k][i-l.starts[k]]
}

// Last returns the last observation, or nil if there is none.
func (l *List) Last() *Observation {
	if l.n == 0 {
		return nil
	}
	part := l.parts[len(l.parts)-1]
	return &part[len(part)-1]
}

// All returns all observations with their indexes.
func (l *List) All() iter.Seq2[int, *Observation] { return l.From(0) }

// From returns the observations with the indexes from i.
func (l *List) From(i int) iter.Seq2[int, *Observation] {
	return func(yield func(int, *Observation) bool) {
		if i >= l.n {
			return
		}
		first := l.part(i)
		for k := first; k < len(l.parts); k++ {
			part := l.parts[k]
			for j := max(0, i-l.starts[k]); j < len(part); j++ {
				if !yield(l.starts[k]+j, &part[j]) {
					return
				}
			}
		}
	}
}

// Take moves those observations of other from index i that keep accepts to the end of l. The index of
// the observation that keep is called with is the length of l, if keep accepts it. other must not be
// used afterwards.
func (l *List) Take(other *List, i int, keep func(o *Observation) bool) {
	if i >= other.n {
		return
	}
	for k := other.part(i); k < len(other.parts); k++ {
		part := other.parts[k][max(0, i-other.starts[k]):]
		l.begin(part[:0])
		for j := range part {
			if keep(&part[j]) {
				to := &l.parts[len(l.parts)-1]
				*to = append(*to, part[j])
				l.n++
			}
		}
		last := len(l.parts) - 1
		if l.parts[last] = slices.Clip(l.parts[last]); len(l.parts[last]) == 0 {
			l.parts, l.starts = l.parts[:last], l.starts[:last]
		}
	}
}

// Slice returns a copy of the list.
func (l List) Slice() []Observation { return slices.Concat(l.parts...) }
