package lint

import (
	"fmt"
	"strings"

	"k8sbot/glossary"
)

// ruleStatus sees to it that a status says how bad it is and what to do.
func ruleStatus(_ *linter, s *subject) {
	t := s.term
	if t.HasUsage(glossary.StatusKinds...) && t.Severity == "" {
		s.reportAt("severity", "is missing: a %s is a status; use one of %s", t.Usages[0].Kind, strings.Join(glossary.Severity("").Values(), ", "))
	}
	if t.Severity == glossary.Failure || t.Severity == glossary.Warning {
		if len(t.Causes) == 0 {
			s.reportAt("causes", "is missing: a %s needs its causes, the likeliest first", t.Severity)
		}
	}
	if t.IsStatus() && t.Severity != glossary.Normal && len(t.Checks) == 0 {
		s.reportAt("checks", "is missing: tell what to look at first")
	}
	if t.Tier == 1 && t.IsStatus() && t.Severity != glossary.Normal && len(t.Checks) == 1 {
		s.reportAt("checks", "has one command: everyone meets this status, so tell a second thing to look at")
	}
	if t.Severity == glossary.Transient && t.NormalFor.IsZero() {
		s.reportAt("normal_for", "is missing: tell how long it may last before it is a problem")
	}
	if t.Severity != glossary.Transient && t.OverdueAfter != 0 {
		s.reportAt("overdue_after", "belongs to the severity %q only: change the severity, or delete it", glossary.Transient)
	}
	if t.Severity != glossary.Transient && !t.NormalFor.IsZero() {
		s.reportAt("normal_for", "belongs to the severity %q only: change the severity, or delete it", glossary.Transient)
	}
	if !t.NormalFor.IsZero() {
		checkSentences(s, "normal_for", t.NormalFor, 1, 1, maxNoteEN, maxNoteJA)
	}
	if len(t.Causes) > maxCauses {
		s.reportAt("causes", "%d causes: keep the %d likeliest", len(t.Causes), maxCauses)
	}
	for i, c := range t.Causes {
		checkSentences(s, fmt.Sprintf("causes[%d]", i), c, 1, 1, maxNoteEN, maxNoteJA)
	}
	if t.HasUsage(glossary.ResourceKind, glossary.Component) && len(t.Try) == 0 {
		s.reportAt("try", "is missing: write the commands that show it")
	}
}
