package observe

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
)

var (
	// goodFlag matches fields that should be true, and badFlag matches fields that should be
	// false.
	goodFlag = lazyregexp.New(`(?i)^(?:is)?(?:.*ready|healthy|available|synced|valid|connected|accepted|established|provisioned|reachable|succeeded|success|bound|attached)$`)
	badFlag  = lazyregexp.New(`(?i)^(?:is)?(?:.*failed|failure|degraded|stalled|unavailable|unreachable|unhealthy|expired|invalid|corrupt(?:ed)?)$`)
	// badText matches fields that exist only if something failed.
	badText = lazyregexp.New(`(?i)(?:error|failure)(?:message|reason|s)?$`)
	// stateName matches the fields whose value is a word for the state of the object.
	stateName = lazyregexp.New(`(?i)^(?:phase|overall|result)$|(?:state|status|health|phase)$`)
)

// IsField reports whether column is a field of a status, such as readyReplicas, rather than a
// column of a table.
func IsField(column string) bool { return column != "" && 'a' <= column[0] && column[0] <= 'z' }

// JudgeField returns the verdict on a status field of any kind, based on the field's name and
// value: a number that should be 0, a ratio that should be full, a flag, an error. judged is false
// if the name has nothing to do with health.
func JudgeField(name, value string) (v Verdict, judged bool) {
	name = name[strings.LastIndexByte(name, '.')+1:]
	n, m, isRatio := ratio(value)
	switch {
	case value == "" || value == "<none>" || value == "null" || value == "~":
		return Healthy, false
	case isRatio:
		return unhealthyIf(n < m), true
	case lex.IsNumber(value):
		if !badCount.MatchString(name) || noCount.MatchString(name) {
			return Healthy, false
		}
		return unhealthyIf(lex.Number(value) > 0), true
	case strings.EqualFold(value, "true") || strings.EqualFold(value, "false"):
		yes := strings.EqualFold(value, "true")
		switch {
		case badFlag.MatchString(name):
			return unhealthyIf(yes), true
		case goodFlag.MatchString(name):
			return unhealthyIf(!yes), true
		}
		return Healthy, false
	case badText.MatchString(name):
		return unhealthyIf(!strings.EqualFold(value, "none") && !strings.EqualFold(value, "nil")), true
	case stateName.MatchString(name) && !strings.Contains(value, " "):
		return judgeWord(value), true
	}
	return Healthy, false
}

// Wanted returns the value that a cell or condition should have, or "" if only the controller knows
// that value.
func Wanted(field, value string) string {
	_, whole, isRatio := strings.Cut(value, "/")
	if isRatio {
		_, _, isRatio = ratio(value)
	}
	switch {
	case isRatio:
		return whole + "/" + whole
	case value == "" && field == "READY":
		return "True"
	case strings.EqualFold(value, "true"):
		return "False"
	case strings.EqualFold(value, "false"):
		return "True"
	case lex.IsNumber(value) && countColumn(field):
		return "0"
	}
	return ""
}
