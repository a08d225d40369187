package search

import "slices"

// Search returns at most limit terms that a person may mean by the text, best first. Either all
// terms are answers, or all are suggestions (see [AnswerThreshold]). It returns nil if no term
// is similar.
func (x *Index) Search(text string, limit int) []Match {
	q := newQuery(text)
	found := combine(q, func(s stage) []Match { return s.find(x, q, q.of(s.part)) })
	return found[:min(limit, len(found))]
}

// A Trace is the result of one stage.
type Trace struct {
	Stage   string  // the name of the stage
	Read    string  // the form of the query that the stage compares
	Matches []Match // best first, before they are combined with other stages' matches
}

// Why returns the result of [Index.Search], and at most limit matches of each stage that it
// tried.
func (x *Index) Why(text string, limit int) ([]Match, []Trace) {
	var traces []Trace
	q := newQuery(text)
	found := combine(q, func(s stage) []Match {
		read := q.of(s.part)
		matches := s.find(x, q, read)
		best := sortMatches(slices.Clone(matches))
		traces = append(traces, Trace{s.name, s.reads(read), best[:min(limit, len(best))]})
		return matches
	})
	return found[:min(limit, len(found))], traces
}
