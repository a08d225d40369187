package search

import (
	"strings"

	"k8sbot/glossary/search/task"
)

// Tasks are found only by the stage "task": their names are sentences of ordinary words, which
// would be similar to many queries.

// findTask finds the tasks that a query asks for. If the first task is certain, it is the answer;
// otherwise, all tasks are suggestions.
func (x *Index) findTask(text string) []Match {
	if x.findCommand(text) != nil {
		return nil // the query is itself a command
	}
	x.warmEarly.Do(func() { go x.Warm() }) // later stages need it, and there is another core
	r := x.tasks.Find(text)
	var found []Match
	for i, m := range r.Tasks {
		if r.IsSure() {
			return []Match{{m.Term, scoreQuestion, Question}}
		}
		score := scoreSuggest
		if !r.IsAsked() {
			score = scoreUnasked + (scoreSuggest-scoreUnasked)*2*r.Probability
		}
		found = append(found, Match{m.Term, score*m.Score/r.Tasks[0].Score - 0.001*float64(i), Meaning})
	}
	return found
}

// scoreUnasked is the score of a task if the query is almost certainly not a request. The score
// rises with the probability, and reaches scoreSuggest at even odds.
const scoreUnasked = 0.4

// scoreMaybeAsked is the minimum score of a task at which other terms can only be suggestions.
const scoreMaybeAsked = 0.6

func asMeanings(text string) string { return strings.Join(task.Meanings(text), " ") }
