package question

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
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

// WithoutNumbers returns the text with N for each number, and the text without durations. It leaves out
// a text that is the same.
func WithoutNumbers(text string) (forms []string) {
	if numbers.MatchString(text) {
		forms = append(forms, numbers.ReplaceAllString(text, "${1}N"))
	}
	if cut := durations.ReplaceAllString(text, ""); cut != text && strings.TrimSpace(cut) != "" {
		forms = append(forms, cut)
	}
	return forms
}

// maxParts is the maximum number of parts in a compound string.
const maxParts = 6

// Parts returns the parts of a compound string, or nil if it has only one or too many.
func Parts(text string) []string {
	parts := separators.Split(text, maxParts+1)
	if len(parts) < 2 || len(parts) > maxParts {
		return nil
	}
	return parts
}
