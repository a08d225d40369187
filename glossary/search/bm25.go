package search

import (
	"math"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// The last stage finds terms by what they mean: the words of a question are
// looked up in an inverted index over all texts of the terms, and the terms are
// ordered by BM25F, which weighs a word by how few terms have it and by the
// field that it stands in (S. Robertson, H. Zaragoza, The Probabilistic Relevance
// Framework: BM25 and Beyond, 2009, https://doi.org/10.1561/1500000019).
// Japanese, which has no blanks, is cut into pairs of letters.

// The parameters of BM25: how soon a word that is said again counts no more, and
// how much the length of a text matters. 1.2 is the usual value of the first; the
// texts of terms are all of nearly one length, so that the second is small.
const (
	bm25K = 1.2
	bm25B = 0.3
)

// The weights of the fields of a term. What it is called says most, and its
// summary says more than the rest.
const (
	weightName       = 5
	weightAlias      = 3
	weightSummary    = 3
	weightParaphrase = 3
	weightMeaning    = 1
	weightOther      = 0.5
)

// A bm25Index is the inverted index.
type bm25Index struct {
	terms    []*glossary.Term
	postings map[string][]posting // by word
	norms    []float64            // by term: what its length does to the weights
	idf      func(n int) float64  // by number of terms
}

// A posting says with what weight a word stands in a term.
type posting struct {
	term   int32
	weight float32
}

func newBM25Index(g *glossary.Glossary) *bm25Index {
	terms := g.All()
	x := &bm25Index{terms: terms, postings: make(map[string][]posting), norms: make([]float64, len(terms))}
	// The texts are cut into words side by side, since that takes the time.
	weights := make([]map[string]float32, len(terms))
	g.ForEach(func(i int, t *glossary.Term) { weights[i], x.norms[i] = termFrequencies(t) })
	total := 0.0
	for i := range terms {
		for w, weight := range weights[i] {
			x.postings[w] = append(x.postings[w], posting{int32(i), weight})
		}
		total += x.norms[i]
	}
	for w, list := range x.postings { // without the room that they grew into
		x.postings[w] = append(make([]posting, 0, len(list)), list...)
	}
	mean := total / float64(max(1, len(terms)))
	for i := range x.norms {
		x.norms[i] = bm25K * (1 - bm25B + bm25B*x.norms[i]/mean)
	}
	count := float64(len(terms))
	x.idf = func(n int) float64 { return math.Log(1 + (count-float64(n)+0.5)/(float64(n)+0.5)) }
	return x
}

// termFrequencies returns the words of a term with their weights, and their sum.
func termFrequencies(t *glossary.Term) (weights map[string]float32, length float64) {
	weights = make(map[string]float32, 200)
	add := func(weight float32, texts ...string) {
		for _, text := range texts {
			for _, w := range fold.Tokens(text) {
				weights[w] += weight
				length += float64(weight)
			}
		}
	}
	add(weightName, t.Name.EN, t.Name.JA, t.StandsFor)
	add(weightAlias, t.Aliases...)
	add(weightAlias, t.Shares...)
	add(weightSummary, t.Summary.EN, t.Summary.JA)
	add(weightParaphrase, t.Paraphrases.EN, t.Paraphrases.JA)
	add(weightMeaning, t.Meaning.EN, t.Meaning.JA)
	for _, cause := range t.Causes {
		add(weightOther, cause.EN, cause.JA)
	}
	return weights, length
}

// minCoverage is the share of a question, by the weight of its words, that a term
// must speak of.
const minCoverage = 0.4

// find returns the terms that are described with most of the words of a
// question.
func (x *bm25Index) find(query string) []Match {
	type hit struct {
		rank, coverage float64
		words          int
	}
	asked := fold.Tokens(query)
	slices.Sort(asked)
	asked = slices.DeleteFunc(slices.Compact(asked), func(w string) bool { return questionWords[w] })
	hits := make(map[int32]hit)
	all := 0.0
	for _, w := range asked {
		list := x.postings[w]
		idf := x.idf(len(list))
		all += idf
		for _, p := range list {
			h := hits[p.term]
			weight := float64(p.weight)
			h.rank += idf * weight * (bm25K + 1) / (weight + x.norms[p.term])
			h.coverage += idf
			h.words++
			hits[p.term] = h
		}
	}
	best := 0.0
	for i, h := range hits {
		// People describe what everybody needs more often than what is rare.
		h.rank *= tierPrior[min(max(x.terms[i].Tier, 1), 3)]
		hits[i] = h
		if h.coverage >= minCoverage*all {
			best = max(best, h.rank)
		}
	}
	var found []Match
	for i, h := range hits {
		if h.coverage < minCoverage*all || h.rank < best/2 || len(asked) > 2 && h.words < 2 {
			continue
		}
		score := scoreMeaning * (h.coverage / all) * (0.5 + 0.5*h.rank/best)
		found = append(found, Match{x.terms[i], score, Meaning})
	}
	slices.SortFunc(found, better)
	return found[:min(len(found), maxMeanings)]
}

// tierPrior is how much likelier it is that a term of a tier is meant.
var tierPrior = [...]float64{1: 1.2, 2: 1, 3: 0.75}

// maxMeanings is the number of terms that the stage offers.
const maxMeanings = 8
