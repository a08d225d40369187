package observe

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
)

var (
	// badWord and waitWord match statuses that controllers print. In the API conventions, a status
	// is one word in CamelCase, and its last part says what kind of status it is.
	badWord = newWordPattern(
		"", errStarts+"|failed|failure|health_warn|health_err|cannot|unable", "", "error|failed|failure|backoff|notready|unready|unavailable|invalid|notfound|missing|denied|refused|timeout|timedout|degraded|unhealthy|unknown|mismatch|conflict|exceeded|expired|blocked|rejected|stalled|outofsync|lost|crashed|faulted|inconsistent|unreachable|down|red|yellow|dead|critical|offline|aborted|evicted|killed|disconnected|not ready|not available|stuck|crashloop|fatal|outdated|corrupt|corrupted|halted|aborting|stale|failingover|_partial|_partial_no_tolerance|nodata|no_quorum")
	waitWord = newWordPattern(
		"progressing|provisioning|terminating|deleting|initializing|reconciling|processing|upgrading|scheduling|starting|stopping|queued|unknown|bootstrapping|deploying|installing", "", "pending|waiting|setting|scaling", "creating|updating|in-progress|inprogress|pending")
	goodWord = newWordPattern(
		"true|ready|running|bound|active|complete|completed|succeeded|success|successful|available|healthy|synced|established|accepted|approved|valid|deployed|up|online|normal|ok|connected|enabled|reconciled|provisioned|attached|green|cluster in healthy state|finished|done|allocated|created|in sync|insync|resolved|secretsynced|updated|started|live|alive|optimal|fulfilled|passed|stable|health_ok|pass|compliant|joined|linked|associated|enforced|executed|progressed|reachable|steady|installed|configured|registered|loaded|idle|standby|operational|satisfied", "", "", "succeeded|ready")

	// goodIfTrue and goodIfFalse match the columns and condition types with the values True,
	// False or Unknown.
	goodIfTrue  = lazyregexp.New(`(?i)ready|available|sync|health|programmed|accepted|established|reconcil|resolved|valid|succe|approved|connected|initialized|scheduled|attached|bound|installed|provisioned|complete|running|deployed|configured|applied|active|online|running|live|progressing|upgradeable|issued|admitted|reserved|registered|launched|(?:^|[^n])schedulable`)
	goodIfFalse = lazyregexp.New(`(?i)degraded|fail|error|(?:^|[^n])stalled|denied|unavailable|unreachable|pressure|unhealthy|not ?ready|missing|conflict|invalid|dropped|crash|^oom|oomkill|terminat|expired|corrupt|readonly|deadlock|frequent.*restart|unknown|problem|limited|disrupt|lost|exceeded|outdated|drift|suspend|paused|blocked|stale|evict|warning`)
	passes      = lazyregexp.New(`(?i)^(?:progressing|updating|reconciling|upgrading|deleting|migrating|scaling|rebalancing|processing|resizing)$`)
	statusLike  = lazyregexp.New(`STATUS|STATE|PHASE|HEALTH|CONDITION|READY|ROBUSTNESS|RESULT`)
)

// errStarts are the beginnings of words such as ErrImagePull, which have a letter after "err".
const errStarts = "erra|errb|errc|errd|erre|errf|errg|errh|erri|errj|errk|errl|errm|errn|erro|errp|errq|errr|errs|errt|erru|errv|errw|errx|erry|errz"

// IsProgress reports whether a column, such as PROGRESSING, only shows that something is under way.
func IsProgress(column string) bool { return passes.MatchString(column) }

// judgeWord returns the verdict on a word that a controller prints for the state of an object.
func judgeWord(s string) Verdict {
	switch {
	case waitWord.matches(s):
		return Waiting
	case badWord.matches(s): // before the good ones: NotReady
		return Unhealthy
	case goodWord.matches(s):
		return Healthy
	}
	return Unjudged
}

// IsUnhealthyWord reports whether a word means a failure wherever a controller or a tool
// prints it as a status: Failed, PartiallyFailed, HEALTH_ERR.
func IsUnhealthyWord(s string) bool { return judgeWord(s) == Unhealthy }

// IsHealthyWord reports whether a word means a healthy status.
func IsHealthyWord(s string) bool { return judgeWord(s) == Healthy }

// unhealthyIf returns Unhealthy or Healthy.
func unhealthyIf(bad bool) Verdict {
	if bad {
		return Unhealthy
	}
	return Healthy
}

// wholeOf returns the total that a count of ready parts in the given column should equal: DESIRED
// for READY, MACHINECOUNT for READYMACHINECOUNT. It returns false if there is no such total.
func wholeOf(o *Observation, column string) (n int, ok bool) {
	rest := ""
	for _, part := range [...]string{"READY", "AVAILABLE", "HEALTHY", "RUNNING", "CURRENT HEALTHY"} {
		after, is := strings.CutPrefix(column, part)
		if !is {
			continue
		}
		rest = strings.TrimSpace(after)
		for _, c := range o.Cells {
			whole := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(c.Column, "DESIRED"), "TOTAL"))
			fits := rest != "" && whole == rest || rest == "" && wholes[c.Column]
			if fits && c.Column != column && lex.IsNumber(c.Value) {
				return lex.Number(c.Value), true
			}
		}
	}
	return 0, false
}

var wholes = lex.Set("DESIRED|REPLICAS|INSTANCES|TOTAL|SIZE|NODES|MEMBERS|SHARDS")

// countColumn reports whether a column counts something that should be 0.
func countColumn(column string) bool {
	return badCount.MatchString(column) && !noCount.MatchString(column)
}

var (
	// badCount matches the names of numbers that should be 0, and noCount matches names that
	// look similar but mean something else: failedJobsHistoryLimit, lastFailureTime.
	badCount = lazyregexp.New(`(?i)^(?:fail|error)s?$|unavailable|unhealthy|not ?ready|fail(?:ed|ures?)|errors?$|error ?count|misscheduled|violations?$|degraded|unreachable|unschedulable|faulted`)
	noCount  = lazyregexp.New(`(?i)limit|max|threshold|histor|last|time|generation|second|backoff|retr|tolerated|percent|allowed|since|probe`)
)
