package task

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/search/latent"
)

// A ranker ranks tasks for a question, by their meanings and by their texts. A regression weighs both.
type ranker struct {
	tasks    []*glossary.Term
	meanings *meanings
	texts    *texts
	matches  sync.Pool // memory for the result of rank
}

func newRanker(tasks []*glossary.Term, lines *Lines) *ranker {
	return &ranker{
		tasks: tasks, meanings: newMeanings(len(tasks), lines), texts: newTexts(&lines.Texts, latent.Embedded()),
		matches: sync.Pool{New: func() any { return new(matches) }},
	}
}

// A sign is one kind of evidence that a question means a task. Its value is a number from 0 to 1.
type sign int

const (
	byMeaningLine   sign = iota // the cosine of the question's meanings and those of the nearest line
	byMeaningCenter             // the cosine of the question's meanings and those of all lines together
	byMeaningShare              // the share of the question's meanings that the task covers
	missesObjects               // the share of the objects in the question that the task does not cover
	missesActions               // the share of the actions in the question that the task does not cover
	byWords                     // see likeness
	byWordsBest                 // byWords, as a share of the best task's byWords
	byCoverage                  // see likeness
	byExpression                // see likeness
	byLine                      // see likeness
	byLineBest                  // byLine, as a share of the best task's byLine
	byDirection                 // see likeness
	byLineDirection             // see likeness
	byBoth                      // the product of byMeaningLine and byLine
	isUncommon                  // 0 for tier 1, 0.5 for tier 2, 1 for tier 3
	signs
)

// signNames are the names of the signs in weights.tsv.
var signNames = [signs]string{"meaning-line", "meaning-center", "meaning-share", "misses-objects", "misses-actions", "words", "words-best", "coverage", "expression", "line", "line-best",
	"direction", "line-direction", "both", "uncommon"}

// A Match is a task that was found.
type Match struct {
	Term   *glossary.Term
	Score  float64 // the odds of the task, as a share of the first task's odds
	task   int     // the index of the task
	shared int     // the number of meanings that the question and the task share
	known  float64 // the share of the question's meanings that the task covers
	signs  [signs]float64
	total  float64 // the sum of the weighted signs
}

// maxRanked is the maximum number of tasks that are compared by the direction of their lines, which
// takes the longest.
const maxRanked = 8

// matches are at most maxRanked tasks. Their memory is reused.
type matches struct {
	all   [maxRanked]Match
	order [maxRanked]*Match // best first
}

// rank returns the tasks that a question may mean, best first, at most maxRanked. read are the
// meanings in the question, at least one of whose lines must be as near as least, from 0 to 1: the
// other comparisons take much longer. w are the weights of the signs. The tasks are in memory, which the
// caller puts into x.matches when it doesn't need them any longer.
func (x *ranker) rank(question *Question, read []string, least float64, w *[signs]float64) (found []*Match, memory *matches) {
	m := x.meanings.compare(read)
	defer x.meanings.release(m)
	if least > 0 && !slices.ContainsFunc(m.tasks, func(c covering) bool { return c.line >= least }) {
		return nil, nil
	}
	t := x.texts.compare(&question.Text)
	defer t.scores.Release()
	signsOf := func(i int) [signs]float64 {
		c, l := &m.tasks[i], t.with(int32(i))
		return [signs]float64{
			byMeaningLine: c.line, byMeaningCenter: c.center, byMeaningShare: c.known, missesObjects: c.objects, missesActions: c.actions,
			byWords: float64(l.words), byWordsBest: float64(l.words / t.bestWords), byCoverage: float64(l.coverage), byExpression: float64(l.said),
			byLine: float64(l.line), byLineBest: float64(l.line / t.bestLine), byDirection: float64(l.meaning), byBoth: c.line * float64(l.line),
			isUncommon: float64(x.tasks[i].Tier-1) / 2,
		}
	}
	var best [maxRanked + 1]scored
	n := 0
	for i := range x.tasks {
		if m.tasks[i].shared == 0 && t.scores.Words[i] == 0 {
			continue
		}
		values := signsOf(i)
		s := scored{i, weigh(&values, w)}
		at := n
		for at > 0 && x.better(s, best[at-1]) {
			at--
		}
		if at < maxRanked {
			copy(best[at+1:], best[at:n])
			best[at], n = s, min(n+1, maxRanked)
		}
	}
	memory = x.matches.Get().(*matches)
	found = memory.order[:n]
	for i, s := range best[:n] {
		f := &memory.all[i]
		found[i] = f
		*f = Match{Term: x.tasks[s.task], task: s.task, shared: m.tasks[s.task].shared, known: m.tasks[s.task].known, signs: signsOf(s.task)}
		f.signs[byLineDirection] = float64(t.nearestLine(int32(s.task)))
		f.total = weigh(&f.signs, w)
	}
	sortRanked(found)
	return found, memory
}

// A scored task has the sum of its weighted signs, except for byLineDirection.
type scored struct {
	task  int
	total float64
}

// better reports whether a is better than b.
func (x *ranker) better(a, b scored) bool {
	if a.total != b.total {
		return a.total > b.total
	}
	return compareTerms(x.tasks[a.task], x.tasks[b.task]) < 0
}

// weigh returns the sum of the weighted signs.
func weigh(values, w *[signs]float64) (sum float64) {
	for i, v := range values {
		sum += w[i] * v
	}
	return sum
}

// sortRanked sorts tasks by the sums of their signs, and sets their scores.
func sortRanked(found []*Match) {
	slices.SortFunc(found, func(a, b *Match) int {
		return cmp.Or(cmp.Compare(b.total, a.total), compareTerms(a.Term, b.Term))
	})
	for _, f := range found {
		f.Score = math.Exp(f.total - found[0].total)
	}
}

// compareTerms compares two tasks that are equally likely. It is negative if a comes first.
func compareTerms(a, b *glossary.Term) int {
	return cmp.Or(cmp.Compare(a.Tier, b.Tier), strings.Compare(a.ID, b.ID))
}
