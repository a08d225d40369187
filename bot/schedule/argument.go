package schedule

import (
	"strings"
	"unicode"
)

// verbs are the words that say what to do with the daily term.
var verbs = map[string]string{
	"on": "on", "オン": "on", "開始": "on", "off": "off", "オフ": "off", "停止": "off", "now": "now", "今": "now",
}

// Verb returns the English verb that a word means, regardless of case.
func Verb(word string) (verb string, ok bool) {
	verb, ok = verbs[strings.ToLower(word)]
	return verb, ok
}

// IsArgument reports whether a text is an argument of the command daily, as opposed to the rest
// of a question: it begins with a verb, or looks like a schedule. A single word may be a
// mistake.
func IsArgument(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	if _, ok := Verb(first); ok || !strings.ContainsFunc(text, unicode.IsSpace) || strings.ContainsAny(first, "0123456789") {
		return true
	}
	_, err := Parse(text, Defaults{})
	return err == nil
}
