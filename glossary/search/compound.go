package search

import (
	"cmp"
	"slices"

	"k8sbot/glossary/search/question"
)

// compound splits a string into names of terms, ignoring numbers in between, and returns the
// terms, most severe first. It returns nil unless all parts are known.
func (n *names) compound(text string) []Match {
	for _, form := range question.WithoutNumbers(text) {
		if found := n.exact(form); found != nil {
			return scored(found, scoreCompound)
		}
	}
	var found []Match
	for _, part := range question.Parts(text) {
		if len(question.ContentWords(part)) == 0 {
			continue // a count, a duration, or the "error:" that kubectl prints first
		}
		matches := n.exact(part)
		if matches == nil {
			return nil
		}
		for _, m := range matches {
			found = keepBest(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Compare(a.Term.Severity.Rank(), b.Term.Severity.Rank())
	})
	return scored(found, scoreCompound)
}

// scored sets the scores of matches. Each score is slightly lower than the score before it.
func scored(found []Match, score float64) []Match {
	for i := range found {
		found[i].Kind, found[i].Score = Scanned, score-0.001*float64(i)
	}
	return found
}
