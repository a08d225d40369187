package question

import (
	"slices"
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
)

// readyCount matches a count in the column READY, such as 1/2.
var readyCount = lazyregexp.New(`(?:^|[^\w:/.])(\d)/(\d)(?:$|[^\w/. ]| [^n])`)

// restartCount matches a number of restarts, such as "7 restarts" or 再起動が7回.
var restartCount = lazyregexp.New(`(?i)\b\d+ restarts?\b|\brestart(?:s|ed|ing)? (?:about |over |more than |like )?\d+ times|restarts[がは]?\d+|再起動[^。、]{0,8}?\d+ ?回|\d+ ?回[^。、]{0,3}再起動`)

// ColumnValue returns a name of a column of kubectl get pods whose value in text may be a problem, and that
// value as written: a count of ready containers, such as 1/2, or a number of restarts. The value is "" if
// there is none.
func ColumnValue(text string) (column, value string) {
	if m := readyCount.FindStringSubmatch(text); m != nil && m[1] < m[2] {
		return "READY 0/1", m[0]
	}
	if strings.Contains(text, "estart") || strings.Contains(text, "ESTART") || strings.Contains(text, "再起動") {
		return "RESTARTS", restartCount.FindString(text)
	}
	return "", ""
}

// IsDenied reports whether the text around a name, before and after it, negates the name: "a Service
// without a cluster IP" does not mean the cluster IP.
func IsDenied(before, after string) bool {
	return deniedAfter.MatchString(after) || slices.ContainsFunc(denials, func(d string) bool {
		at := len(before) - len(d)
		return at >= 0 && strings.EqualFold(before[at:], d) && (at == 0 || !fold.IsAlnum(before[at-1]))
	})
}

var denials = []string{"but not ", "not a ", "not an ", "rather than ", "instead of ", "unlike ", "without ", "without a ", "without an ", "without any ", "without the ", "without its "}

// deniedAfter matches text that comes after a word and negates it.
var deniedAfter = lazyregexp.New(`^(?:の(?:つか|付か)?ない|なしの|ではない|じゃない)(?:[\p{Katakana}\p{Han}A-Za-z])`)

// topicAfter matches the particles that follow the topic of a Japanese sentence.
var topicAfter = lazyregexp.New(`^\s*(?:って|とは|は|について|の(?:意味|使い方|役割|違い|仕組み|直し方))`)

// topicBefore matches the words before the subject of an English question, and topicLast those before
// a name that a question ends with.
var (
	topicBefore = lazyregexp.New(`(?i)(?:what(?:'s|s| is| are| does| do| r)|who is|(?:where|when|why)(?:'s|s| is| are| does| do)|why (?:is|are) there|how (?:is|are|do(?:es)?)|(?:why|when|how)(?: do i| do we| to| should i| should we| would i| would you)? use|(?:do|should|must) (?:i|we|you) (?:really |still |even |actually |ever )?(?:need|use|want|install|enable)|^(?:what|which|how) \w+ (?:does|do|is|are)|^does|^do|^is|^are|^can)(?: an?| the)? $`)
	topicLast   = lazyregexp.New(`(?i)^(?:what|tell|explain|who)\b.* (?:about|of|for|to)(?: an?| the)? $`)
)

// topicLeads are the words that may precede the topic of an English question: the last words of what
// topicBefore and topicLast match.
var topicLeads = fold.WordSet("s whats wheres whens whys r there is are does do use need want install enable can a an the about of for to")

// longestLead is the maximum number of bytes before the topic of an English question.
const longestLead = 60

// IsTopic reports whether a name is the topic of a question, given the text before and after it.
func IsTopic(before, after string) bool {
	if topicAfter.MatchString(after) || isCompared(after) || isSide(before, after) || isAskedAbout(after) {
		return true
	}
	return len(before) <= longestLead && topicLeads[strings.ToLower(lastWord(before))] && (topicBefore.MatchString(before) || len(after) <= 1 && topicLast.MatchString(before))
}
