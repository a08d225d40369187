package search

import (
	"k8sbot/glossary"
	"k8sbot/glossary/parallel"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/latent"
)

// This file builds the corpus. The first question that names alone cannot answer has to wait for
// it, so the code uses all cores, and looks up each token of a term once.

func newCorpus(terms []*glossary.Term, space *latent.Space) *corpus {
	c := &corpus{terms: terms, space: space, firstLines: []int32{0}, scratches: make(chan *scratch, maxScratches)}
	all := make([]document.Document, len(c.terms))
	parallel.Do(len(terms), func(i int) { all[i] = document.Of(terms[i]) })
	infos, ids := c.index(all)

	total := float32(0)
	for _, d := range all {
		total += d.Length
	}
	mean := max(1, total/float32(max(1, len(all))))
	c.norms = make([]float32, len(all))
	if len(all) <= maxPoints {
		c.points = make([]latent.Point, len(all))
	}
	parallel.Do(len(terms), func(i int) {
		d := all[i]
		c.norms[i] = bm25K * (1 - bm25B + bm25B*d.Length/mean)
		for j, tokens := range d.Lines {
			square := float32(0)
			var to latent.Sum
			for _, at := range tokens {
				info := &infos[ids[i][at]]
				square += info.idf * info.idf
				to.Add(info.vector, 1)
			}
			c.lines[c.firstLines[i]+int32(j)] = line{int32(i), sqrt32(square), to.Point().Short()}
		}
		if c.points != nil {
			var to latent.Sum
			for at, w := range d.Tokens {
				to.Add(infos[ids[i][at]].vector, latent.Frequency(w.Weight))
			}
			c.points[i] = to.Point()
		}
	})
	return c
}

// index stores which terms and lines contain each token. It returns all tokens, and the indexes
// of each term's tokens.
func (c *corpus) index(all []document.Document) ([]tokenInfo, [][]int32) {
	ids := make(map[string]int32)
	var counts []struct{ terms, lines int } // indexed by token ID
	idsOf := make([][]int32, len(all))
	postings, lineRefs := 0, 0
	for i, d := range all {
		idsOf[i] = make([]int32, len(d.Tokens))
		for at, w := range d.Tokens {
			id, ok := ids[w.Token]
			if !ok {
				id = int32(len(counts))
				ids[w.Token] = id
				counts = append(counts, struct{ terms, lines int }{})
			}
			idsOf[i][at] = id
			counts[id].terms++
			postings++
		}
		for _, tokens := range d.Lines {
			for _, at := range tokens {
				counts[idsOf[i][at]].lines++
			}
			lineRefs += len(tokens)
		}
		c.firstLines = append(c.firstLines, c.firstLines[i]+int32(len(d.Lines)))
	}
	c.lines = make([]line, c.firstLines[len(all)])

	// The lists of all tokens are slices of two shared arrays.
	allPostings, allLines := make([]posting, postings), make([]int32, lineRefs)
	infos := make([]tokenInfo, len(counts))
	for id, n := range counts {
		infos[id] = tokenInfo{idf: c.idf(n.terms), terms: allPostings[:0:n.terms], lines: allLines[:0:n.lines]}
		allPostings, allLines = allPostings[n.terms:], allLines[n.lines:]
	}
	c.tokens = make(map[string]*tokenInfo, len(ids))
	for w, id := range ids {
		c.tokens[w] = &infos[id]
		infos[id].vector = c.space.Vector(w)
	}
	for i, d := range all {
		for at, id := range idsOf[i] {
			infos[id].terms = append(infos[id].terms, posting{int32(i), d.Tokens[at].Weight})
		}
		for j, tokens := range d.Lines {
			for _, at := range tokens {
				info := &infos[idsOf[i][at]]
				info.lines = append(info.lines, c.firstLines[i]+int32(j))
			}
		}
	}
	return infos, idsOf
}
