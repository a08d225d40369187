package lineedit

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Width returns the number of columns that a text takes on a terminal, without its
// escapes.
func Width(text string) int {
	n := 0
	for _, width := range Characters(text) {
		n += width
	}
	return n
}

// Characters yields what a reader takes for one character (a grapheme cluster,
// https://www.unicode.org/reports/tr29/), and the columns that it takes. An escape
// nextSequence that sets colours (ECMA-48, SGR) is one of no column.
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

// splitCharacters returns the characters of a text.
func splitCharacters(text string) (characters []string) {
	for character := range Characters(text) {
		characters = append(characters, character)
	}
	return characters
}

// maxWidth is the number of columns that a terminal gives one character at most.
const maxWidth = 2

// terminalWidth corrects the width of a character where terminals differ from uniseg,
// which counts nothing for what extends another: to them the voicing marks of half
// width are as wide as the kana before.
func terminalWidth(character string, width int) int {
	return min(width+strings.Count(character, "ﾞ")+strings.Count(character, "ﾟ"), maxWidth)
}

// isPlain reports whether a text begins with a character of ASCII that nothing
// extends, as nearly all do.
func isPlain(text string) bool {
	return text[0] >= ' ' && text[0] < 0x7f && (len(text) == 1 || text[1] < utf8.RuneSelf)
}

// escapeLength returns the length of the escape sequence that a text begins with, 0 if
// it begins with none.
func escapeLength(text string) int {
	if text[0] != '\x1b' {
		return 0
	}
	if end := strings.IndexByte(text, 'm'); end >= 0 {
		return end + 1
	}
	return len(text)
}
