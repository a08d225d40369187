package bm25

import (
	"math"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/inverted"
)

// TestScores compares the scores of the built-in terms with the formulas, twice for the same memory.
func TestScores(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	terms := g.Words()
	all := make([]document.Document, len(terms))
	for i := range all {
		all[i] = document.Of(terms[i])
	}
	postings := 0
	x := New(inverted.New(all), func(int, int32, float32) { postings++ }, func(int, int32) {})
	mean := 0.0
	for _, d := range all {
		mean += float64(d.Length) / float64(len(all))
	}
	common := 0
	for _, query := range [][]string{{"pod"}, {"pod", "restart", "nosuchtoken"}, {"taint"}, {"証明"}, {"nosuchtoken"}, {"nod", "drain", "pod"}} {
		s := x.Scores()
		if len(s.Touched) > 0 {
			t.Fatalf("query %q: scores that were released have %d documents", query, len(s.Touched))
		}
		idfs, length := make(map[string]float64), 0.0
		for i, w := range query {
			found, _, ok := x.Find(w)
			if ok && x.isCommon(found.Documents) {
				common++
			} else {
				idfs[w] = float64(found.IDF)
			}
			s.Add(&found, Weight{Weight: found.IDF, Share: 1, Written: 1 << i})
			length += float64(found.IDF) * float64(found.IDF)
		}
		length = math.Sqrt(length)
		s.SetLines(float32(length))
		for i, d := range all {
			words, coverage, written := 0.0, 0, uint32(0)
			for j, w := range query {
				for _, own := range d.Tokens {
					if own.Token == w {
						found, _, _ := x.Find(w)
						weight := float64(own.Weight)
						words += float64(found.IDF) * weight * (K + 1) / (weight + K*(1-B+B*float64(d.Length)/mean))
						coverage++
						written |= 1 << j
					}
				}
			}
			best := 0.0
			for _, line := range d.Lines {
				product, square := 0.0, 0.0
				seen := make(map[string]bool)
				for _, at := range line {
					w := d.Tokens[at].Token
					found, _, _ := x.Find(w)
					if seen[w] || x.isCommon(found.Documents) {
						continue
					}
					seen[w] = true
					square += float64(found.IDF) * float64(found.IDF)
					product += idfs[w] * float64(found.IDF)
				}
				if product > 0 {
					best = max(best, product/length/math.Sqrt(square))
				}
			}
			if differ(s.Words[i], words) || differ(s.Coverage[i].Share, float64(coverage)) || differ(s.Lines[i], best) || s.Coverage[i].Written != written || s.Coverage[i].Said != 0 {
				t.Errorf("query %q, %s: got words %v, coverage %v, line %v, written %b; want %v, %v, %v, %b", query, terms[i].ID,
					s.Words[i], s.Coverage[i].Share, s.Lines[i], s.Coverage[i].Written, words, coverage, best, written)
			}
		}
		s.Release()
	}
	if common == 0 || postings == 0 {
		t.Errorf("got %d common tokens in queries and %d postings, want some", common, postings)
	}
}

func differ(got float32, want float64) bool { return math.Abs(float64(got)-want) > 1e-3*max(1, want) }
