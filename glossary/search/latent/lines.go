package latent

import "sync/atomic"

// Lines are the directions of the lines of texts. They are computed when they are first needed, or
// by [Lines.Fill].
type Lines struct {
	linesOf func(text int) (from, to int)
	vectors []Vector
	tokens  []int32                        // of all lines, each once: indexes of vectors
	ends    []int32                        // indexed by line: the end of its tokens
	points  []atomic.Pointer[[]ShortPoint] // indexed by text
}

// NewLines returns the lines of the given number of texts. linesOf returns the lines of a text: from
// from to before to. counts contains the number of different tokens of each line, which [Lines.Add]
// then adds, and vectors contains the vectors of all tokens.
func NewLines(texts int, linesOf func(text int) (from, to int), counts []int32, vectors []Vector) *Lines {
	l := &Lines{linesOf: linesOf, vectors: vectors, ends: make([]int32, len(counts)), points: make([]atomic.Pointer[[]ShortPoint], texts)}
	size := int32(0)
	for line, n := range counts {
		l.ends[line] = size // the start, until all tokens are added
		size += n
	}
	l.tokens = make([]int32, size)
	return l
}

// Add adds a token to a line.
func (l *Lines) Add(line, token int32) {
	l.tokens[l.ends[line]] = token
	l.ends[line]++
}

// Fill computes the directions of all lines, so that no search has to. All tokens must have been added.
// It is safe for concurrent use.
func (l *Lines) Fill() {
	for text := range l.points {
		l.Of(int32(text))
	}
}

// Of returns the directions of the lines of a text. All tokens must have been added. It is safe for
// concurrent use.
func (l *Lines) Of(text int32) []ShortPoint {
	if p := l.points[text].Load(); p != nil {
		return *p
	}
	from, to := l.linesOf(int(text))
	points := make([]ShortPoint, 0, to-from)
	for line := from; line < to; line++ {
		start := int32(0)
		if line > 0 {
			start = l.ends[line-1]
		}
		var sum Sum
		for _, token := range l.tokens[start:l.ends[line]] {
			sum.Add(l.vectors[token], 1)
		}
		points = append(points, sum.Point().Short())
	}
	l.points[text].Store(&points)
	return points
}
