package search

import (
	"sync/atomic"

	"k8sbot/glossary"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/latent"
)

// newCorpus returns the corpus of terms, given the index of their documents. The first question that
// names alone cannot answer has to wait for it.
func newCorpus(terms []*glossary.Term, index *inverted.Index, space *latent.Space) *corpus {
	c := &corpus{
		terms: terms, index: index, space: space, scratches: make(chan *scratch, maxScratches),
		norms: make([]float32, len(terms)), lineTerms: make([]int32, index.Len()), lineNorms: make([]float32, index.Len()),
		linePoints: make([]atomic.Pointer[[]latent.ShortPoint], len(terms)),
	}
	total := float32(0)
	for i := range terms {
		total += index.Length(i)
		from, to := index.LinesOf(i)
		for line := from; line < to; line++ {
			c.lineTerms[line] = int32(i)
		}
	}
	mean := max(1, total/float32(max(1, len(terms))))
	for i := range terms {
		c.norms[i] = bm25K * (1 - bm25B + bm25B*index.Length(i)/mean)
	}
	c.vectors = make([]latent.Vector, index.Tokens.Len())
	for i, next := 0, 0; i < len(c.vectors); i++ { // both lists of tokens are sorted
		token := index.Tokens.At(i)
		for next < space.Tokens.Len() && space.Tokens.At(next) < token {
			next++
		}
		if next < space.Tokens.Len() && space.Tokens.At(next) == token {
			c.vectors[i] = space.At(next)
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
	counts := make([]int32, len(c.lineNorms))
	for i := range c.vectors {
		list := c.index.List(i)
		idf := c.idf(list.Documents)
		c.eachPosting(list, func(p posting) {
			if sums != nil {
				sums[p.term].Add(c.vectors[i], latent.Frequency(p.weight))
			}
		}, func(line int) {
			counts[line]++
			c.lineNorms[line] += idf * idf
		})
	}
	if sums == nil {
		return
	}
	c.points = make([]latent.Point, len(sums))
	for i := range sums {
		c.points[i] = sums[i].Point()
	}
	size := int32(0)
	c.lineEnds = make([]int32, len(counts))
	for line, n := range counts {
		c.lineEnds[line] = size // the start, until all tokens are added
		size += n
	}
	c.lineTokens = make([]int32, size)
	for i := range c.vectors {
		c.eachPosting(c.index.List(i), func(posting) {}, func(line int) {
			c.lineTokens[c.lineEnds[line]] = int32(i)
			c.lineEnds[line]++
		})
	}
}

// eachPosting calls do for each term that contains the token of a list, and forLine for each line.
func (c *corpus) eachPosting(list inverted.List, do func(posting), forLine func(line int)) {
	var p posting
	before := -1
	for line, ok := list.Next(); ok; line, ok = list.Next() {
		if t := c.lineTerms[line]; t != p.term {
			if p.weight > 0 {
				do(p)
			}
			p = posting{term: t}
		}
		p.weight += float32(c.index.Weights[line])
		if line != before {
			forLine(line)
		}
		before = line
	}
	if p.weight > 0 {
		do(p)
	}
}

// linePointsOf returns the directions of a term's lines in the space of meanings. It computes them
// when they are first needed, since few terms ever are candidates.
func (c *corpus) linePointsOf(term int32) []latent.ShortPoint {
	if p := c.linePoints[term].Load(); p != nil {
		return *p
	}
	from, to := c.index.LinesOf(int(term))
	points := make([]latent.ShortPoint, 0, to-from)
	for line := from; line < to; line++ {
		start := int32(0)
		if line > 0 {
			start = c.lineEnds[line-1]
		}
		var sum latent.Sum
		for _, token := range c.lineTokens[start:c.lineEnds[line]] {
			sum.Add(c.vectors[token], 1)
		}
		points = append(points, sum.Point().Short())
	}
	c.linePoints[term].Store(&points)
	return points
}
