package answer

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/search"
)

// minClearShare is the minimum length of a clear misspelling, as a percentage of the name's
// length.
const minClearShare = 75

// IsClear reports whether text is clearly a misspelling of the first of several suggestions:
// text is nearly as long as that term's name, and the names of all other suggestions are that
// name with words added. So servise means Service, although Service selector is also a term.
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
