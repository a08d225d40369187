package schedule

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// isGap reports whether c always ends a word.
func isGap(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",、;", c) }

func isNotGap(c rune) bool { return !isGap(c) }

// endsWord reports whether a word may end with c if rest follows. A Japanese word may
// end anywhere, except at a long vowel mark, which may stand for a hyphen (月ー金).
func endsWord(c rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if c == 'ー' || !isWordRune(c) {
		return false
	}
	return rest == "" || !isWordRune(next) || isJapaneseRune(c) || isJapaneseRune(next)
}

func isWordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '_'
}

func isJapaneseRune(c rune) bool { return fold.HasJapanese(string(c)) }
