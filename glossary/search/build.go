package search

import (
	"k8sbot/glossary"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/problem"
)

// newCorpus returns the corpus of terms, given the index of their documents. The first question that
// names alone cannot answer has to wait for it.
func newCorpus(terms []*glossary.Term, index *inverted.Index, space *latent.Space) *corpus {
	c := &corpus{
		terms: terms, index: index, space: space, scratches: make(chan *scratch, maxScratches),
		norms: make([]float32, len(terms)), common: make(map[int][]posting), lineTerms: index.DocumentsOfLines(), lineLengths: make([]float32, index.Len()),
	}
	total := float32(0)
	for i := range terms {
		total += index.Length(i)
	}
	mean := max(1, total/float32(max(1, len(terms))))
	for i := range terms {
		c.norms[i] = bm25K * (1 - bm25B + bm25B*index.Length(i)/mean)
	}
	n := index.Tokens.Len()
	c.vectors, c.leanings, c.importance = make([]latent.Vector, n), make([]float32, n), make([]float32, n)
	for i, next := 0, 0; i < len(c.vectors); i++ { // both lists of tokens are sorted
		token := index.Tokens.At(i)
		c.importance[i] = 1
		for next < space.Tokens.Len() && space.Tokens.At(next) < token {
			next++
		}
		if next < space.Tokens.Len() && space.Tokens.At(next) == token {
			c.vectors[i], c.importance[i] = space.At(next), space.Importance(next)
		}
	}
	c.addTokens()
	return c
}

// addTokens adds all tokens to the lines and terms that contain them.
func (c *corpus) addTokens() {
	var sums []latent.Sum
	if len(c.terms) <= maxPoints {
		sums = make([]latent.Sum, len(c.terms))
	}
	counts := make([]int32, len(c.lineLengths))
	for i := range c.vectors {
		list := c.index.List(i)
		idf := c.idf(list.Documents)
		problems := 0
		isCommon := list.Documents > max(minCommon, len(c.terms)/3)
		c.index.Each(list, c.lineTerms, func(term int32, weight float32) {
			if isProblem(c.terms[term]) {
				problems++
			}
			if isCommon {
				c.common[i] = append(c.common[i], posting{term, weight})
			}
			if sums != nil {
				sums[term].Add(c.vectors[i], latent.Frequency(weight))
			}
		}, func(line int32) {
			counts[line]++
			if !isCommon {
				c.lineLengths[line] += idf * idf
			}
		})
		c.leanings[i] = problem.Leaning(list.Documents, problems)
	}
	for line, square := range c.lineLengths {
		c.lineLengths[line] = sqrt32(square)
	}
	if sums == nil {
		return
	}
	points := make([]latent.Point, len(sums))
	for i := range sums {
		points[i] = sums[i].Point()
	}
	c.points = latent.PointsOf(points)
	c.lines = latent.NewLines(len(c.terms), counts, c.vectors)
	for i := range c.vectors {
		c.index.Each(c.index.List(i), c.lineTerms, func(int32, float32) {}, func(line int32) { c.lines.Add(line, int32(i)) })
	}
}
