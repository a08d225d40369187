package observe

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
)

// judgeUnknown returns the verdict on a cell of an unknown kind, based on the words that
// controllers commonly print.
func judgeUnknown(o *Observation, column, value string) (v Verdict, judged bool) {
	switch strings.ToLower(value) {
	case "true", "false", "unknown":
		positive := goodIfTrue.MatchString(column) && !goodIfFalse.MatchString(column)
		negative := goodIfFalse.MatchString(column)
		switch {
		case passes.MatchString(column): // the column reports progress, not health
			if strings.EqualFold(value, "true") {
				return Waiting, true
			}
			return Healthy, true
		case strings.EqualFold(value, "unknown") && (positive || negative):
			return Waiting, true
		case positive == strings.EqualFold(value, "true") && positive != negative:
			return Healthy, true
		case positive, negative && strings.EqualFold(value, "true"):
			return Unhealthy, true
		case negative:
			return Healthy, true
		}
		return Healthy, false
	}
	if n, m, ok := ratio(value); ok && (statusLike.MatchString(column) || goodIfTrue.MatchString(column)) {
		if n < m {
			return Unhealthy, true
		}
		return Healthy, true
	}
	if lex.IsNumber(value) {
		if n, ok := wholeOf(o, column); ok {
			return unhealthyIf(lex.Number(value) < n), true
		}
		if countColumn(column) {
			return unhealthyIf(lex.Number(value) > 0), true
		}
		return Healthy, false
	}
	if errorColumns[column] && !lex.IsNumber(value) && value != "" && value != "<none>" && value != "-" && !strings.EqualFold(value, "none") && !strings.EqualFold(value, "n/a") {
		return Unhealthy, true
	}
	if !statusLike.MatchString(column) {
		if strings.EqualFold(column, "MESSAGE") || !strings.Contains(value, " ") && badWord.MatchString(value) && len(value) > 5 && value[0] < 'a' {
			if badWord.MatchString(value) {
				return Unhealthy, true
			}
		}
		return Healthy, false
	}
	if value == "" || value == "<none>" || value == "-" {
		return Healthy, false
	}
	word, _, _ := strings.Cut(value, " (") // velero adds a command to run
	if v := judgeWord(word); v != Unjudged || !strings.Contains(value, " ") || failureText.MatchString(value) {
		return v, true
	}
	return Healthy, false // a sentence next to cells that can be judged
}

// failureText matches sentences that may report a failure.
var failureText = lazyregexp.New(`(?i)error|fail|unable|cannot|can't|could not|couldn't|denied|refused|timed? ?out|exceeded|invalid|missing|not (?:found|ready)|waiting|unavailable|unhealthy|degraded|lost|expired|blocked|conflict`)

// errorColumns are empty unless something failed.
var errorColumns = lex.Set("ERROR", "ERRORS", "LAST ERROR", "FAILURE REASON", "FAILUREREASON", "ERROR MESSAGE")
