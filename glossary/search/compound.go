package search

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// separators are the signs that stand between the parts of what Kubernetes composes:
// Init:CrashLoopBackOff, NotReady,SchedulingDisabled, OOMKilled (exit code 137).
var separators = regexp.MustCompile(`\s*[,:;/()、，：]\s*`)

// numbers are what changes in such a string from one time to the next: counts and
// durations. The names of terms have an N in their place, or nothing.
var (
	numbers   = regexp.MustCompile(`\d+`)
	durations = regexp.MustCompile(`\b(?:\d+(?:h|m|s|ms))+\b\s*`)
)

// compound finds the terms of whose names a string consists, whatever numbers
// stand between them: all of its parts are known, or nothing is found. The
// serious ones come first.
func (n *names) compound(text string) []Match {
	if found := n.exact(numbers.ReplaceAllString(text, "N")); found != nil && numbers.MatchString(text) {
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
		if len(contentWords(part)) == 0 {
			continue // counts, durations, and the "error:" that kubectl puts in front
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

// maxParts is the number of parts of a compound.
const maxParts = 6

// scored sets the scores of matches, each a little lower than the one before.
func scored(found []Match, score float64) []Match {
	for i := range found {
		found[i].How, found[i].Score = Scanned, score-0.001*float64(i)
	}
	return found
}
