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
// where one ends in the second half, and never between a letter and its marks.
// The 5 % are for what platforms count otherwise than they document.
func Shorten(text string, limit int, unit Unit) string {
	limit = limit * 95 / 100
	if unit(text) <= limit {
		return text
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	budget, used, end := limit-unit(Mark), 0, 0
	sentence := 0
	for i, r := range text {
		used += unit(string(r))
		if used > budget {
			break
		}
		end = i + utf8.RuneLen(r)
		if strings.ContainsRune("。!?！？\n", r) || r == '.' && (end == len(text) || text[end] == ' ') {
			sentence = end
		}
	}
	if sentence > end/2 {
		end = sentence
	}
	// A mark that follows belongs to the letter before it.
	for end > 0 {
		if r, _ := utf8.DecodeRuneInString(text[end:]); !unicode.Is(unicode.M, r) && r != '\u200d' {
			break
		}
		_, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
	}
	return strings.TrimRight(text[:end], " \n") + Mark
}
