package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuery is the number of characters (runes) above which a text is not a question.
const maxQuery = 400

// sanitize returns a text without invisible characters: control characters other than
// line ends and tabs, and bidirectional marks, which can make one text look like
// another. The result is valid UTF-8.
func sanitize(text string) string {
	if strings.ContainsFunc(text, isUnclean) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
		text = strings.Map(func(r rune) rune {
			switch {
			case r == '\r':
				return '\n'
			case isUnclean(r):
				return -1
			}
			return r
		}, text)
	}
	return strings.TrimSpace(text)
}

func isUnclean(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' && r != '\n' && r != '\t' || r == '\x7f'
	}
	return r == utf8.RuneError || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co)
}

// maxMarks is how many combining marks a letter keeps in quoted input. Living scripts
// use two or three.
const maxMarks = 3

// quoteInput shortens what somebody typed to one line of at most 60 characters. It
// replaces angle brackets, which make mentions and links on chat platforms, by similar
// characters. Adapters escape all other markup.
func quoteInput(text string) string {
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
		}
		b.WriteRune(r)
	}
	return b.String()
}

// tooLong reports whether a text is too long to be a question.
func tooLong(text string) bool {
	return len(text) > maxQuery && utf8.RuneCountInString(text) > maxQuery
}
