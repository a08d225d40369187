package lint

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// Limits for a command's goal, in characters (runes). A goal is a heading that fits on one line on
// a phone.
const (
	maxGoalEN = 40
	maxGoalJA = 20
)

// checkHeading checks a command's goal.
func checkHeading(s *subject, field string, t glossary.Text) {
	checkPhrase(s, field, t, maxGoalEN, maxGoalJA)
	for _, lang := range glossary.Langs {
		if strings.Contains(t.Only(lang), "`") {
			s.reportAt(field+"."+string(lang), "contains a backtick: write plain text, since the bot formats headings for each platform")
		}
	}
}

// checkPhrase checks short text that is not a sentence, in both languages. Backticks are allowed.
func checkPhrase(s *subject, field string, t glossary.Text, limitEN, limitJA int) {
	for _, lang := range glossary.Langs {
		at, text := field+"."+string(lang), t.Only(lang)
		limit := limitEN
		if lang == glossary.Japanese {
			limit = limitJA
		}
		n := utf8.RuneCountInString(text)
		if text == "" && s.team && !t.IsZero() {
			continue // readers of this language get the other text
		}
		switch {
		case text == "":
			s.reportAt(at, "is missing: write the text in both languages")
		case n > limit:
			s.reportAt(at, "%q has %d characters, but the limit is %d: shorten it", fold.First(text, 12)+"…", n, limit)
		case strings.HasSuffix(text, ".") || strings.HasSuffix(text, "。"):
			s.reportAt(at, "%q ends with a period: write a phrase without one", lastRunes(text, 12))
		case strings.Contains(text, "\n"):
			s.reportAt(at, "has several lines: write it on one line")
		case lang == glossary.English && fold.HasJapanese(text):
			s.reportAt(at, "contains Japanese: write the English text here")
		case lang == glossary.Japanese && fullWidth.MatchString(text):
			s.reportAt(at, "%q is full-width: write letters, digits, brackets and spaces in half width", fullWidth.FindString(text))
		case lang == glossary.Japanese && spaceByJapanese.MatchString(text):
			s.reportAt(at, "there is a space next to Japanese in %q: delete it", spaceByJapanese.FindString(text))
		}
		checkPlainText(s, at, checkMarks(s, at, text))
	}
	checkStyle(s, field, t)
}
