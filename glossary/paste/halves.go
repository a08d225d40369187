package paste

import (
	"context"
	"sort"

	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/manifest"
	"k8sbot/glossary/paste/parse"
)

// Halves lets a second parser read the second half of a long text, from any line, while the first one
// reads the first half. The second one notes its state at some of its lines. When the first one comes to
// one of these lines in the same state, both would read the rest alike. If it does not, what the second
// one has read is dropped.
type halves struct {
	ctx    context.Context
	lines  []line.Line
	p      *parse.Parser
	begun  int // the number of times that a reader may have begun
	second *half
}

// A half is the work of the second parser.
type half struct {
	p      *parse.Parser
	start  int // index of its first line
	marks  []mark
	wait   func() bool
	cancel context.CancelFunc
	done   bool
}

// A mark is the state of a parser before it reads the line with an index.
type mark struct {
	at    int
	state parse.Mark
}

const (
	// minBegun is the number of readers that begin before the text is halved. One reader may read all of
	// the text.
	minBegun = 64
	// minHalf is the minimum size of the second half in bytes. Less is read faster than it takes to
	// begin. The first half is at least as long as what the YAML parser reads, since whether it reads a
	// document depends on the number of documents.
	minHalf = 64 << 10
	// manyMarks is the number of lines at the beginning of the second half at which its parser notes its
	// state. Most parsers agree after a few lines. After them, it does so at every markEvery-th line.
	manyMarks = 512
	markEvery = 128
)

// before is called before the first parser reads the line with index i. It returns false if the rest
// has been read.
func (h *halves) before(i int) bool {
	switch h.begun++; {
	case h.begun == minBegun:
		h.halve(i)
	case h.second != nil && i >= h.second.start:
		return !h.join(i)
	}
	return true
}

// halve starts the second parser, if the text after the line with index i is long enough.
func (h *halves) halve(i int) {
	last := h.lines[len(h.lines)-1].Offset
	middle := max((h.lines[i].Offset+last)/2, manifest.MaxParsed)
	if last-middle < minHalf || parallel.Cores() < 2 {
		return
	}
	h.begin(sort.Search(len(h.lines), func(i int) bool { return h.lines[i].Offset >= middle }))
}

// begin starts the second parser at the line with index start.
func (h *halves) begin(start int) {
	ctx, cancel := context.WithCancel(h.ctx)
	s := &half{start: start, p: h.p.Fork(), cancel: cancel}
	s.wait = parallel.Ahead(func() { s.read(ctx, h.lines) })
	h.second = s
}

// read reads the half, and notes the states at many of its first lines and some of the later ones.
func (s *half) read(ctx context.Context, lines []line.Line) {
	next := s.start + 1
	readFrom(ctx, s.p, lines, s.start, func(i int) bool {
		if i >= next {
			if next = i + 1; next > s.start+manyMarks {
				next = i + markEvery
			}
			s.marks = append(s.marks, mark{i, s.p.Mark(lines[i].Number)})
		}
		return true
	})
	s.done = ctx.Err() == nil
}

// join adds what the second parser has read since the line with index i. It returns false if the first
// one has to read that line.
func (h *halves) join(i int) bool {
	s := h.second
	if s.wait != nil && !s.wait() || !s.done {
		h.close()
		return false
	}
	s.wait = nil
	for len(s.marks) > 0 && s.marks[0].at < i {
		s.marks = s.marks[1:]
	}
	if len(s.marks) == 0 {
		h.close()
		return false
	}
	if s.marks[0].at != i || !h.p.At(s.marks[0].state) {
		return false
	}
	joined := h.p.Join(s.p, s.marks[0].state)
	h.close()
	return joined
}

// close stops the second parser.
func (h *halves) close() {
	if h.second != nil {
		h.second.cancel()
		h.second = nil
	}
}
