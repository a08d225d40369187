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
	names    map[string]*glossary.Term // keyed by folded name or alias
	keys     []string                  // keys of names, sorted
	meanings func() *meanings          // built on first use
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

// New returns an index of tasks. lines returns the result of LinesOf for them.
func New(tasks []*glossary.Term, lines func() *Lines) *Index {
	x := &Index{names: make(map[string]*glossary.Term), meanings: sync.OnceValue(func() *meanings { return newMeanings(tasks, lines()) })}
	for _, t := range tasks {
		x.names[fold.Key(t.ID)] = t
		t.Spellings(func(text string, _ bool) { x.names[fold.Key(text)] = t })
	}
	x.keys = slices.Sorted(maps.Keys(x.names))
	return x
}

// Warm builds the parts of the index that the first search would otherwise build.
func (x *Index) Warm() { x.meanings() }

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
	agrees      bool // the first task has the object and the action of the question
}

// IsSure reports whether the first task is the answer.
func (r *Result) IsSure() bool { return r.Probability >= leastAnswer && r.agrees }

// IsAsked reports whether the question asks for one of the tasks rather than for a word.
func (r *Result) IsAsked() bool { return r.Probability >= leastAsked }

// The minimum probabilities for an answer, for a task that is more likely than any word, and
// for a suggestion.
const (
	leastAnswer     = 0.86
	leastAsked      = 0.5
	leastSuggestion = 0.15
)

// MaxTasks is the maximum number of tasks that a question may mean.
const MaxTasks = 3

// isWord reports whether a question is a single ASCII word. Such a word may be the name of an
// object, but it does not ask for a task. Most questions are single words, so the check is
// cheap.
func isWord(question string) bool {
	return strings.IndexFunc(strings.TrimSpace(question), func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII }) < 0
}

// Find returns the tasks that a question asks for. It returns none if the question asks for
// something else.
func (x *Index) Find(question string) Result {
	if isWord(question) {
		return Result{}
	}
	c := x.meanings().read(question)
	if len(c.found) == 0 || c.intent == other || c.found[0].known < 1 && !c.isAboutKubernetes || c.isElsewhere {
		return Result{}
	}
	r := Result{Tasks: c.found, Probability: c.probability(learned()), agrees: c.agrees && (c.intent != plain || c.isComplete)}
	switch {
	case r.Probability < leastSuggestion:
		return Result{}
	case r.Probability < leastAsked && c.intent == plain:
		r.Tasks = r.Tasks[:1]
	}
	r.Tasks = r.Tasks[:min(len(r.Tasks), MaxTasks)]
	return r
}
