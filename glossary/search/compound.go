package search

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/search/question"
)

// separators match the separators in the compound strings of Kubernetes:
// Init:CrashLoopBackOff, NotReady,SchedulingDisabled, OOMKilled (exit code 137).
var separators = lazyregexp.New(`\s*[,:;/()、，：]\s*`)

// numbers and durations match the variable parts of a compound string. The names of terms contain N
// instead of a number, and omit durations. A digit after a letter is part of a name (Auth0 is not
// AuthN).
var (
	numbers   = lazyregexp.New(`(^|[^A-Za-z0-9])\d+`)
	durations = lazyregexp.New(`\b(?:\d+(?:h|m|s|ms))+\b\s*`)
)

// compound splits a string into names of terms, ignoring numbers in between, and returns the
// terms, most severe first. It returns nil unless all parts are known.
func (n *names) compound(text string) []Match {
	if found := n.exact(numbers.ReplaceAllString(text, "${1}N")); found != nil && numbers.MatchString(text) {
		return scored(found, scoreCompound)
	}
	if cut := durations.ReplaceAllString(text, ""); cut != text && strings.TrimSpace(cut) != "" {
		if found := n.exact(cut); found != nil {
			return scored(found, scoreCompound)
		}
	}
	parts := separators.Split(text, maxParts+1)
	if len(parts) < 2 || len(parts) > maxParts {
		return nil
	}
	var found []Match
	for _, part := range parts {
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

// maxParts is the maximum number of parts in a compound string.
const maxParts = 6

// scored sets the scores of matches. Each score is slightly lower than the score before it.
func scored(found []Match, score float64) []Match {
	for i := range found {
		found[i].Kind, found[i].Score = Scanned, score-0.001*float64(i)
	}
	return found
}
