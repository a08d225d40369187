package schedule

import (
	"strings"
	"unicode"
)

// verbs lists the words that say what to do with the daily term, each with its English verb.
var verbs = map[string]string{
	"on": "on", "オン": "on", "開始": "on", "off": "off", "オフ": "off", "停止": "off", "now": "now", "今": "now",
}

// Verb returns the English verb for a word, regardless of case. ok is false if the word is not
// a verb.
func Verb(word string) (verb string, ok bool) {
	verb, ok = verbs[strings.ToLower(word)]
	return verb, ok
}

// IsArgument reports whether text is an argument of the daily command, and not the rest of a
// question: it begins with a verb or looks like a schedule. A single word always counts, since it
// may be a misspelling.
func IsArgument(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	if _, ok := Verb(first); ok || !strings.ContainsFunc(text, unicode.IsSpace) || strings.ContainsAny(first, "0123456789") {
		return true
	}
	_, err := Parse(text, Defaults{})
	return err == nil
}
