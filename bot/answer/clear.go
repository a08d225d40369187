package answer

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/search"
)

// minClearShare is the minimum share of a name that a clear misspelling of it has, in percent.
const minClearShare = 75

// IsClear reports whether the first of several suggestions is what the text misspells: the text is
// nearly as long as its name, to which the other names only add words. So servise means Service,
// though there is a Service selector.
func IsClear(text string, found []search.Match) bool {
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
