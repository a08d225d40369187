// Package problem estimates whether a query describes a problem.
package problem

import (
	"math"

	"k8sbot/glossary/search/task"
)

// These are log-odds that a query describes a problem: if it complains or names a problem, if it
// supposes something, and otherwise. usual is the share of problems among the terms, and wordOdds
// a factor for the log-odds of the words.
const (
	complaint, supposition, other = 1.5, -3, -1.5
	usual                         = 0.25
	wordOdds                      = 2
)

// Leaning returns how much a word that occurs in the given number of terms, some of which are
// problems, belongs to problems: the log-odds of a problem, relative to the usual ones.
func Leaning(terms, problems int) float32 {
	share := (float64(problems) + 2*usual) / float64(terms+2) // smoothed
	return float32(math.Log(share / (1 - share) / usual * (1 - usual)))
}

// Words are the words of a query.
type Words struct{ odds, weight float64 }

// Add adds a word with its leaning. weight is the weight of the word in the query.
func (w *Words) Add(weight, leaning float32) {
	w.odds += float64(weight * leaning)
	w.weight += float64(weight)
}

// Probability returns how likely it is that a query describes a problem, from 0 to 1. namesProblem is set
// if the query names one.
func (w Words) Probability(query *task.Question, namesProblem bool) float32 {
	odds := 0.0
	if w.weight > 0 {
		odds = wordOdds * w.odds / w.weight
	}
	complains, supposes := query.Complains()
	switch {
	case namesProblem || complains:
		odds += complaint
	case supposes:
		odds += supposition
	default:
		odds += other
	}
	return float32(1 / (1 + math.Exp(-odds)))
}
