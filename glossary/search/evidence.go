package search

import (
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/rarity"
	"k8sbot/glossary/search/task"
	"k8sbot/glossary/search/token"
)

// An evidenceKind is one kind of evidence that a query means a term. Its value is a number from 0
// to 1.
type evidenceKind int

const (
	byWords              evidenceKind = iota // the BM25 score, as a share of the highest possible score
	byWordsBest                              // the BM25 score, as a share of the best term's score
	byCoverage                               // the share of the query that the term contains
	byLine                                   // the cosine of the query and the nearest line
	byLineBest                               // byLine, as a share of the best term's byLine
	byMeaning                                // the cosine of the query and the term in the space of meanings
	byLineMeaning                            // the cosine of the query and the nearest line in the space of meanings
	byBoth                                   // the product of byWordsBest and byMeaning
	isNamed                                  // the query names the term: the weight of the name
	isNamedShare                             // the share of the query that the name covers
	isNamedRare                              // the idf of the name among the terms
	isNamedStatus                            // the query names the term, which is a status
	isIdentifier                             // the query names the term by a word that is not English
	isAsked                                  // isNamedShare, if the query is a question
	isTopic                                  // a Japanese topic particle follows the name
	isNamedInVain                            // the query names the term, but describes another term
	isNamedAlone                             // the query names the term, and no other rare term
	isNamedFirst                             // the name is at the start of the query
	isLongName                               // the name has several words
	isStatus                                 // the term is a status
	isOtherObject                            // the query names an object, but not of a kind that has the status
	isSameObject                             // the query names an object of a kind that has the status
	isHealthyInComplaint                     // the query complains, and the status is healthy
	isProblemInComplaint                     // the query complains, and the status is not healthy
	isProblemUnasked                         // the query does not complain, and the status is not healthy
	isCompared                               // the query compares the term with another one
	isCommon                                 // 1 for tier 1, 0.5 for tier 2, 0 for tier 3
	evidenceKinds
)

// evidenceNames are the names of the kinds in weights.tsv and in traces.
var evidenceNames = [evidenceKinds]string{"words", "words-best", "coverage", "line", "line-best", "meaning", "line-meaning", "both", "named", "named-share", "named-rare", "named-status", "identifier", "asked", "topic",
	"named-in-vain", "named-alone", "named-first", "long-name", "status", "other-object", "same-object", "healthy-in-complaint", "problem-in-complaint", "problem-unasked", "compared", "common"}

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

func (c *corpus) scratch() *scratch {
	select {
	case s := <-c.scratches:
		return s
	default:
	}
	n := len(c.terms)
	return &scratch{words: make([]float32, n), coverage: make([]float32, n), best: make([]float32, n), slot: make([]int32, n), shared: make([]float32, len(c.lineTerms))}
}

// release clears s for the next search.
func (c *corpus) release(s *scratch) {
	for _, i := range s.touched {
		s.words[i], s.coverage[i] = 0, 0
	}
	for _, i := range s.touchedLines {
		s.shared[i] = 0
	}
	for _, i := range s.touchedBest {
		s.best[i] = 0
	}
	s.touched, s.touchedLines, s.touchedBest = s.touched[:0], s.touchedLines[:0], s.touchedBest[:0]
	select {
	case c.scratches <- s:
	default:
	}
}

// add adds the terms and lines that contain a token of a query.
func (s *scratch) add(c *corpus, a *askedToken) {
	share := a.weight * a.idf
	addTerm := func(term int32, weight float32) {
		if s.words[term] == 0 {
			s.touched = append(s.touched, term)
		}
		s.words[term] += a.weight * weight * (bm25K + 1) / (weight + c.norms[term])
		if a.isTyped {
			s.coverage[term] += a.weight
		}
	}
	s.lines = a.list.AppendLines(s.lines[:0])
	term, weight, before := int32(0), float32(0), int32(-1)
	for _, line := range s.lines {
		if t := c.lineTerms[line]; t != term {
			if weight > 0 {
				addTerm(term, weight)
			}
			term, weight = t, 0
		}
		weight += float32(c.index.Weights[line])
		if line != before {
			if s.shared[line] == 0 {
				s.touchedLines = append(s.touchedLines, line)
			}
			s.shared[line] += share
		}
		before = line
	}
	if weight > 0 {
		addTerm(term, weight)
	}
}

// A buffer contains the tokens and the candidates of a query. It is reused.
type buffer struct {
	typed []askedToken
	found []candidate
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// candidates returns the terms that a query may mean, with the evidence for each. The result is in b.
func (c *corpus) candidates(b *buffer, q *query, mentions []mention) []candidate {
	b.typed = c.typed(b.typed[:0], q.text)
	asked, total := c.ask(b.typed, mentions)
	if total == 0 {
		return nil
	}
	s := c.scratch()
	defer c.release(s)
	ideal, length := float32(0), float32(0)
	var to latent.Sum
	for i := range asked {
		a := &asked[i]
		ideal += a.weight * (bm25K + 1)
		length += a.weight * a.weight
		if a.list.Documents <= maxPostings {
			s.add(c, a)
		}
		weight := float32(1)
		if questionTokens[a.token] {
			weight = weightQuestionWord
		}
		to.Add(a.vector, weight)
	}
	length = sqrt32(length)
	for _, l := range s.touchedLines {
		cosine, t := s.shared[l]/(length*c.lineLengths[l]), c.lineTerms[l]
		if s.best[t] == 0 {
			s.touchedBest = append(s.touchedBest, t)
		}
		s.best[t] = max(s.best[t], cosine)
	}
	direction := to.Point()

	found := slices.Grow(b.found[:0], maxByWords+maxByLine+maxByMeaning+len(mentions))
	add := func(i int32) *candidate {
		if s.slot[i] == 0 {
			found = append(found, candidate{index: i, term: c.terms[i]})
			s.slot[i] = int32(len(found))
		}
		return &found[s.slot[i]-1]
	}
	for _, i := range highest(s.touched, s.words, maxByWords) {
		add(i)
	}
	for _, i := range highest(s.touchedBest, s.best, maxByLine) {
		add(i)
	}
	if c.points != nil && direction != (latent.Point{}) {
		likely := make([]int32, len(found))
		for i := range found {
			likely[i] = found[i].index
		}
		for _, i := range c.points.Nearest(&direction, maxByMeaning, likely) {
			add(i)
		}
	}
	for _, m := range mentions {
		add(c.indexOf(m.term))
	}
	complains := task.Complains(q.text)
	bestWords, bestLine := float32(0), float32(0)
	for i := range found {
		bestWords, bestLine = max(bestWords, s.words[found[i].index]), max(bestLine, s.best[found[i].index])
	}
	for i := range found {
		f := &found[i]
		e := &f.evidence
		e[byWords] = s.words[f.index] / ideal
		e[byWordsBest] = s.words[f.index] / max(bestWords, 1e-6)
		e[byCoverage] = s.coverage[f.index] / total
		e[byLine] = s.best[f.index]
		e[byLineBest] = s.best[f.index] / max(bestLine, 1e-6)
		if c.points != nil {
			e[byMeaning] = max(0, direction.Dot(c.points.At(f.index)))
			e[byLineMeaning] = direction.Highest(c.linePointsOf(f.index))
			e[byBoth] = e[byWordsBest] * e[byMeaning]
		}
		if f.term.IsStatus() {
			e[isStatus] = 1
			switch healthy := f.term.Severity == glossary.Normal; {
			case complains && healthy:
				e[isHealthyInComplaint] = 1
			case complains:
				e[isProblemInComplaint] = 1
			case !healthy:
				e[isProblemUnasked] = 1
			}
		}
		e[isCommon] = float32(3-min(max(f.term.Tier, 1), 3)) / 2
	}
	c.addMentions(q, mentions, asked, total, add)
	for i := range found {
		s.slot[found[i].index] = 0
	}
	b.found = found
	return found
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
		covered := float32(0)
		tokens := token.Of(m.written)
		for _, a := range asked {
			if slices.Contains(tokens, a.token) {
				covered += a.weight
			}
		}
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
		if at := strings.Index(q.text, m.written); at >= 0 && topic.MatchString(q.text[at+len(m.written):]) {
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

// topic matches the particles that follow the topic of a Japanese sentence.
var topic = lazyregexp.New(`^\s*(?:って|とは|は|について|の(?:意味|使い方|役割|違い|仕組み|直し方))`)

// minRareName is the minimum weight of a name that counts as rare. The names of Pods and nodes,
// for example, occur in too many questions.
const minRareName = 0.4

// indexOf returns the index of a term in c.terms.
func (c *corpus) indexOf(t *glossary.Term) int32 {
	i, _ := rarity.IndexOf(c.terms, t)
	return int32(i)
}

// highest returns the n indexes with the highest values, highest first.
func highest(indexes []int32, values []float32, n int) []int32 {
	best := make([]int32, 0, n+1)
	for _, i := range indexes {
		if len(best) == n && values[i] <= values[best[n-1]] {
			continue
		}
		at := len(best)
		for at > 0 && (values[i] > values[best[at-1]] || values[i] == values[best[at-1]] && i < best[at-1]) {
			at--
		}
		best = slices.Insert(best, at, i)
		best = best[:min(len(best), n)]
	}
	return best
}
