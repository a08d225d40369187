package platform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Unit counts a text as a platform does.
type Unit func(string) int

// Runes counts Unicode characters.
func Runes(s string) int { return utf8.RuneCountInString(s) }

// UTF16 counts UTF-16 code units, in which a character beyond the basic plane,
// such as an emoji, is two.
func UTF16(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Mark stands where a text was shortened.
const Mark = "…"

// Shorten returns text, or, where it is longer than 95 % of limit, its beginning
// with Mark behind it, no longer than that. It cuts at the end of a sentence
// where one ends in the second half, and never within what is one character to
// the reader. The 5 % are for what platforms count otherwise than they document.
func Shorten(text string, limit int, unit Unit) string {
	limit = limit * 95 / 100
	if unit(text) <= limit {
		return text
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	budget, end, sentence := limit-unit(Mark), 0, 0
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if budget -= unit(text[end : end+size]); budget < 0 {
			break
		}
		end += size
		if strings.ContainsRune("。!?！？\n", r) || r == '.' && (end == len(text) || text[end] == ' ') {
			sentence = end
		}
	}
	if sentence > end/2 {
		end = sentence
	}
	for end > 0 {
		before, size := utf8.DecodeLastRuneInString(text[:end])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !joined(before, after) {
			break
		}
		end -= size
	}
	return strings.TrimRight(text[:end], " \n") + Mark
}

// joined reports whether two neighbours are one character to the reader: a letter
// and its marks, the kana and the voicing of half width, an emoji of several, or
// the two letters of a flag (https://www.unicode.org/reports/tr29/).
func joined(before, after rune) bool {
	const joiner = '\u200d'
	flag := func(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
	switch {
	case unicode.Is(unicode.M, after), after == joiner, before == joiner:
		return true
	case after == 'ﾞ', after == 'ﾟ':
		return true
	case after >= 0x1F3FB && after <= 0x1F3FF: // the colour of a skin
		return true
	}
	return flag(before) && flag(after)
}
