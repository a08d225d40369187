package search

import (
	"math"
	"strings"

	"k8sbot/glossary/search/task"
)

// manyQuestions is the number of questions from which an index is filled: a process that answers more than
// one question or two will answer more of them.
const manyQuestions = 5

// findTask finds the tasks that a query asks for. If the first task is certain, it is the answer;
// otherwise, all tasks are suggestions. Their scores can be compared with those of findByEvidence.
func (x *Index) findTask(q *query, text string) []Match {
	if x.findCommand(text) != nil {
		return nil // the query is itself a command
	}
	switch x.questions.Add(1) { // there is another core
	case 1:
		go x.build() // later stages need it
	case manyQuestions:
		go x.fill()
	}
	r := x.tasks.Find(&q.read, func() bool { return x.names.exact(q.core()) != nil })
	var found []Match
	for i, m := range r.Tasks {
		if r.IsSure() {
			return []Match{{m.Term, scoreQuestion, Question}}
		}
		p := 1 / (1 + math.Exp(-learned.task[0]-learned.task[1]*math.Log(r.Probability/(1-r.Probability))))
		score := learned.scoreOf(p)
		if i > 0 {
			score = scoreBeside(score, m.Score*(0.4+0.6*p))
		}
		found = append(found, Match{m.Term, score - 0.001*float64(i), Meaning})
	}
	return found
}

// scoreMaybeAsked is the minimum score of a task at which other terms can only be suggestions.
const scoreMaybeAsked = 0.6

func asMeanings(text string) string { return strings.Join(task.Meanings(text), " ") }
