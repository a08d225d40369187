package diagnose

import (
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// isOf reports whether the term is said of objects of a kind, or of their
// containers.
func isOf(t *glossary.Term, kind string) bool {
	return kind != "" && slices.ContainsFunc(t.Usages, func(l glossary.Usage) bool {
		of := strings.ToLower(l.Of)
		return strings.Contains(of, kind) || kind == "pod" && strings.Contains(of, "container")
	})
}

// isHealthy reports whether the status is as it should be, or may be for a while.
func isHealthy(t *glossary.Term) bool { return t.Severity.Rank() >= glossary.Transient.Rank() }

// severityFor returns how bad the term is where a statement says it, and false where it
// is nothing that a cluster says, or not worth a word.
func severityFor(t *glossary.Term, s paste.Statement) (glossary.Severity, bool) {
	healthy := isHealthy(t)
	switch {
	case !t.IsStatus() && !t.HasUsage(glossary.Column):
		return "", false
	case s.Status != nil && *s.Status == healthy:
		return "", false // as it should be
	case s.Status != nil && healthy:
		return glossary.Warning, true
	case t.Severity == glossary.Transient && t.OverdueAfter > 0 && s.Age > time.Duration(t.OverdueAfter):
		return glossary.Warning, true
	}
	return t.Severity, true
}
