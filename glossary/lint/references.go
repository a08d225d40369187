package lint

import (
	"fmt"
	"slices"

	"k8sbot/glossary"
)

// references returns the IDs of the terms that t refers to.
func references(t *glossary.Term) []string {
	var ids []string
	for _, c := range t.ConfusedWith {
		ids = append(ids, c.Term)
	}
	for _, r := range t.Related {
		ids = append(ids, r.Terms...)
	}
	if t.Versions != nil && t.Versions.ReplacedBy != "" {
		ids = append(ids, t.Versions.ReplacedBy)
	}
	return ids
}

func ruleReferences(l *linter, s *subject) {
	check := func(field, id string) {
		switch _, ok := l.byID[id]; {
		case !ok:
			s.reportAt(field, "there is no term %q: correct the ID, or write that term", id)
		case id == s.term.ID:
			s.reportAt(field, "the term names itself: delete it")
		}
	}
	if len(s.term.ConfusedWith) > maxConfusions {
		s.reportAt("confused_with", "%d terms: keep the %d likeliest", len(s.term.ConfusedWith), maxConfusions)
	}
	for i, c := range s.term.ConfusedWith {
		at := fmt.Sprintf("confused_with[%d]", i)
		check(at+".term", c.Term)
		checkSentences(s, at, glossary.Text{EN: c.EN, JA: c.JA}, 1, 1, maxNoteEN, maxNoteJA)
	}
	for _, r := range s.term.Related {
		for i, id := range r.Terms {
			check(fmt.Sprintf("related.%s[%d]", r.Relation, i), id)
		}
	}
	if v := s.term.Versions; v != nil && v.ReplacedBy != "" {
		check("versions.replaced_by", v.ReplacedBy)
	}
}

// ruleRelatedOnce sees to it that two terms have one relation, written on one
// side, since the other side is derived.
func ruleRelatedOnce(l *linter, s *subject) {
	seen := make(map[string]bool)
	for _, r := range s.term.Related {
		for i, id := range r.Terms {
			at := fmt.Sprintf("related.%s[%d]", r.Relation, i)
			if seen[id] {
				s.reportAt(at, "%s is related already: keep the closest relation", id)
			}
			seen[id] = true
			other, ok := l.byID[id]
			sameTree := ok && other.file != nil
			if !ok || other == s || sameTree && other.term.ID > s.term.ID {
				continue // of two terms of a tree the later in the alphabet reports
			}
			for _, back := range other.term.Related {
				if slices.Contains(back.Terms, s.term.ID) {
					s.reportAt(at, "%s says already that it is related (%s): a relation is written on one side; keep the better one", id, back.Relation)
				}
			}
		}
	}
}

// ruleLinked reports built-in terms with no relation in either direction: readers walk
// from one to the next.
func ruleLinked(l *linter, s *subject) {
	if l.base == nil && !l.incomplete && len(references(s.term)) == 0 && !l.linked[s.term.ID] {
		s.reportAt("related", "is missing: no term leads here, and this one leads to none; name one under related or confused_with")
	}
}
