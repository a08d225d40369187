package search

import (
	"math"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/bm25"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/rarity"
	"k8sbot/glossary/search/sorted"
	"k8sbot/glossary/search/token"
)

// An evidenceKind is one kind of evidence that a query means a term. Its value is a number from 0
// to 1.
type evidenceKind int

const (
	byWords          evidenceKind = iota // the BM25 score, as a share of the highest possible score
	byWordsBest                          // the BM25 score, as a share of the best term's score
	byCoverage                           // the share of the query that the term contains
	byExpression                         // the share of the query that the term says in other words, see token.Expand
	byLine                               // the cosine of the query and the nearest line
	byLineBest                           // byLine, as a share of the best term's byLine
	byMeaning                            // the cosine of the query and the term in the space of meanings
	byLineMeaning                        // the cosine of the query and the nearest line in the space of meanings
	byBoth                               // the product of byWordsBest and byMeaning
	isNamed                              // the query names the term: the weight of the name
	isNamedShare                         // the share of the query that the name covers
	isNamedRare                          // the idf of the name among the terms
	isNamedStatus                        // the query names the term, which is a status
	isIdentifier                         // the query names the term by a word that is not English
	isAsked                              // isNamedShare, if the query is a question
	isTopic                              // a Japanese topic particle follows the name
	isNamedInVain                        // the query names the term, but describes another term
	isNamedAlone                         // the query names the term, and no other rare term
	isNamedFirst                         // the name is at the start of the query
	isLongName                           // the name has several words
	isStatus                             // the term is a status
	isOtherObject                        // the query names an object, but not of a kind that has the status
	isSameObject                         // the query names an object of a kind that has the status
	isInProblem                          // the status is not healthy: how likely it is that the query describes a problem
	isNamedInProblem                     // isNamed, multiplied by how likely it is that the query describes a problem; 0 for a status
	isRelated                            // the same for a status, if the query names a term that is related to it
	isCompared                           // the query compares the term with another one
	isCommon                             // 1 for tier 1, 0.5 for tier 2, 0 for tier 3
	evidenceKinds
)

// evidenceNames are the names of the kinds in weights.tsv and in traces.
var evidenceNames = [evidenceKinds]string{"words", "words-best", "coverage", "expression", "line", "line-best", "meaning", "line-meaning", "both", "named", "named-share", "named-rare", "named-status", "identifier", "asked", "topic",
	"named-in-vain", "named-alone", "named-first", "long-name", "status", "other-object", "same-object", "problem", "named-in-problem", "related", "compared", "common"}

// evidence is all the evidence for a term.
type evidence [evidenceKinds]float32

// A candidate is a term that a query may mean.
type candidate struct {
	index    int32 // index in corpus.terms
	term     *glossary.Term
	evidence evidence
	score    float64 // see weights.score
}

// The numbers of candidates that the rankings propose.
const (
	maxByWords   = 16
	maxByLine    = 16
	maxByMeaning = 8
)

// A buffer contains the tokens and the candidates of a query. It is reused.
type buffer struct {
	typed       []askedToken
	expressions []expression
	direction   latent.Point // of the query
	found       []candidate
	order       []*candidate // of found, best first
	slots       []int32      // indexed by term: its position in found, from 1
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// candidates returns the terms that a query may mean, with the evidence for each, and how likely it
// is that the query describes a problem. The terms are in b.
func (c *corpus) candidates(b *buffer, q *query, mentions []mention) (found []candidate, problem float32) {
	b.typed = c.typed(b.typed[:0], &q.read.Text)
	b.expressions = b.expressions[:0]
	for _, e := range q.read.Expansions() {
		b.expressions = append(b.expressions, expression{Expansion: e})
	}
	asked, total := c.ask(b.typed, b.expressions, mentions)
	if total == 0 {
		return nil, 0
	}
	problem = c.problem(q, asked, mentions)
	s := c.index.Scores()
	defer s.Release()
	ideal, length := float32(0), float32(0)
	var to latent.Sum
	for i := range asked {
		a := &asked[i]
		weight := float32(1)
		if a.isQuestion {
			weight = weightQuestionWord
		}
		if a.isTyped || a.said == 0 || len(b.typed) == 0 {
			ideal += a.weight * (bm25.K + 1)
			length += a.weight * a.weight
		} else {
			weight = weightSaid
		}
		w := bm25.Weight{Weight: a.weight, Written: a.written, Said: a.said}
		if a.isTyped {
			w.Share = a.share
		}
		s.Add(&a.Token, w)
		to.Add(a.vector, weight)
	}
	s.SetLines(float32(math.Sqrt(float64(length))))
	b.direction = to.Point()
	direction := &b.direction

	found = slices.Grow(b.found[:0], maxByWords+maxByLine+maxByMeaning+len(mentions))
	slots := slices.Grow(b.slots[:0], len(c.terms))[:len(c.terms)] // all 0
	add := func(i int32) *candidate {
		if slots[i] == 0 {
			found = append(found, candidate{index: i, term: c.terms[i]})
			slots[i] = int32(len(found))
		}
		return &found[slots[i]-1]
	}
	for _, i := range sorted.Highest(s.Touched, s.Words, maxByWords) {
		add(i)
	}
	for _, i := range sorted.Highest(s.Touched, s.Lines, maxByLine) {
		if s.Lines[i] > 0 {
			add(i)
		}
	}
	if c.points != nil && *direction != (latent.Point{}) {
		likely := make([]int32, len(found))
		for i := range found {
			likely[i] = found[i].index
		}
		for _, i := range c.points.Nearest(direction, maxByMeaning, likely) {
			add(i)
		}
	}
	for _, m := range mentions {
		add(c.indexOf(m.term))
	}
	bestWords, bestLine := float32(0), float32(0)
	for i := range found {
		bestWords, bestLine = max(bestWords, s.Words[found[i].index]), max(bestLine, s.Lines[found[i].index])
	}
	for i := range found {
		f := &found[i]
		e := &f.evidence
		e[byWords] = s.Words[f.index] / ideal
		e[byWordsBest] = s.Words[f.index] / max(bestWords, 1e-6)
		e[byCoverage] = s.Coverage[f.index].Share / total
		for j, x := range b.expressions {
			if c := &s.Coverage[f.index]; (c.Said&^c.Written)&(1<<j) != 0 {
				e[byExpression] = min(1, e[byExpression]+x.share/total)
			}
		}
		e[byLine] = s.Lines[f.index]
		e[byLineBest] = s.Lines[f.index] / max(bestLine, 1e-6)
		if c.points != nil {
			e[byMeaning] = max(0, direction.Dot(c.points.At(f.index)))
			e[byBoth] = e[byWordsBest] * e[byMeaning]
		}
		p := &c.priors[f.index]
		e[isStatus], e[isInProblem], e[isCommon] = p.isStatus, p.isProblem*problem, p.isCommon
	}
	c.addMentions(q, mentions, asked, total, add)
	for i := range found {
		slots[found[i].index] = 0
		if e := &found[i].evidence; e[isStatus] == 0 {
			e[isNamedInProblem] = problem * e[isNamed]
		}
	}
	b.found, b.slots = found, slots
	return found, problem
}

// addMentions adds the evidence of names in the query.
func (c *corpus) addMentions(q *query, mentions []mention, asked []askedToken, total float32, add func(int32) *candidate) {
	var rare []*glossary.Term // each once
	for _, m := range mentions {
		if m.weight >= minRareName && !slices.Contains(rare, m.term) {
			rare = append(rare, m.term)
		}
	}
	var kind question.Kind
	if len(mentions) > 0 {
		kind = question.KindOf(q.text)
	}
	for _, m := range mentions {
		e := &add(c.indexOf(m.term)).evidence
		e[isNamed] = max(e[isNamed], min(1, float32(m.weight)))
		covered, added := float32(0), float32(0)
		tokens := token.Of(m.written)
		for _, a := range asked {
			if slices.Contains(tokens, a.text) {
				covered += a.share
				if a.share > a.weight {
					added += a.share
				}
			}
		}
		e[byCoverage] = min(1, e[byCoverage]+added/total)
		e[isNamedShare] = max(e[isNamedShare], min(1, covered/total))
		switch {
		case !m.term.IsStatus():
		case strings.ToLower(m.written) != m.written && !fold.HasJapanese(m.written): // as Kubernetes writes it
			e[isNamedStatus] = 1
		default: // an ordinary word may have another meaning
			e[isNamedStatus] = max(e[isNamedStatus], 0.5)
		}
		e[isNamedRare] = max(e[isNamedRare], float32(m.rare))
		if guard.IsIdentifier(m.written) {
			e[isIdentifier] = 1
		}
		if q.core() != q.text {
			e[isAsked] = e[isNamedShare]
		}
		if m.end > 0 && question.IsTopic(q.text[:m.start], q.text[m.end:]) {
			e[isTopic] = 1
		}
		if kind&question.Description != 0 {
			e[isNamedInVain] = e[isNamed]
		}
		if kind&question.Comparison != 0 && slices.ContainsFunc(mentions, func(o mention) bool { return o.term != m.term }) {
			e[isCompared] = 1
		}
		if len(rare) == 1 && rare[0] == m.term || len(mentions) == 1 {
			e[isNamedAlone] = 1
		}
		if strings.HasPrefix(q.core(), m.written) {
			e[isNamedFirst] = 1
		}
		if strings.ContainsAny(strings.TrimSpace(m.written), " -") {
			e[isLongName] = 1
		}
	}
}

// indexOf returns the index of a term in c.terms.
func (c *corpus) indexOf(t *glossary.Term) int32 {
	i, _ := rarity.IndexOf(c.terms, t)
	return int32(i)
}
