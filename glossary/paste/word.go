package paste

import (
	"strings"

	"k8sbot/glossary/paste/describe"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/manifest"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/tools"
)

// A reader is a [parse.Reader] and the lines at which it may begin. Most readers are not asked about
// most lines of a long paste.
type reader struct {
	read parse.Reader
	all  line.Traits            // traits that each of its first lines has
	any  line.Traits            // traits of which each of its first lines has at least one; 0 if it needs none
	word func(next string) bool // whether it may accept a word (see isWord) before the given line; nil if never
}

// readers are tried in this order. Of two similar formats, the more specific one comes first.
var readers = [...]reader{
	{parse.ReadCommand, line.Lower, line.Blank | line.Prompt | line.Wide, nil},
	{parse.ReadEvents, line.Upper, line.Blank | line.Wide, nil},
	{tools.Read, 0, 0, tools.BeginsHistory},
	{logs.Read, 0, line.Lower | line.Blank | line.Colon | line.Bracket | line.Quote | line.Sign, nil},
	{parse.ReadTable, line.Blank, 0, nil},
	{parse.ReadQuota, line.Upper | line.Blank, 0, nil},
	{manifest.Read, 0, line.Colon | line.Quote | line.Bracket, nil},
	{parse.ReadError, 0, line.Blank | line.Colon, nil},
	{parse.ReadEventRow, line.Lower | line.Upper | line.Blank, 0, nil},
	{parse.ReadRow, 0, line.Digit | line.Upper, parse.BeginsCells},
	{describe.Read, 0, line.Colon | line.Blank, nil},
	{tools.ReadReport, 0, 0, tools.Underlines},
}

// mayBegin reports whether the reader may begin at a line with the given traits.
func (r *reader) mayBegin(t line.Traits) bool {
	return t&r.all == r.all && (r.any == 0 || t&r.any != 0)
}

// read reads the first lines with the first reader that accepts them, and returns their number. It
// returns 0 if no reader does.
func read(p *parse.Parser, lines []line.Line) int {
	traits := line.TraitsOf(lines[0].Text)
	word, next := isWord(lines[0].Text, traits), ""
	if word && len(lines) > 1 {
		next = lines[1].Text
	}
	for i := range readers {
		r := &readers[i]
		if word && (r.word == nil || !r.word(next)) || !r.mayBegin(traits) {
			continue
		}
		if n := r.read(p, lines); n > 0 {
			return n
		}
	}
	return 0
}

// maxWord is the maximum length of a word in bytes: that of a name in Kubernetes.
const maxWord = 253

// isWord reports whether a line with the given traits is one word of lower-case letters, digits,
// hyphens, dots and slashes, such as web-1 or 1/1. Long lists of such words are common, and most readers
// need more than one word. It returns false for words that may have a meaning on their own: "no", "fatal", "…..ok",
// a time or a version.
func isWord(s string, t line.Traits) bool {
	if t&^(line.Lower|line.Digit|line.Sign) != 0 || s == "" || s[0] < '0' || len(s) > maxWord {
		return false
	}
	letter := s[0] > '9'
	plain := true // no character but letters
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
		case '0' <= c && c <= '9', c == '-', c == '/':
			plain = false
		case c == '.' && letter && s[i-1] != '.':
		default:
			return false
		}
	}
	return !plain && !strings.HasPrefix(s, "fatal")
}
