package question

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// ContentWords returns the words that say what text is about, in lower case. It drops stop words,
// question words, numbers, ages and hiragana.
func ContentWords(text string) []string {
	var out []string
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case fold.IsHiragana(r):
			text = text[n:]
			continue
		case fold.IsKatakana(r):
			n = runLength(text, fold.IsKatakana)
		case fold.IsKanji(r):
			n = runLength(text, fold.IsKanji)
		case isLetter(r):
			n = runLength(text, func(r rune) bool { return r == '\'' || isLetter(r) && !fold.IsJapanese(r) })
		default:
			text = text[n:]
			continue
		}
		if w := strings.ToLower(text[:n]); !fold.IsStopWord(w) && !Words[w] && strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			out = append(out, w)
		}
		text = text[n:]
	}
	return out
}

// isLetter reports whether r is a letter or a digit.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return fold.IsAlnum(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// runLength returns the length in bytes of the longest prefix of text whose runes satisfy is. The
// first rune counts in any case.
func runLength(text string, is func(rune) bool) int {
	for i, r := range text {
		if i > 0 && !is(r) {
			return i
		}
	}
	return len(text)
}
