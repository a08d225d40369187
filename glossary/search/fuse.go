package search

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search/guard"
)

// The last stage weighs all evidence for each term that a query may mean. A name in the
// sentence is evidence, and so is what the sentence describes. Two logistic regressions
// make a score of it: one ranks the terms, the other says how sure the first one is. Their
// weights are learned from the queries that TestWeights lists.

// A sureKind is evidence that the first term is right, besides that for the term.
type sureKind int

const (
	isAlways     sureKind = iota // always 1
	hasLead                      // the share of the odds that the first term has
	isLong                       // the number of tokens of the query, 1 for 8 or more
	hasUnknown                   // the share of the query that no term contains
	hasOtherName                 // the query names another term: the weight of that
	sureKinds
)

var sureNames = [sureKinds]string{"always", "lead", "long", "unknown", "other-name"}

// weights are what TestWeights learned.
type weights struct {
	rank [evidenceKinds]float64            // of the evidence for a term
	sure [sureKinds + sureEvidence]float64 // of the evidence that the first one is right
	// answer is the probability from which the first term is an answer, and suggest that
	// from which it is a suggestion.
	answer, suggest float64
}

const sureEvidence = sureKind(evidenceKinds)

// weights.tsv has a line for each weight: the regression, the evidence and the weight.
//
//go:generate go test -run ^TestWeights$ -update .
//go:embed weights.tsv
var weightsData string

var learned = func() *weights {
	w, err := parseWeights(weightsData)
	if err != nil {
		panic("search: weights.tsv: " + err.Error())
	}
	return w
}()

// fields returns pointers to the weights by their names in weights.tsv.
func (w *weights) fields() (names []string, values []*float64) {
	for i, name := range evidenceNames {
		names, values = append(names, "rank\t"+name), append(values, &w.rank[i])
	}
	for i, name := range sureNames {
		names, values = append(names, "sure\t"+name), append(values, &w.sure[i])
	}
	for i, name := range evidenceNames {
		names, values = append(names, "sure\t"+name), append(values, &w.sure[int(sureKinds)+i])
	}
	return append(names, "least\tanswer", "least\tsuggestion"), append(values, &w.answer, &w.suggest)
}

func parseWeights(data string) (*weights, error) {
	w := new(weights)
	names, values := w.fields()
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndexByte(line, '\t')
		i := slices.Index(names, line[:max(at, 0)])
		if i < 0 {
			return nil, fmt.Errorf("unknown weight %q", line)
		}
		v, err := strconv.ParseFloat(line[at+1:], 64)
		if err != nil {
			return nil, err
		}
		*values[i] = v
	}
	return w, nil
}

// score returns the log-odds that a term with the evidence is meant.
func (w *weights) score(e *evidence) float64 {
	sum := 0.0
	for i, v := range e {
		sum += w.rank[i] * float64(v)
	}
	return sum
}

// A ranking is all that the last stage knows about a query.
type ranking struct {
	candidates []candidate // best first
	// hasOtherStatus is set if the query names a status, and the first term is none.
	hasOtherStatus bool
	// hasOtherProgram is set if it names a program, and neither that nor another name is the
	// first term.
	hasOtherProgram bool
	sure            [sureKinds + sureEvidence]float64
}

// rank ranks the terms that a query may mean.
func (x *Index) rank(q *query, w *weights) ranking {
	c := x.corpus()
	mentions, _ := x.sentences.mentions(q.text)
	r := ranking{candidates: c.candidates(q, mentions)}
	x.objects().addEvidence(r.candidates, mentions)
	if len(r.candidates) == 0 {
		return r
	}
	r.sort(w)
	r.sure[isAlways] = 1
	asked, total := c.ask(q.text, nil)
	r.sure[isLong] = min(1, float64(len(asked))/8)
	for _, a := range asked {
		if a.info == nil {
			r.sure[hasUnknown] += float64(a.weight / total)
		}
	}
	first := &r.candidates[0]
	for _, m := range mentions {
		if m.term != first.term {
			if m.term.IsStatus() && strings.ToLower(m.written) != m.written && !first.term.IsStatus() {
				r.hasOtherStatus = true
			}
			if first.evidence[isNamed] == 0 && m.term.HasUsage(glossary.Component, glossary.Tool) && guard.IsIdentifier(m.written) {
				r.hasOtherProgram = true
			}
			r.sure[hasOtherName] = max(r.sure[hasOtherName], min(1, m.weight))
		}
	}
	for i, v := range first.evidence {
		r.sure[int(sureKinds)+i] = float64(v)
	}
	return r
}

// sort sorts the candidates by score.
func (r *ranking) sort(w *weights) {
	for i := range r.candidates {
		c := &r.candidates[i]
		c.score = w.score(&c.evidence)
	}
	slices.SortFunc(r.candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.term.Tier, b.term.Tier), strings.Compare(a.term.ID, b.term.ID))
	})
	first, odds := r.candidates[0].score, 0.0
	for _, c := range r.candidates {
		odds += math.Exp(c.score - first)
	}
	r.sure[hasLead] = 1 / odds
}

// probability returns how likely the first term is right.
func (r *ranking) probability(w *weights) float64 {
	sum := 0.0
	for i, v := range r.sure {
		sum += w.sure[i] * v
	}
	return 1 / (1 + math.Exp(-sum))
}

// findByEvidence returns the terms that a query may mean. The first is an answer if it is
// sure enough, otherwise all are suggestions. Terms that are much less likely than the first
// one are left out.
func (x *Index) findByEvidence(text string) []Match {
	w := learned
	r := x.rank(newQuery(x.plain(text)), w)
	if len(r.candidates) == 0 {
		return nil
	}
	p := r.probability(w)
	first := r.candidates[0]
	if first.evidence[isIdentifier] > 0 { // a name of Kubernetes is worth a suggestion
		p = max(p, w.suggest)
	}
	mayAnswer := true
	switch e := &first.evidence; {
	case e[isNamedStatus] == 1 && e[isNamedAlone] == 1 && e[isOtherObject] == 0 && r.sure[hasLead] >= clearLead:
		p = 1 // the only name is that of a status, as Kubernetes writes it
	case e[isNamed] > 0 && e[isIdentifier] == 0 && e[isNamedStatus] < 1 && e[isNamedShare] < mostOfQuery:
		mayAnswer = false // an ordinary word is not what a sentence is about
	case e[isNamed] > 0 && !first.term.IsStatus() && e[isNamedRare] < minRareTerm && e[isNamedShare] < mostOfQuery:
		mayAnswer = false // nearly every question names Pods, nodes or the API
	case r.hasOtherStatus:
		mayAnswer = false // PVC is not what "PVC Pending" is about
	case r.hasOtherProgram:
		mayAnswer = false // a kubelet that dies is not a container that does
	case guard.IsTitle(text):
		mayAnswer = false // the name of something else, with words of ours in it
	}
	if p < w.suggest {
		return nil
	}
	isSubject := first.evidence[isNamed] == 0 || first.term.IsStatus() || first.evidence[isNamedShare] >= mostOfQuery
	isOnly := isSubject && p >= onlyShare*w.answer && (len(r.candidates) == 1 || math.Exp(r.candidates[1].score-first.score) < minOdds)
	if mayAnswer && (p >= w.answer || isOnly) {
		return []Match{{first.term, scoreSentence, howFound(&first, true)}}
	}
	p = min(p, w.answer)
	// The least suggestion scores suggestThreshold, the best one just below an answer.
	top := suggestThreshold + 0.1 + (scoreSuggest-suggestThreshold-0.1)*(p-w.suggest)/(w.answer-w.suggest)
	var found []Match
	for i, c := range r.candidates {
		odds := math.Exp(c.score - first.score)
		if c.evidence[isIdentifier] > 0 {
			odds = max(odds, namedOdds)
		}
		if odds < minOdds || i >= maxMeanings && odds < namedOdds {
			continue
		}
		found = append(found, Match{c.term, suggestThreshold + (top-suggestThreshold)*(0.5+0.5*odds), howFound(&c, false)})
	}
	return found
}

// clearLead is the share of the odds that a named status must have to be an answer, and
// mostOfQuery the share of a query that an ordinary word must cover to be its subject. A term
// that is the only suggestion is an answer from onlyShare of the probability of others, unless
// the query names it beside other words.
// minRareTerm is the idf below which a term is named everywhere.
const (
	onlyShare   = 0.8
	minRareTerm = 0.35
	clearLead   = 0.2
	mostOfQuery = 0.6
)

// maxMeanings is the maximum number of terms that the last stage returns, and minOdds their
// least odds against the first one.
const (
	maxMeanings = 8
	minOdds     = 0.07
	// namedOdds are the odds for a term named by a word that is not English.
	namedOdds = 0.3
)

// howFound returns the way in which a candidate was found.
func howFound(c *candidate, isAnswer bool) MatchKind {
	switch {
	case c.evidence[isNamed] == 0:
		return Meaning
	case isAnswer:
		return Question
	}
	return Scanned
}
