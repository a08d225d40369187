package diagnose

import (
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// isOf reports whether the term describes objects of a kind, or their containers.
func isOf(t *glossary.Term, kind string) bool {
	return kind != "" && slices.ContainsFunc(t.Usages, func(u glossary.Usage) bool {
		of := strings.ToLower(u.Of)
		return strings.Contains(of, kind) || kind == "pod" && strings.Contains(of, "container")
	})
}

// isHealthy reports whether the status is normal, or normal for a while.
func isHealthy(t *glossary.Term) bool { return t.Severity.Rank() >= glossary.Transient.Rank() }

// severityFor returns the severity of a term in a statement. It returns false if the term
// is not a status, or if the statement only reports a healthy status.
func severityFor(t *glossary.Term, s paste.Statement) (glossary.Severity, bool) {
	healthy := isHealthy(t)
	switch {
	case !t.IsStatus() && !t.HasUsage(glossary.Column):
		return "", false
	case s.Status != nil && *s.Status == healthy:
		return "", false // healthy
	case s.Status != nil && healthy:
		return glossary.Warning, true
	case t.Severity == glossary.Transient && t.OverdueAfter > 0 && s.Age > time.Duration(t.OverdueAfter):
		return glossary.Warning, true
	}
	return t.Severity, true
}
