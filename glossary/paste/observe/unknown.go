package observe

import (
	"regexp"
	"strings"

	"k8sbot/glossary/paste/lex"
)

var (
	// badWord and waitWord match a status that some controller prints, as the API
	// conventions have them: one word in camel case. Their last part says what it is.
	badWord  = regexp.MustCompile(`(?i)^(?:(?:failed|failure|err[A-Z]|error|health_(?:warn|err)|cannot|unable)\S*|.*(?:error|failed|failure|backoff|(?:not|un)ready|unavailable|invalid|notfound|missing|denied|refused|timeout|timedout|degraded|unhealthy|unknown|mismatch|conflict|exceeded|expired|blocked|rejected|stalled|outofsync|lost|crashed|faulted|inconsistent|unreachable|down|red|yellow|dead|critical|offline|aborted|evicted|killed|disconnected|not ready|stuck|crashloop|fatal|outdated|corrupt(?:ed)?|halted|aborting|failingover))$`)
	waitWord = regexp.MustCompile(`(?i)^(?:pending.*|progressing|provisioning|.*creating|.*updating|terminating|deleting|initializing|in-?progress|reconciling|waiting.*|processing|upgrading|scheduling|starting|stopping|queued|unknown|.*pending|setting.*|bootstrapping|scaling.*|deploying|installing)$`)
	goodWord = regexp.MustCompile(`(?i)^(?:true|ready|running|bound|active|complete|completed|succeeded|success|successful|available|healthy|synced|established|accepted|approved|valid|deployed|up|online|normal|ok|connected|enabled|reconciled|provisioned|attached|green|cluster in healthy state|finished|done|allocated|created|in ?sync|resolved|secretsynced|.*succeeded|.*ready|updated|started|live|alive|optimal|fulfilled|passed|stable|health_ok|pass|compliant|joined|linked|associated|enforced|executed|progressed|reachable|steady|installed|configured|registered|loaded|idle|standby|operational|satisfied)$`)

	// goodIfTrue and goodIfFalse match the columns and condition types that hold True,
	// False or Unknown.
	goodIfTrue  = regexp.MustCompile(`(?i)ready|available|sync|health|programmed|accepted|established|reconcil|resolved|valid|succe|approved|connected|initialized|scheduled|attached|bound|installed|provisioned|complete|running|deployed|configured|applied|active|online|running|live|progressing|upgradeable|issued|admitted|registered|launched`)
	goodIfFalse = regexp.MustCompile(`(?i)degraded|fail|error|stalled|denied|unavailable|unreachable|pressure|unhealthy|not ?ready|missing|conflict|invalid|dropped|crash|oom|terminat|expired|corrupt|readonly|deadlock|frequent.*restart|unknown|problem|limited|disrupt|lost|exceeded|outdated|drift|suspend|paused|blocked|stale|evict`)
	passes      = regexp.MustCompile(`(?i)^(?:progressing|updating|reconciling|upgrading|deleting|migrating|scaling|rebalancing|processing|resizing)$`)
	statusLike  = regexp.MustCompile(`STATUS|STATE|PHASE|HEALTH|CONDITION|READY|ROBUSTNESS|RESULT`)
)

// judgeUnknown judges the cell of a kind that is not known, by the words that controllers
// commonly print.
func judgeUnknown(o *Observation, column, value string) (v Verdict, judged bool) {
	switch strings.ToLower(value) {
	case "true", "false", "unknown":
		positive := goodIfTrue.MatchString(column) && !goodIfFalse.MatchString(column)
		negative := goodIfFalse.MatchString(column)
		switch {
		case passes.MatchString(column): // it says that something goes on, and not how it is
			if strings.EqualFold(value, "true") {
				return Waiting, true
			}
			return Healthy, true
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
		if n, ok := wholeOf(o, column); ok {
			return troubleIf(lex.Number(value) < n), true
		}
		if countColumn(column) {
			return troubleIf(lex.Number(value) > 0), true
		}
		return Healthy, false
	}
	if errorColumns[column] && value != "" && value != "<none>" && value != "-" && !strings.EqualFold(value, "none") && !strings.EqualFold(value, "n/a") {
		return Trouble, true
	}
	if !statusLike.MatchString(column) {
		if strings.EqualFold(column, "MESSAGE") || !strings.Contains(value, " ") && badWord.MatchString(value) && len(value) > 5 && value[0] < 'a' {
			if badWord.MatchString(value) {
				return Trouble, true
			}
		}
		return Healthy, false
	}
	if value == "" || value == "<none>" || value == "-" {
		return Healthy, false
	}
	return judgeWord(value), true
}

// errorColumns are empty unless something failed.
var errorColumns = lex.Set("ERROR", "ERRORS", "LAST ERROR", "FAILURE REASON", "FAILUREREASON", "ERROR MESSAGE")
