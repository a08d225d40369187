package search

import "slices"

// Search returns the terms that are meant by what a person typed, best first,
// and at most limit of them. Either all are sure, or none is (see [AnswerThreshold]). It
// returns nil if nothing comes near.
func (x *Index) Search(text string, limit int) []Match {
	q := newQuery(text)
	found := combine(q, func(s stage) []Match { return s.find(x, q.of(s.part)) })
	return found[:min(limit, len(found))]
}

// A Trace is what one stage found.
type Trace struct {
	Stage   string  // what was tried
	Read    string  // what the query was read as
	Matches []Match // best first, before they are compared with those of other stages
}

// Why returns what Search does, and what each stage that it tried found, at most limit
// terms each.
func (x *Index) Why(text string, limit int) ([]Match, []Trace) {
	var traces []Trace
	q := newQuery(text)
	found := combine(q, func(s stage) []Match {
		read := q.of(s.part)
		matches := s.find(x, read)
		best := sortMatches(slices.Clone(matches))
		traces = append(traces, Trace{s.name, s.reads(read), best[:min(limit, len(best))]})
		return matches
	})
	return found[:min(limit, len(found))], traces
}
