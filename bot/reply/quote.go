package reply

import (
	"strings"
	"unicode"
)

// maxMarks is how many combining marks a letter keeps in quoted input. Living scripts
// use two or three.
const maxMarks = 3

// Quote returns what somebody typed as part of a sentence: shortened to one line of at
// most 60 characters (runes), and with similar characters instead of backticks and of
// angle brackets, which make mentions and links on chat platforms. Adapters escape all
// other markup.
func Quote(text string) string {
	const limit = 60
	if read := 20 * limit; len(text) > read {
		text = strings.ToValidUTF8(text[:read], "") + "…"
	}
	var b strings.Builder
	n, marks := 0, 0
	blank := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
			if n >= limit {
				return b.String() + "…"
			}
			if blank {
				b.WriteByte(' ')
				n++
			}
			n++
		}
		blank = false
		switch r {
		case '<':
			r = '‹'
		case '>':
			r = '›'
		case '`': // would mark code, see package mark
			r = '\''
		}
		b.WriteRune(r)
	}
	return b.String()
}
