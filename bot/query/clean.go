// Package query analyzes the form of what people type: whether it is a question, which language
// it is in, and what it compares. It does not depend on the glossary.
package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxLength is the maximum length of a question in characters (runes).
const MaxLength = 400

// Clean returns text without invisible characters: control characters (but not line ends and tabs)
// and bidirectional marks, which can disguise what text says. The result is valid UTF-8.
func Clean(text string) string {
	if strings.ContainsFunc(text, isUnclean) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
		text = strings.Map(func(r rune) rune {
			switch {
			case r == '\r':
				return '\n'
			case isUnclean(r):
				return -1
			}
			return r
		}, text)
	}
	return strings.TrimSpace(text)
}

func isUnclean(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' && r != '\n' && r != '\t' || r == '\x7f'
	}
	return r == utf8.RuneError || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co)
}

// TooLong reports whether text is too long to be a question.
func TooLong(text string) bool {
	return len(text) > MaxLength && utf8.RuneCountInString(text) > MaxLength
}
