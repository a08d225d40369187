package observe

import (
	"regexp"
	"strings"

	"k8sbot/glossary/paste/lex"
)

var (
	// badWord, waitWord and goodWord match status values of any controller. By the API
	// conventions these are one word in camel case, and the last part carries the meaning.
	badWord  = regexp.MustCompile(`(?i)^(?:.*(?:error|failed|failure|backoff|notready|unavailable|invalid|notfound|missing|denied|refused|timeout|timedout|degraded|unhealthy|unknown|mismatch|conflict|exceeded|expired|blocked|rejected|stalled|outofsync|lost|crashed|faulted|inconsistent|unreachable|down|red|yellow|dead|critical|offline|aborted|evicted|killed|disconnected|not ready|stuck))$`)
	waitWord = regexp.MustCompile(`(?i)^(?:pending.*|progressing|provisioning|.*creating|.*updating|terminating|deleting|initializing|in-?progress|reconciling|waiting.*|processing|upgrading|scheduling|starting|stopping|queued|unknown|.*pending|setting.*|bootstrapping|scaling.*|deploying|installing)$`)
	goodWord = regexp.MustCompile(`(?i)^(?:true|ready|running|bound|active|complete|completed|succeeded|success|successful|available|healthy|synced|established|accepted|approved|valid|deployed|up|online|normal|ok|connected|enabled|reconciled|provisioned|attached|green|cluster in healthy state|finished|done|allocated|created|in ?sync|resolved|secretsynced|.*succeeded|.*ready|updated|started|live|alive|optimal|fulfilled|passed|stable)$`)

	// goodIfTrue and goodIfFalse match columns and condition types whose values are True,
	// False or Unknown. statusLike matches columns that have a status.
	goodIfTrue  = regexp.MustCompile(`(?i)ready|available|sync|health|programmed|accepted|established|reconcil|resolved|valid|succe|approved|connected|initialized|scheduled|attached|bound|installed|provisioned|complete|running|deployed|configured|applied|active|online|running|live|progressing|upgradeable|issued|admitted|registered|launched`)
	goodIfFalse = regexp.MustCompile(`(?i)degraded|fail|error|stalled|denied|unavailable|unreachable|pressure|unhealthy|not ?ready|missing|conflict|invalid|dropped|crash|oom|terminat|expired|corrupt|readonly|deadlock|frequent.*restart|unknown|problem|limited|disrupt|lost|exceeded|outdated|drift|suspend|paused|blocked|stale|evict`)
	statusLike  = regexp.MustCompile(`STATUS|STATE|PHASE|HEALTH|CONDITION|READY|ROBUSTNESS|RESULT`)
)

// judgeUnknown judges a cell of an unknown kind by words that controllers commonly use.
func judgeUnknown(o *Observation, column, value string) (v Verdict, judged bool) {
	switch strings.ToLower(value) {
	case "true", "false", "unknown":
		positive := goodIfTrue.MatchString(column) && !goodIfFalse.MatchString(column)
		negative := goodIfFalse.MatchString(column)
		switch {
		case strings.EqualFold(value, "unknown") && (positive || negative):
			return Waiting, true
		case positive == strings.EqualFold(value, "true") && positive != negative:
			return Healthy, true
		case positive, negative && strings.EqualFold(value, "true"):
			return Trouble, true
		case negative:
			return Healthy, true
		}
		return Healthy, false
	}
	if n, m, ok := ratio(value); ok && (statusLike.MatchString(column) || goodIfTrue.MatchString(column)) {
		if n < m {
			return Trouble, true
		}
		return Healthy, true
	}
	if lex.IsNumber(value) {
		for _, whole := range []string{"DESIRED", "REPLICAS", "INSTANCES", "TOTAL"} {
			if n := o.Cell(whole); column == "READY" && lex.IsNumber(n) {
				if lex.Number(value) < lex.Number(n) {
					return Trouble, true
				}
				return Healthy, true
			}
		}
		return Healthy, false
	}
	if !statusLike.MatchString(column) {
		if strings.EqualFold(column, "MESSAGE") || !strings.Contains(value, " ") && badWord.MatchString(value) && len(value) > 5 && value[0] < 'a' {
			if badWord.MatchString(value) {
				return Trouble, true
			}
		}
		return Healthy, false
	}
	switch {
	case goodWord.MatchString(value):
		return Healthy, true
	case waitWord.MatchString(value):
		return Waiting, true
	case badWord.MatchString(value):
		return Trouble, true
	case value == "" || value == "<none>" || value == "-":
		return Healthy, false
	}
	return Unjudged, true
}
