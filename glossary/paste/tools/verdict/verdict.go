// Package verdict judges the values in the reports of tools, such as "3/5 ready" and "2 errors".
package verdict

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

const (
	digits  = "0123456789"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// Of returns the verdict on the value of a key in a report. It returns false if the value says nothing about
// health.
func Of(key, value string) (v observe.Verdict, judged bool) {
	first, _, _ := strings.Cut(value, " ")
	first = strings.TrimRight(first, ",.;:(")
	switch lower := strings.ToLower(key); {
	case value == "0" && (strings.HasPrefix(lower, "ready ") || strings.HasPrefix(lower, "available ") || strings.HasPrefix(lower, "healthy ")):
		return observe.Unhealthy, true
	case lower == "errors" || lower == "error" || lower == "failures" || lower == "last error":
		none := lex.Number(first) == 0 && (lex.IsNumber(first) || strings.EqualFold(first, "none") || strings.HasPrefix(first, "<none") || first == "-" || first == "[]" || strings.EqualFold(first, "no"))
		if none {
			return observe.Healthy, true
		}
		return observe.Unhealthy, true
	case lower == "warnings" && !(lex.IsNumber(first) && lex.Number(first) == 0) && !strings.HasPrefix(first, "<none") && !strings.EqualFold(first, "none"):
		return observe.Unjudged, true
	}
	ratio, count := mayCount(value)
	if ratio {
		for _, m := range partOf.FindAllStringSubmatch(value, -1) {
			if lex.Number(m[1]) < lex.Number(m[2]) {
				return observe.Unhealthy, true
			}
			judged = true
		}
	}
	if !count {
		return judgeFirst(first, judged)
	}
	for _, m := range counted.FindAllStringSubmatch(value, -1) {
		if lex.Number(m[1])+lex.Number(m[2]) > 0 {
			return observe.Unhealthy, true
		}
		judged = true
	}
	if warned.MatchString(value) && (len(first) < 3 || !observe.IsUnhealthyWord(first)) {
		return observe.Unjudged, true
	}
	return judgeFirst(first, judged)
}

// mayCount reports whether partOf may match a value, and whether counted or warned may. The expressions are
// slow, and most values have no such numbers.
func mayCount(value string) (ratio, count bool) {
	for i := range len(value) {
		if c := value[i]; c < '0' || c > '9' {
			continue
		}
		switch rest := value[i+1:]; {
		case len(rest) < 2:
		case rest[0] == '/':
			ratio = true
		case rest[0] == ' ' && strings.IndexByte(letters, rest[1]) >= 0:
			count = true
		}
		before := strings.TrimSuffix(value[:i], " ")
		count = count || strings.HasSuffix(before, ":")
	}
	return ratio, count
}

// judgeFirst returns the verdict on the first word of a value in a report. isHealthy is set if the rest of
// the value is healthy.
func judgeFirst(first string, isHealthy bool) (v observe.Verdict, judged bool) {
	switch {
	case observe.IsUnhealthyWord(first) && len(first) > 2:
		return observe.Unhealthy, true
	case isHealthy, observe.IsHealthyWord(first), strings.EqualFold(first, "disabled"):
		return observe.Healthy, true
	}
	return observe.Healthy, false
}

var (
	// partOf matches the number of healthy parts and the total number of parts.
	partOf = lazyregexp.New(`(?i)(?:^|[ (])(\d+)/(\d+)(?: \w+){0,2} (?:reachable|healthy|ready|running|available|connected|up|online|active|in sync|synced|established|managed)\b`)
	// counted matches the number of unhealthy parts: "6 errors", "Unavailable: 5/5".
	counted = lazyregexp.New(`(?i)(?:^|[ (,])(?:(\d+) (?:errors?|failures?|failed|unhealthy|unavailable|unreachable|not ready|down|degraded|inactive|violations?|problems?|critical)\b|(?:errors?|failed|failures|unavailable|unhealthy|not ready|violations): ?(\d+))`)
	// warned matches a number of warnings.
	warned = lazyregexp.New(`(?i)(?:^|[ (,])[1-9]\d* warnings?\b`)
)

// EndsWithCounts reports whether a line ends with counts after a wide gap: "  Desired: 5, Ready: 5/5".
func EndsWithCounts(s string) bool {
	for {
		rest := strings.TrimRight(s, digits)
		if before, ok := strings.CutSuffix(rest, "/"); ok && rest != s {
			s, rest = before, strings.TrimRight(before, digits)
		}
		before, ok := strings.CutSuffix(rest, ": ")
		if !ok || rest == s {
			return false
		}
		s = strings.TrimRight(before, digits+letters+"_")
		if name := before[len(s):]; len(name) < 2 || name[0] < 'A' || name[0] > 'Z' {
			return false
		}
		if strings.HasSuffix(s, "  ") {
			return true
		}
		if s, ok = strings.CutSuffix(s, ", "); !ok {
			return false
		}
	}
}
