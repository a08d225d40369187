package lint

import (
	"fmt"

	"k8sbot/glossary/template"
)

// ruleTemplates reports templates and comparisons that cannot be parsed. Package diagnose
// ignores them.
func ruleTemplates(_ *linter, s *subject) {
	for i, seen := range s.term.Seen {
		at := fmt.Sprintf("seen[%d]", i)
		if seen.Text != "" {
			if _, err := template.Parse(seen.Text); err != nil {
				s.reportAt(at+".text", "%v", err)
			}
		}
		if seen.When != "" {
			if _, err := template.ParseComparisons(seen.When); err != nil {
				s.reportAt(at+".when", "%v", err)
			}
		}
	}
}

// ruleVariants reports seen entries that refer to unknown terms or variants, and unused
// variants.
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
	for i, v := range s.term.Variants {
		if !used[v.ID] {
			s.reportAt(fmt.Sprintf("variants[%d]", i), "nothing in seen has the variant %q: add an entry, or delete the variant", v.ID)
		}
	}
}
