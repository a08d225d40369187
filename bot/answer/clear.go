package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/question"
)

// minClearShare is the minimum length of a clear misspelling, as a percentage of the name's
// length.
const minClearShare = 75

// minClearPrefix and clearEvidence are the minimum scores of a match that the text clearly means.
// minClearPrefix applies to the only term whose name begins with the text. An alias that begins
// with the text scores lower. clearEvidence, the highest score of a suggestion, applies to the only
// term that the text describes or mentions. On the labeled queries of package search, all such
// suggestions are right.
const (
	minClearPrefix = 0.65
	clearEvidence  = search.AnswerThreshold - 0.05
)

// IsClear reports whether text clearly means the first suggestion. If there are several
// suggestions, text must be a misspelling that is nearly as long as the first term's name, and each
// of the other names must be the first term's name with words added. So servise means Service,
// although Service selector is also a term. For a single suggestion, see [minClearPrefix] and
// isClearTypo.
func IsClear(text string, found []search.Match) bool {
	if len(found) == 1 && found[0].Score < search.AnswerThreshold && !guard.IsTitle(text) && !guard.IsOther(question.Strip(text)) {
		switch found[0].Kind {
		case search.Prefix:
			return found[0].Score >= minClearPrefix
		case search.Meaning, search.Scanned:
			return found[0].Score >= clearEvidence
		case search.Typo:
			return isClearTypo(strings.ToLower(strings.TrimSpace(text)), found[0])
		}
	}
	if len(found) < 2 || found[0].Score >= search.AnswerThreshold || found[0].Kind != search.Typo && found[0].Kind != search.Prefix {
		return false
	}
	name := strings.ToLower(found[0].Term.Name.EN)
	if 100*utf8.RuneCountInString(strings.TrimSpace(text)) < minClearShare*utf8.RuneCountInString(name) {
		return false
	}
	for _, m := range found[1:] {
		if !strings.HasPrefix(strings.ToLower(m.Term.Name.EN), name+" ") {
			return false
		}
	}
	return true
}

// minClearRunes is the minimum length of a clear misspelling, and the length for which it may have one
// edit each. A word that is shorter, or has more edits, may be another name: Rookout is not a
// misspelling of rollout, and kube-hunter is not one of kube-linter.
const minClearRunes = 8

// isClearTypo reports whether word, in lower case, is a misspelling that can only mean the term of
// m. It is a misspelling of a whole name, or of the beginning of the term's name, like
// "crashlopback".
func isClearTypo(word string, m search.Match) bool {
	typed := []rune(word)
	edits := len(typed) / minClearRunes
	if edits == 0 || strings.ContainsAny(word, " \u3000") {
		return false
	}
	isNear := func(name []rune) bool { return fold.Distance(typed, name, edits) <= edits }
	if slices.ContainsFunc(m.Term.AllNames(), func(n glossary.Name) bool { return isNear([]rune(strings.ToLower(n.Text))) }) {
		return true
	}
	name := []rune(strings.ToLower(m.Term.Name.EN))
	for n := (minClearShare*len(name) + 99) / 100; n <= len(name); n++ {
		if isNear(name[:n]) {
			return true
		}
	}
	return false
}

// IsFartherTypo reports whether the misspelled text is clearly farther from the name of m than from
// that of best, so that it means best only: oomkiled means OOMKilled, and not OOM killer.
func IsFartherTypo(m, best search.Match) bool {
	const farther = 0.03 // half of what an edit costs in a name of eight letters
	return best.Kind == search.Typo && m.Score < best.Score-farther
}
