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

// The last stage weighs all evidence for each term that a query may mean. The names in the
// sentence are evidence, and so are the words that describe a term. Two logistic regressions turn
// the evidence into scores: one ranks the terms, and the other computes how certain it is that
// the first term is right. TestWeights learns their weights from labeled queries.

// A sureKind is a kind of evidence that the first term is right, in addition to the evidence for
// the term.
type sureKind int

const (
	isAlways           sureKind = iota // always 1
	hasLead                            // the odds of the first term, as a share of all odds
	isLong                             // the number of tokens in the query, scaled so that 8 or more give 1
	hasUnknown                         // the share of the query that no term contains
	hasOtherName                       // the weight of another term that the query names
	hasForeignName                     // the query names something that is not a term, and that is not an English word
	hasOnlyForeignName                 // the same, and the query has no name of Kubernetes
	hasKubernetesName                  // the query names a kind, a status, or a term by a word that is not English
	sureKinds
)

var sureNames = [sureKinds]string{"always", "lead", "long", "unknown", "other-name", "foreign-name", "only-foreign-name", "kubernetes-name"}

// weights are the learned weights, and two thresholds.
type weights struct {
	rank [evidenceKinds]float64            // weights of the evidence for a term
	sure [sureKinds + sureEvidence]float64 // weights of the evidence that the first term is right
	// The log-odds that a query asks for a task are task[0] + task[1]*o, on the scale of the log-odds that
	// the first term is right. o are the log-odds from package task.
	task [2]float64
	// The first term is an answer if its probability is at least answer, and a suggestion if its
	// probability is at least suggest.
	answer, suggest float64
}

const sureEvidence = sureKind(evidenceKinds)

// weights.tsv contains a line for each weight: the regression, the evidence and the weight.
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

// fields returns the names of the weights in weights.tsv, and pointers to the weights.
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
	return append(names, "task\talways", "task\todds", "least\tanswer", "least\tsuggestion"), append(values, &w.task[0], &w.task[1], &w.answer, &w.suggest)
}

// scoreOf returns the score of a suggestion that is right with probability p: from suggestThreshold to
// just below that of an answer.
func (w *weights) scoreOf(p float64) float64 {
	return suggestThreshold + 0.1 + (scoreSuggest-suggestThreshold-0.1)*(min(p, w.answer)-w.suggest)/(w.answer-w.suggest)
}

// scoreBeside returns the score of a later suggestion, given the first one's score and relative odds.
func scoreBeside(top, odds float64) float64 {
	return suggestThreshold + (top-suggestThreshold)*(0.5+0.5*odds)
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

// score returns the log-odds that a query means a term, given the evidence for it.
func (w *weights) score(e *evidence) float64 {
	sum := 0.0
	for i, v := range e {
		sum += w.rank[i] * float64(v)
	}
	return sum
}

// A ranking is everything that the last stage knows about a query.
type ranking struct {
	candidates []*candidate // best first
	buffer     *buffer      // contains candidates
	problem    float32      // how likely it is that the query describes a problem
	// hasOtherStatus is set if the query names a status, but the first term is not one.
	hasOtherStatus bool
	// hasOtherProgram is set if the query names a program, but does not name the first term.
	hasOtherProgram bool
	sure            [sureKinds + sureEvidence]float64
}

// rank ranks the terms that a query may mean.
func (x *Index) rank(q *query, w *weights) ranking {
	c := x.corpus()
	mentions := x.sentences.mentions(q.text)
	r := ranking{buffer: buffers.Get().(*buffer)}
	var found []candidate
	found, r.problem = c.candidates(r.buffer, q, mentions)
	x.objects().addEvidence(found, mentions, r.problem)
	if len(found) == 0 {
		return r
	}
	r.candidates = r.buffer.order[:0]
	for i := range found {
		r.candidates = append(r.candidates, &found[i])
	}
	r.buffer.order = r.candidates
	r.score(w)
	r.compareLines(c, w)
	r.sort()
	r.sure[isAlways] = 1
	asked, total := c.ask(r.buffer.typed, nil, nil)
	r.sure[isLong] = min(1, float64(len(asked))/8)
	for _, a := range asked {
		if a.Documents == 0 {
			r.sure[hasUnknown] += float64(a.weight / total)
		}
	}
	first := r.candidates[0]
	for _, m := range mentions {
		if m.term.Resource != nil || m.term.IsStatus() && m.weight >= minRareName || guard.IsIdentifier(m.written) {
			r.sure[hasKubernetesName] = 1
		}
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
	if c.isForeign(q.text, mentions) {
		r.sure[hasForeignName], r.sure[hasOnlyForeignName] = 1, 1-r.sure[hasKubernetesName]
	}
	for i, v := range first.evidence {
		r.sure[int(sureKinds)+i] = float64(v)
	}
	return r
}

// score sets the scores of the candidates.
func (r *ranking) score(w *weights) {
	for _, c := range r.candidates {
		c.score = w.score(&c.evidence)
	}
}

// compareLines adds the evidence that takes longest: how near the lines of the terms are by direction, for
// each candidate that may be a suggestion. The candidates have all other evidence and their scores.
func (r *ranking) compareLines(c *corpus, w *weights) {
	if c.points == nil {
		return
	}
	weight, least := w.rank[byLineMeaning], math.Inf(-1)
	compare := func(f *candidate) {
		f.evidence[byLineMeaning] = r.buffer.direction.Highest(c.lines.Of(f.index))
		f.score += weight * float64(f.evidence[byLineMeaning])
		least = max(least, f.score+math.Log(leastOdds))
	}
	first := slices.MaxFunc(r.candidates, func(a, b *candidate) int { return cmp.Compare(a.score, b.score) })
	compare(first)
	for _, f := range r.candidates {
		if f != first && f.score+max(0, weight) >= least { // a cosine is at most 1
			compare(f)
		}
	}
}

// sort sorts the candidates by score.
func (r *ranking) sort() {
	slices.SortFunc(r.candidates, func(a, b *candidate) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Or(cmp.Compare(a.term.Tier, b.term.Tier), strings.Compare(a.term.ID, b.term.ID))
	})
	first, odds := r.candidates[0].score, 0.0
	for _, c := range r.candidates {
		odds += math.Exp(c.score - first)
	}
	r.sure[hasLead] = 1 / odds
}

// probability returns the probability that the first term is right.
func (r *ranking) probability(w *weights) float64 {
	sum := 0.0
	for i, v := range r.sure {
		sum += w.sure[i] * v
	}
	return 1 / (1 + math.Exp(-sum))
}

// mayAnswer reports whether the first term may be an answer to the query text, and whether it is
// clearly the answer.
func (r *ranking) mayAnswer(text string) (may, isClear bool) {
	first := r.candidates[0]
	switch e := &first.evidence; {
	case e[isNamedStatus] == 1 && e[isNamedAlone] == 1 && e[isOtherObject] == 0 && r.sure[hasLead] >= clearLead:
		return true, true // the only name in the query is a status in Kubernetes' spelling
	case e[isNamed] > 0 && e[isIdentifier] == 0 && e[isNamedStatus] < 1 && e[isNamedShare] < mostOfQuery: // an ordinary word is not what a sentence is about
	case e[isNamed] > 0 && !first.term.IsStatus() && e[isNamedRare] < minRareTerm && e[isNamedShare] < mostOfQuery: // nearly every question names Pods, nodes or the API
	case e[isNamed] > 0 && e[isTopic] == 0 && !first.term.IsStatus() && r.problem >= minProblem: // a complaint asks for a status
	case r.hasOtherStatus: // "PVC Pending" is not about PVCs
	case r.hasOtherProgram: // a question about a dying kubelet is not about a dying container
	case guard.IsTitle(text): // a name of several words that contains the name of a term
	default:
		return true, false
	}
	return false, false
}

// findByEvidence returns the terms that a query may mean. If the first term is certain enough, it
// is the answer; otherwise all terms are suggestions. Terms that are much less likely than the
// first are omitted.
func (x *Index) findByEvidence(q *query, text string) []Match {
	w := learned
	if plain := x.plain(text); plain != text {
		q = newQuery(plain)
	}
	r := x.rank(q, w)
	defer buffers.Put(r.buffer)
	if len(r.candidates) == 0 {
		return nil
	}
	p := r.probability(w)
	first := r.candidates[0]
	hasIdentifier := slices.ContainsFunc(r.candidates, func(c *candidate) bool { return c.evidence[isIdentifier] > 0 })
	if hasIdentifier || r.problem >= minProblem && (r.sure[hasKubernetesName] > 0 || p >= problemShare*w.suggest) {
		p = max(p, w.suggest) // an identifier is always worth a suggestion, and a problem is more readily
	}
	mayAnswer, isClear := r.mayAnswer(text)
	if isClear {
		p = 1
	}
	if p < w.suggest {
		return nil
	}
	isSubject := first.evidence[isNamed] == 0 || first.term.IsStatus() || first.evidence[isNamedShare] >= mostOfQuery
	isOnly := isSubject && r.sure[hasForeignName] == 0 && p >= onlyShare*w.answer && (len(r.candidates) == 1 || math.Exp(r.candidates[1].score-first.score) < minOdds)
	if mayAnswer && (p >= w.answer || isOnly) {
		return []Match{{first.term, scoreSentence, howFound(first, true)}}
	}
	top := w.scoreOf(p)
	var found []Match
	for i, c := range r.candidates {
		odds := math.Exp(c.score - first.score)
		if c.evidence[isIdentifier] > 0 {
			odds = max(odds, namedOdds)
		}
		least := minOdds
		if i < minMeanings {
			least *= math.Pow(leastOdds/minOdds, float64(r.problem))
		}
		if odds >= least && (i < maxMeanings || odds >= namedOdds) {
			found = append(found, Match{c.term, scoreBeside(top, odds), howFound(c, false)})
		}
	}
	return found
}

// clearLead is the minimum share of the odds that a named status needs to be an answer. mostOfQuery
// is the minimum share of a query that an ordinary word must cover to be the query's subject.
// onlyShare is a factor for the minimum probability of an answer. It applies if there is only one
// candidate, unless the query names that candidate among other words. minRareTerm is the idf below
// which a term is named in nearly every question. minProblem is how likely a problem must be, and
// problemShare is a factor for the minimum probability of a suggestion for it.
const (
	minProblem   = 0.5
	problemShare = 0.5
	onlyShare    = 0.9
	minRareTerm  = 0.35
	clearLead    = 0.2
	mostOfQuery  = 0.6
)

// maxMeanings is the maximum number of terms that the last stage returns. minOdds are the minimum
// odds of a term, relative to the odds of the first term. The more likely it is that the query
// describes a problem, the lower are the minimum odds of the first minMeanings suggestions, down to
// leastOdds.
const (
	maxMeanings = 8
	minMeanings = 3
	minOdds     = 0.07
	leastOdds   = 0.005
	// namedOdds are like minOdds, for a term that the query names by a word that is not English.
	namedOdds = 0.3
)

// howFound returns the kind of match for a candidate.
func howFound(c *candidate, isAnswer bool) MatchKind {
	switch {
	case c.evidence[isNamed] == 0:
		return Meaning
	case isAnswer:
		return Question
	}
	return Scanned
}
