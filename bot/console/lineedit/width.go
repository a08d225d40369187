package lineedit

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Width returns the number of columns that text occupies on a terminal. Escape sequences for colors
// (ECMA-48, SGR) have no width.
func Width(text string) int {
	n := 0
	for _, width := range Characters(text) {
		n += width
	}
	return n
}

// Characters yields the characters in text as a reader sees them (grapheme clusters,
// https://www.unicode.org/reports/tr29/), each with its width in columns. An escape sequence
// for colors is one character without a width.
func Characters(text string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for state := -1; text != ""; {
			var character string
			width := 0
			switch n := escapeLength(text); {
			case n > 0:
				character, text, state = text[:n], text[n:], -1
			case isPlain(text):
				character, text, width, state = text[:1], text[1:], 1, -1
			default:
				character, text, width, state = uniseg.FirstGraphemeClusterInString(text, state)
				width = terminalWidth(character, width)
			}
			if !yield(character, width) {
				return
			}
		}
	}
}

// splitCharacters returns the characters in text.
func splitCharacters(text string) (characters []string) {
	for character := range Characters(text) {
		characters = append(characters, character)
	}
	return characters
}

// maxWidth is the maximum width of a character, in columns.
const maxWidth = 2

// terminalWidth corrects the width that uniseg returns for a character. uniseg does not
// count the half-width voicing marks, which extend another character, but terminals
// give them a column.
func terminalWidth(character string, width int) int {
	return min(width+strings.Count(character, "ﾞ")+strings.Count(character, "ﾟ"), maxWidth)
}

// isPlain reports whether text begins with an ASCII character that no mark extends, which is
// the usual case.
func isPlain(text string) bool {
	return text[0] >= ' ' && text[0] < 0x7f && (len(text) == 1 || text[1] < utf8.RuneSelf)
}

// escapeLength returns the length of the escape sequence at the beginning of text, or 0 if there is
// none.
func escapeLength(text string) int {
	if text[0] != '\x1b' {
		return 0
	}
	if end := strings.IndexByte(text, 'm'); end >= 0 {
		return end + 1
	}
	return len(text)
}
