package lint

import (
	"fmt"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
)

var variantID = lazyregexp.New(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ruleVariants reports recognitions that refer to an unknown term or variant, variants that no
// recognition refers to, and texts and commands of a variant that are not allowed in a term.
func ruleVariants(l *linter, s *subject) {
	used := make(map[string]bool)
	for i, seen := range s.term.Seen {
		at := fmt.Sprintf("seen[%d]", i)
		used[seen.Variant] = true
		if _, ok := s.term.Variant(seen.Variant); seen.Variant != "" && !ok {
			s.reportAt(at+".variant", "the term has no variant %q: correct the ID, or add that variant", seen.Variant)
		}
		for j, id := range seen.Within {
			if l.byID[id] == nil {
				s.reportAt(fmt.Sprintf("%s.within[%d]", at, j), "there is no term %q: correct the ID, or add that term", id)
			}
		}
	}
	ids := make(map[string]bool)
	for i, v := range s.term.Variants {
		at := fmt.Sprintf("variants[%d]", i)
		switch {
		case !variantID.MatchString(v.ID):
			s.reportAt(at+".id", "invalid ID %q: use lower-case letters, digits and hyphens", v.ID)
		case ids[v.ID]:
			s.reportAt(at+".id", "the term has two variants called %q: merge them, or rename one", v.ID)
		case !used[v.ID]:
			s.reportAt(at, "nothing in seen has the variant %q: add an entry, or delete the variant", v.ID)
		}
		ids[v.ID] = true
		checkSentences(s, at+".summary", v.Summary, 1, 1, maxSummaryEN, maxSummaryJA)
		checkCauses(s, at+".causes", v.Causes)
		checkCommands(s, at+".checks", v.Checks, maxChecks)
	}
}

// checkCauses checks a list of causes.
func checkCauses(s *subject, field string, causes []glossary.Text) {
	if len(causes) > maxCauses {
		s.reportAt(field, "has %d causes, but the limit is %d: keep the most likely ones", len(causes), maxCauses)
	}
	for i, c := range causes {
		checkSentences(s, fmt.Sprintf("%s[%d]", field, i), c, 1, 1, maxNoteEN, maxNoteJA)
	}
}
