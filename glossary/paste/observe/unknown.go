package observe

import (
	"strings"
	"sync"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
)

// judgeUnknown returns the verdict on a cell of an unknown kind, based on the words that
// controllers commonly print.
func judgeUnknown(o *Observation, column, value string) (v Verdict, judged bool) {
	switch strings.ToLower(value) {
	case "true", "false", "unknown":
		kind := columnKindOf(column)
		positive, negative := kind.positive && !kind.negative, kind.negative
		switch {
		case kind.passes: // the column reports progress, not health
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
	if n, m, ok := ratio(value); ok && (columnKindOf(column).statusLike || columnKindOf(column).positive) {
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
	if !columnKindOf(column).statusLike {
		if strings.EqualFold(column, "MESSAGE") || !strings.Contains(value, " ") && badWord.matches(value) && len(value) > 5 && value[0] < 'a' {
			if badWord.matches(value) {
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

// A columnKind says which expressions match the name of a column.
type columnKind struct{ positive, negative, passes, statusLike bool }

// columnKinds contains the kinds of the known columns that have been asked for.
var columnKinds sync.Map

func columnKindOf(column string) columnKind {
	if k, ok := columnKinds.Load(column); ok {
		return k.(columnKind)
	}
	k := columnKind{goodIfTrue.MatchString(column), goodIfFalse.MatchString(column), passes.MatchString(column), statusLike.MatchString(column)}
	if IsColumn(column) {
		columnKinds.Store(column, k)
	}
	return k
}

// failureText matches sentences that may report a failure.
var failureText = lazyregexp.New(`(?i)error|fail|unable|cannot|can't|could not|couldn't|denied|refused|timed? ?out|exceeded|invalid|missing|not (?:found|ready)|waiting|unavailable|unhealthy|degraded|lost|expired|blocked|conflict`)

// errorColumns are empty unless something failed.
var errorColumns = lex.Set("ERROR|ERRORS|LAST ERROR|FAILURE REASON|FAILUREREASON|ERROR MESSAGE")
