package search

import (
	"math"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// The last stage is full-text search. It looks up the tokens of a query in an inverted
// index of all texts of the terms, and ranks the terms by BM25F, which weighs a token by
// how few terms contain it and by the field that it appears in (S. Robertson, H. Zaragoza,
// The Probabilistic Relevance Framework: BM25 and Beyond, 2009,
// https://doi.org/10.1561/1500000019). Japanese has no spaces, so fold.Tokens splits it
// into bigrams.

// The parameters of BM25: how fast repetitions of a token saturate, and how much the length
// of a text matters. 1.2 is the usual value of k. b is small because the texts of terms
// have nearly the same length.
const (
	bm25K = 1.2
	bm25B = 0.3
)

// The weights of the fields of a term. The name counts most, and the summary counts more
// than the rest.
const (
	weightName       = 5
	weightAlias      = 3
	weightSummary    = 3
	weightParaphrase = 3
	weightMeaning    = 1
	weightOther      = 0.5
)

// A bm25Index is an inverted index of the texts of terms.
type bm25Index struct {
	terms    []*glossary.Term
	postings map[string][]posting // by token
	norms    []float64            // by term: length normalization, in units of weight
	idf      func(n int) float64  // by number of terms that contain a token
}

// A posting is the weight of a token in a term.
type posting struct {
	term   int32
	weight float32
}

func newBM25Index(g *glossary.Glossary) *bm25Index {
	terms := g.All()
	x := &bm25Index{terms: terms, postings: make(map[string][]posting), norms: make([]float64, len(terms))}
	// Tokenizing takes most of the time, so it is done concurrently.
	weights := make([]map[string]float32, len(terms))
	g.ForEach(func(i int, t *glossary.Term) { weights[i], x.norms[i] = termFrequencies(t) })
	total := 0.0
	for i := range terms {
		for w, weight := range weights[i] {
			x.postings[w] = append(x.postings[w], posting{int32(i), weight})
		}
		total += x.norms[i]
	}
	for w, list := range x.postings { // drop spare capacity
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

// termFrequencies returns the tokens of a term with their weighted frequencies, and the sum
// of these.
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

// minCoverage is the share of the query, by the idf of its tokens, that a term must
// contain.
const minCoverage = 0.4

// find returns the terms whose texts contain most of the query.
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
		// People ask for common terms more often than for rare ones.
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

// tierPrior is the relative likelihood, by tier, that a term is meant.
var tierPrior = [...]float64{1: 1.2, 2: 1, 3: 0.75}

// maxMeanings is the maximum number of terms that the stage returns.
const maxMeanings = 8
