package search

import (
	"k8sbot/glossary"
	"k8sbot/glossary/search/bm25"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/problem"
)

// newCorpus returns the corpus of terms, given the index of their documents. The first question that
// names alone cannot answer has to wait for it.
func newCorpus(terms []*glossary.Term, index *inverted.Index, space *latent.Space) *corpus {
	n := index.Tokens.Len()
	c := &corpus{terms: terms, space: space, places: make([]int32, n), leanings: make([]float32, n), importance: make([]float32, n), priors: make([]prior, len(terms))}
	for i, next := 0, 0; i < n; i++ { // both lists of tokens are sorted
		token := index.Tokens.At(i)
		c.importance[i], c.places[i] = 1, -1
		for next < space.Tokens.Len() && space.Tokens.At(next) < token {
			next++
		}
		if next < space.Tokens.Len() && space.Tokens.At(next) == token {
			c.places[i], c.importance[i] = int32(next), space.Importance(next)
		}
	}
	for i, t := range terms {
		p := &c.priors[i]
		p.isCommon = float32(3-min(max(t.Tier, 1), 3)) / 2
		if t.IsStatus() {
			p.isStatus = 1
		}
		if isProblem(t) {
			p.isProblem = 1
		}
	}
	problems, counts := make([]int, n), make([]int32, index.Len())
	var sums []latent.Sum
	if len(terms) <= maxPoints {
		sums = make([]latent.Sum, len(terms))
	}
	c.index = bm25.New(index, func(token int, term int32, weight float32) {
		if c.priors[term].isProblem == 1 {
			problems[token]++
		}
		if sums != nil {
			sums[term].Add(c.vector(int32(token)), latent.Frequency(weight))
		}
	}, func(_ int, line int32) { counts[line]++ })
	for i, n := range problems {
		list := index.List(i)
		c.leanings[i] = problem.Leaning(list.Documents, n)
	}
	if sums == nil {
		return c
	}
	points := make([]latent.Point, len(sums))
	for i := range sums {
		points[i] = sums[i].Point()
	}
	c.points = latent.PointsOf(points)
	c.lines = latent.NewLines(len(terms), index.LinesOf, counts, c.vector)
	for i := range n {
		c.index.EachLine(i, func(line int32) { c.lines.Add(line, int32(i)) })
	}
	return c
}
