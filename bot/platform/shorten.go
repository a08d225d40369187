package platform

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
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
		switch r {
		case '。', '!', '?', '！', '？', '\n':
			sentence = end
		case '.':
			if end == len(text) || text[end] == ' ' {
				sentence = end
			}
		}
	}
	if sentence > end/2 {
		end = sentence
	}
	return strings.TrimRight(text[:characterEnd(text, end)], " \n") + Mark
}

// characterEnd returns the last place up to end at which no character is cut: one
// to the reader, as Unicode has them (grapheme clusters,
// https://www.unicode.org/reports/tr29/). It begins to look where a character ends
// for certain, which is close: most texts are not read from their beginning.
func characterEnd(text string, end int) int {
	at := end
	for at > 0 && !surelyBoundary(text, at) {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	for state := -1; at < end; {
		var character string
		character, _, _, state = uniseg.FirstGraphemeClusterInString(text[at:], state)
		if at+len(character) > end {
			break
		}
		at += len(character)
	}
	return at
}

// surelyBoundary reports whether two neighbours are two characters whatever stands before
// them. Only two emojis with a joiner between them need more than the two to tell.
func surelyBoundary(text string, at int) bool {
	const joiner = '\u200d'
	before, first := utf8.DecodeLastRuneInString(text[:at])
	_, second := utf8.DecodeRuneInString(text[at:])
	if before == joiner {
		return false
	}
	character, _, _, _ := uniseg.FirstGraphemeClusterInString(text[at-first:at+second], -1)
	return len(character) == first
}
