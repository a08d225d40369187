package lineedit

import (
	"unicode"

	"golang.org/x/text/width"
)

// Width returns the number of columns that a text takes on a terminal, without
// its escapes.
func Width(s string) int {
	n, escape := 0, false
	for _, r := range s {
		switch {
		case escape:
			escape = r != 'm'
		case r == '\x1b':
			escape = true
		case unicode.Is(unicode.Mn, r):
		case IsWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// IsWide reports whether a character takes two columns.
func IsWide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}
