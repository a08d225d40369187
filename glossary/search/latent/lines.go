package latent

import "sync"

// Lines are the directions of the lines of texts. They are computed when they are first needed, or
// by [Lines.Fill]. All tokens must have been added before. Lines are safe for concurrent use then.
type Lines struct {
	linesOf func(text int) (from, to int)
	points  []ShortPoint // indexed by line
	ready   []sync.Once  // indexed by text: whether its points are computed
	fill    sync.Once
	// These are needed until all points are computed.
	vector func(token int32) Vector
	tokens []int32 // of all lines, each once
	ends   []int32 // indexed by line: the end of its tokens
}

// NewLines returns the lines of the given number of texts. linesOf returns the lines of a text: from
// from to before to. counts contains the number of different tokens of each line, which [Lines.Add]
// then adds, and vector returns the vector of a token.
func NewLines(texts int, linesOf func(text int) (from, to int), counts []int32, vector func(token int32) Vector) *Lines {
	l := &Lines{linesOf: linesOf, points: make([]ShortPoint, len(counts)), ready: make([]sync.Once, texts), vector: vector, ends: make([]int32, len(counts))}
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

// Fill computes the directions of all lines, so that no search has to, and frees what that needed.
func (l *Lines) Fill() {
	l.fill.Do(func() {
		for text := range l.ready {
			l.Of(int32(text))
		}
		l.vector, l.tokens, l.ends = nil, nil, nil
	})
}

// Of returns the directions of the lines of a text.
func (l *Lines) Of(text int32) []ShortPoint {
	from, to := l.linesOf(int(text))
	l.ready[text].Do(func() {
		for line := from; line < to; line++ {
			start := int32(0)
			if line > 0 {
				start = l.ends[line-1]
			}
			var sum Sum
			for _, token := range l.tokens[start:l.ends[line]] {
				sum.Add(l.vector(token), 1)
			}
			l.points[line] = sum.Point().Short()
		}
	})
	return l.points[from:to]
}
