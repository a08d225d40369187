package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search/bm25"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/token"
)

// A part is what a token adds to the score of a term.
type part struct {
	token int
	score float64
}

// A guess is a paraphrase as a query: the terms that it may mean, with the parts of their scores.
// The paraphrase itself does not count for its own term.
type guess struct {
	terms [][]part
	right int // the index of its own term
}

const (
	maxGuesses      = 60   // the number of terms that a paraphrase is compared with
	paraphraseField = 4    // the weight of a paraphrase in a document
	importanceRange = 1.0  // the expected square of the logarithm of an importance
	importanceSteps = 80   // see descend
	minInfluence    = 1e-4 // the minimum difference in probability that counts
)

// learnImportance returns the importance of each token in the paraphrases of terms (see
// latent.Space.Importance): the factors for the weights of tokens by which most paraphrases find
// their own terms. It maximizes the likelihood of these terms by gradient descent.
func learnImportance(terms []*glossary.Term) map[string]float64 {
	index := make(map[string]int)
	var tokens []string
	guesses := guessAll(terms, func(w string) int {
		i, ok := index[w]
		if !ok {
			i = len(tokens)
			index[w] = i
			tokens = append(tokens, w)
		}
		return i
	})
	logs := make([]float64, len(tokens)+1) // the last is the logarithm of the factor for all scores
	factors := make([]float64, len(logs))
	logs[len(tokens)] = -1
	descend(logs, importanceSteps, func(gradient []float64) float64 {
		for i, v := range logs {
			factors[i] = math.Exp(v)
		}
		scale, loss := factors[len(tokens)], 0.0
		for _, g := range guesses {
			loss += g.addGradient(factors, scale, gradient)
		}
		for i := range tokens {
			gradient[i] += logs[i] / importanceRange
		}
		return loss
	})
	importance := make(map[string]float64, len(tokens))
	for i, w := range tokens {
		importance[w] = math.Exp(logs[i])
	}
	return importance
}

// addGradient adds the gradient of the loss of a guess, and returns the loss.
func (g *guess) addGradient(factors []float64, scale float64, gradient []float64) float64 {
	scores := make([]float64, len(g.terms))
	most := math.Inf(-1)
	for i, parts := range g.terms {
		for _, p := range parts {
			scores[i] += scale * factors[p.token] * p.score
		}
		most = max(most, scores[i])
	}
	sum := 0.0
	for _, s := range scores {
		sum += math.Exp(s - most)
	}
	for i, parts := range g.terms {
		d := math.Exp(scores[i]-most) / sum
		if i == g.right {
			d--
		}
		if math.Abs(d) < minInfluence {
			continue
		}
		for _, p := range parts {
			gradient[p.token] += d * scale * factors[p.token] * p.score
		}
		gradient[len(gradient)-1] += d * scores[i]
	}
	return math.Log(sum) + most - scores[g.right]
}

// guessAll returns the guesses for all paraphrases. number returns the number of a token.
func guessAll(terms []*glossary.Term, number func(token string) int) []guess {
	type posting struct {
		term   int
		weight float64
	}
	postings := make(map[string][]posting)
	norms, mean := make([]float64, len(terms)), 0.0
	for i, t := range terms {
		d := document.Of(t)
		for _, w := range d.Tokens {
			postings[w.Token] = append(postings[w.Token], posting{i, float64(w.Weight)})
		}
		norms[i] = float64(d.Length)
		mean += norms[i] / float64(len(terms))
	}
	for i := range norms {
		norms[i] = bm25.K * (1 - bm25.B + bm25.B*norms[i]/mean)
	}
	var all []guess
	for own, t := range terms {
		text := t.Paraphrases.Text()
		for line := range strings.Lines(text.EN + "\n" + text.JA) {
			words := token.Of(line)
			slices.Sort(words)
			parts, sums := make(map[int][]part), make(map[int]float64)
			for _, w := range slices.Compact(words) {
				n := float64(len(postings[w]))
				idf := math.Log(1 + (float64(len(terms))-n+0.5)/(n+0.5))
				if question.Tokens[w] {
					idf *= weightQuestionWord
				}
				for _, p := range postings[w] {
					if p.term == own {
						p.weight -= paraphraseField
					}
					if p.weight > 0 {
						score := idf * p.weight * (bm25.K + 1) / (p.weight + norms[p.term])
						parts[p.term] = append(parts[p.term], part{number(w), score})
						sums[p.term] += score
					}
				}
			}
			if parts[own] == nil {
				continue // no other text of the term contains any of these words
			}
			var order []int
			for i := range sums {
				order = append(order, i)
			}
			slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), a-b) })
			if at := slices.Index(order, own); at >= maxGuesses {
				order[maxGuesses-1] = own
			}
			order = order[:min(len(order), maxGuesses)]
			g := guess{right: slices.Index(order, own)}
			for _, i := range order {
				g.terms = append(g.terms, parts[i])
			}
			all = append(all, g)
		}
	}
	return all
}
