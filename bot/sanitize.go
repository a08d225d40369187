package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is the number of bytes of a message that are read. Messages of the
// platforms are far shorter; what kubectl prints of a large cluster is not.
const maxText = 1 << 20

// maxQuery is the number of characters (runes) above which a text that is no
// output of kubectl is no question either.
const maxQuery = 400

// sanitize returns a text without what cannot be seen: control characters but line
// ends and tabs, and the marks that turn the direction of writing, with which a
// text can be made to look like another. It is valid UTF-8.
func sanitize(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
	}
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

// maxMarks is the number of combining marks that a letter may carry in what the
// bot repeats. Living scripts use two or three.
const maxMarks = 3

// quoteInput returns what somebody typed in a form that can be repeated to them: one
// line of at most 60 characters. Angle brackets, which make mentions and links
// on the platforms, become their lookalikes; what else a platform reads as markup
// is for its adapter to escape.
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
