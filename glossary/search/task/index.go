package task

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// An Index finds tasks by their names and by their meanings. It is safe for concurrent use.
type Index struct {
	names  map[string]*glossary.Term // keyed by folded name or alias
	keys   []string                  // keys of names, sorted
	ranker func() *ranker            // built on first use
}

// Split splits terms into those that are not tasks, and the tasks. It keeps their order.
func Split(terms []*glossary.Term) (words, tasks []*glossary.Term) {
	for _, t := range terms {
		if t.IsTask() {
			tasks = append(tasks, t)
		} else {
			words = append(words, t)
		}
	}
	return words, tasks
}

// New returns an index of tasks. embedded is set for the built-in tasks, whose lines needn't be built.
func New(tasks []*glossary.Term, embedded bool) *Index {
	lines := LinesOf
	if embedded {
		lines = EmbeddedLines
	}
	x := &Index{names: make(map[string]*glossary.Term), ranker: sync.OnceValue(func() *ranker { return newRanker(tasks, lines(tasks)) })}
	for _, t := range tasks {
		x.names[fold.Key(t.ID)] = t
		t.Spellings(func(text string, _ bool) { x.names[fold.Key(text)] = t })
	}
	x.keys = slices.Sorted(maps.Keys(x.names))
	return x
}

// Prepare reads the phrases and words that all indexes use.
func Prepare() {
	phrases()
	words()
	learned()
}

// Warm builds the parts of the index that the first search would otherwise build.
func (x *Index) Warm() {
	Prepare()
	x.ranker()
}

// Fill computes what searches would otherwise compute when they first need it.
func (x *Index) Fill() { x.ranker().texts.lines.Fill() }

// Named returns the task with the given name or alias, ignoring case, width and separators. It
// returns nil if there is no such task.
func (x *Index) Named(name string) *glossary.Term { return x.names[fold.Key(name)] }

// Containing returns at most limit tasks with a name or alias that contains the text. Tasks
// with a name or alias that starts with the text come first.
func (x *Index) Containing(text string, limit int) []*glossary.Term {
	key := fold.Key(text)
	if key == "" {
		return nil
	}
	var found []*glossary.Term
	for _, match := range []func(s, part string) bool{strings.HasPrefix, strings.Contains} {
		for _, k := range x.keys {
			if t := x.names[k]; len(found) < limit && match(k, key) && !slices.Contains(found, t) {
				found = append(found, t)
			}
		}
	}
	return found
}

// A Result contains the tasks that a question may ask for.
type Result struct {
	Tasks []Match // best first, at most [MaxTasks]
	// Probability is the probability that the question asks for the first task.
	Probability float64
	mayAnswer   bool // see questionCase
}

// IsSure reports whether the first task is the answer.
func (r *Result) IsSure() bool { return r.Probability >= leastAnswer && r.mayAnswer }

// IsAsked reports whether the question asks for one of the tasks rather than for a word.
func (r *Result) IsAsked() bool { return r.Probability >= leastAsked }

// The minimum probabilities for an answer, for a task that is more likely than any word, and
// for a suggestion.
const (
	leastAnswer     = 0.88
	leastAsked      = 0.5
	leastSuggestion = 0.02
)

// leastOdds are the minimum odds of a suggestion, as a share of the first task's.
const leastOdds = 0.1

// MaxTasks is the maximum number of tasks that a question may mean.
const MaxTasks = 3

// isWord reports whether a question is a single ASCII word. Such a word may be the name of an
// object, but it does not ask for a task. Most questions are single words, so the check is
// cheap.
func isWord(question string) bool {
	return strings.IndexFunc(strings.TrimSpace(question), func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII }) < 0
}

// Find returns the tasks that a question asks for. It returns none if the question asks for
// something else. named reports whether the subject of the question is the name of a term.
func (x *Index) Find(question *Question, named func() bool) Result {
	if isWord(question.Source) {
		return Result{}
	}
	w := learned()
	c := x.ranker().read(question, named, w)
	if len(c.found) == 0 {
		return Result{}
	}
	defer x.ranker().matches.Put(c.memory)
	r := Result{Probability: c.probability(w), mayAnswer: c.mayAnswer}
	if r.Probability < leastSuggestion {
		return Result{}
	}
	for _, m := range c.found[:min(len(c.found), MaxTasks)] {
		if m.Score >= leastOdds {
			r.Tasks = append(r.Tasks, *m)
		}
	}
	return r
}
