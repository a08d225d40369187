package search

import (
	"math"
	"testing"
)

// TestCompareLines checks that each candidate whose lines are not compared is too unlikely to be a suggestion.
func TestCompareLines(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g := loadTerms(t)
	x := New(g)
	c, skipped := x.corpus(), 0
	for _, q := range readQueries(t, g, "tune.tsv") {
		r := x.rank(newQuery(q.query), learned)
		for _, f := range r.candidates {
			cosine := r.buffer.direction.Highest(c.lines.Of(f.index))
			if f.evidence[byLineMeaning] == cosine {
				continue
			}
			skipped++
			if score := f.score + learned.rank[byLineMeaning]*float64(cosine); math.Exp(score-r.candidates[0].score) >= leastOdds {
				t.Errorf("%q: the lines of %s are not compared, although its score is %.2f and the first one's is %.2f", q.query, f.term.ID, score, r.candidates[0].score)
			}
		}
		buffers.Put(r.buffer)
	}
	if skipped == 0 {
		t.Error("the lines of all candidates are compared")
	}
}
