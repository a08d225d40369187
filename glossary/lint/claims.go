package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/template"
)

// ruleClaims reports recognitions that two terms share, because the bot could only choose between
// the terms arbitrarily. It also reports recognitions that one term repeats. A recognition that is
// limited to a kind, or to messages of other terms, is more specific, and may coexist with one that
// has no such limit.
func ruleClaims(l *linter, s *subject) {
	for i, seen := range s.term.Seen {
		claims := l.claims()[claimKey(seen)]
		j := slices.IndexFunc(claims, func(c claim) bool { return c.subject != s || c.index != i })
		if j < 0 {
			continue
		}
		other := claims[j]
		at := fmt.Sprintf("seen[%d]", i)
		switch {
		case other.subject == s && other.index < i:
			s.reportAt(at, "repeats seen[%d]: delete one of the two", other.index)
		case other.subject != s && (other.subject.file == nil || other.subject.isBefore(s)):
			// If both terms are in the tree, report the one with the later ID.
			s.reportAt(at, "the term %s has the same entry (seen[%d]): delete one of the two, or make one more specific with of or within", other.subject.term.ID, other.index)
		}
	}
}

// isBefore reports whether the file of s comes before the file of t. Files are sorted by the IDs of
// their terms, then by their paths.
func (s *subject) isBefore(t *subject) bool {
	return cmp.Or(strings.Compare(s.term.ID, t.term.ID), strings.Compare(s.file.Path, t.file.Path)) < 0
}

// claimKey returns a key for what a recognition looks for. Recognitions with the same key recognize
// the same observations.
func claimKey(s glossary.Seen) string {
	text := s.Text
	if t, err := template.Parse(s.Text); err == nil {
		text = t.Pattern()
	}
	within := slices.Sorted(slices.Values(s.Within))
	return strings.ToLower(strings.Join([]string{string(s.In), s.Of, s.Column, s.Is, s.When, s.Reason, s.Type, s.Status, text, strings.Join(within, " ")}, "\x00"))
}

// collectClaims returns the recognitions of all terms, keyed by term ID.
func (l *linter) collectClaims() map[string][]claim {
	claims := make(map[string][]claim)
	for _, id := range slices.Sorted(maps.Keys(l.byID)) {
		s := l.byID[id]
		for i, seen := range s.term.Seen {
			key := claimKey(seen)
			claims[key] = append(claims[key], claim{s, i})
		}
	}
	for _, s := range l.extensions {
		for i, seen := range s.term.Seen {
			claims[claimKey(seen)] = append(claims[claimKey(seen)], claim{s, i})
		}
	}
	return claims
}
