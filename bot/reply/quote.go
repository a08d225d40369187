package reply

import (
	"strings"
	"unicode"
)

// maxMarks is the maximum number of combining marks on a letter in quoted input. Scripts that
// are in use today need two or three.
const maxMarks = 3

// Quote prepares text that somebody typed for use in a sentence. It shortens the text to one line
// of at most 60 characters (runes). It replaces backticks, which mark code, and angle brackets,
// which form mentions and links on chat platforms, with similar characters. Adapters escape all
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
		case '`': // would mark code (see package mark)
			r = '\''
		}
		b.WriteRune(r)
	}
	return b.String()
}
