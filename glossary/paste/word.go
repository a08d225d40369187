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

// A reader is a [parse.Reader] and the condition under which it may accept a line that is only a
// word, such as web-1 or 1/1 (see isWord). Long lists of such lines are common, and most readers
// need more than one word.
type reader struct {
	read parse.Reader
	word func(next string) bool // whether it may accept a word before the given line; nil if never
}

// readers are tried in this order. Of two similar formats, the more specific one comes first.
var readers = [...]reader{
	{parse.ReadCommand, nil},
	{parse.ReadEvents, nil},
	{tools.Read, nil},
	{logs.Read, nil},
	{parse.ReadTable, nil},
	{manifest.Read, nil},
	{parse.ReadError, nil},
	{parse.ReadEventRow, nil},
	{parse.ReadRow, parse.BeginsCells},
	{describe.Read, nil},
	{tools.ReadReport, tools.Underlines},
}

// read reads the first lines with the first reader that accepts them, and returns their number. It
// returns 0 if no reader does.
func read(p *parse.Parser, lines []line.Line) int {
	word, next := isWord(lines[0].Text), ""
	if word && len(lines) > 1 {
		next = lines[1].Text
	}
	for i := range readers {
		r := &readers[i]
		if word && (r.word == nil || !r.word(next)) {
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

// isWord reports whether a line is one word of lower-case letters, digits, hyphens, dots and
// slashes. It returns false for words that may have a meaning on their own: "no", "fatal", "…..ok",
// a time or a version.
func isWord(s string) bool {
	if s == "" || s[0] < '0' || len(s) > maxWord {
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
