package lint

import (
	"strings"

	"k8sbot/glossary"
)

// ruleStatus reports a status without a severity or without a next step.
func ruleStatus(_ *linter, s *subject) {
	t := s.term
	if t.HasUsage(glossary.StatusKinds...) && t.Severity == "" {
		s.reportAt("severity", "is missing: a term of kind %q is a status; use one of %s", t.Usages[0].Kind, strings.Join(glossary.Severity("").Values(), ", "))
	}
	if t.Severity == glossary.Failure || t.Severity == glossary.Warning {
		if len(t.Causes) == 0 {
			s.reportAt("causes", "is missing: list the causes of this %s, most likely first", t.Severity)
		}
	}
	if t.IsStatus() && t.Severity != glossary.Normal && len(t.Checks) == 0 {
		s.reportAt("checks", "is missing: say what to look at first")
	}
	if t.Tier == 1 && !s.team && t.IsStatus() && t.Severity != glossary.Normal && len(t.Checks) == 1 {
		s.reportAt("checks", "has only one command: add a second, since a status of tier 1 needs two")
	}
	if t.Severity == glossary.Transient && t.NormalFor.IsZero() {
		s.reportAt("normal_for", "is missing: say how long the status may last before it is a problem")
	}
	if t.Severity != glossary.Transient && t.OverdueAfter != 0 {
		s.reportAt("overdue_after", "is only for the severity %q: change the severity, or delete this field", glossary.Transient)
	}
	if t.Severity != glossary.Transient && !t.NormalFor.IsZero() {
		s.reportAt("normal_for", "is only for the severity %q: change the severity, or delete this field", glossary.Transient)
	}
	if !t.NormalFor.IsZero() {
		checkSentences(s, "normal_for", t.NormalFor, 1, 1, maxNoteEN, maxNoteJA)
	}
	checkCauses(s, "causes", t.Causes)
	if t.HasUsage(glossary.ResourceKind, glossary.Component) && len(t.Try) == 0 && !s.team {
		s.reportAt("try", "is missing: write the commands that show the resource or component")
	}
}
