package search

import (
	"strings"

	"k8sbot/glossary/search/task"
)

// Tasks are found by the stage "task" only: their names are sentences of ordinary words, which
// would be similar to many queries.

// findTask finds the tasks that a query asks for. The first one is an answer if it is sure,
// otherwise all are suggestions.
func (x *Index) findTask(text string) []Match {
	if x.findCommand(text) != nil {
		return nil // it is known what to type
	}
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
		found = append(found, Match{m.Term, score - 0.001*float64(i), Meaning})
	}
	return found
}

// scoreUnasked is the least score of a task for what is hardly a request. It rises to
// scoreSuggest at even odds.
const scoreUnasked = 0.4

// scoreMaybeAsked is the score of a task from which no word is the answer instead.
const scoreMaybeAsked = 0.6

func asMeanings(text string) string { return strings.Join(task.Meanings(text), " ") }
