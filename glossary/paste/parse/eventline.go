package parse

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste/lex"
)

// eventParts are the parts of an event row. kind is Normal or Warning.
type eventParts struct{ ages, kind, reason, rest string }

// maxAges is the maximum number of words before the type of an event.
const maxAges = 4

// eventIn parses an event row by its type and reason. These come after ages and, in the output of
// kubectl get events -A, after the namespace: "3m (x4 over 5m)  Warning  BackOff  pod/web  …". It
// returns false for any other line.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func eventIn(s string) (e eventParts, ok bool) {
	first := spaces(s, 0)
	return eventAt(s, first, first, 0)
}

// eventAt is like eventIn, but continues at the offset at, after n words. first is the offset of the first
// word.
func eventAt(s string, first, at, n int) (e eventParts, ok bool) {
	for ; ; n++ {
		if e, ok := typedEvent(s[at:]); ok {
			e.ages = s[first:at]
			return e, true
		}
		end := at
		for end < len(s) && isAgeByte(s[end]) {
			end++
		}
		if n == maxAges || end == at || end == len(s) || s[end] != ' ' {
			return e, false
		}
		end++
		times := timesLength(s[end:])
		if strings.HasPrefix(s[end:], "ago") {
			times = len("ago")
		}
		if times > 0 {
			if e, ok := eventAt(s, first, spaces(s, end+times), n+1); ok {
				return e, true
			}
		}
		at = spaces(s, end)
	}
}

// typedEvent parses an event that begins with its type.
func typedEvent(s string) (e eventParts, ok bool) {
	for _, kind := range [...]string{"Normal", "Warning"} {
		rest, ok := strings.CutPrefix(s, kind)
		start := spaces(rest, 0)
		if !ok || start == 0 || start == len(rest) || !fold.IsUpper(rune(rest[start])) {
			continue
		}
		end := start + 1
		for end < len(rest) && fold.IsAlnum(rest[end]) {
			end++
		}
		if message := spaces(rest, end); end > start+1 && message > end {
			return eventParts{"", kind, rest[start:end], rest[message:]}, true
		}
	}
	return e, false
}

// timesLength returns the length of a count such as "(x4 over 5m)" at the beginning of s, or 0 if there
// is none.
func timesLength(s string) int {
	after, ok := strings.CutPrefix(s, "(x")
	n := lex.Digits(after)
	if !ok || n == 0 || !strings.HasPrefix(after[n:], " over ") {
		return 0
	}
	start := len("(x") + n + len(" over ")
	end := start
	for end < len(s) && spaces(s, end) == end {
		end++
	}
	if close := strings.LastIndexByte(s[start:end], ')'); close > 0 {
		return start + close + 1
	}
	return 0
}

// spaces returns the offset of the first character at or after at that is not a space.
func spaces(s string, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\f' || s[at] == '\r') {
		at++
	}
	return at
}

// isAgeByte reports whether c may be part of a word before the type of an event.
func isAgeByte(c byte) bool {
	return fold.IsAlnum(c) || strings.IndexByte("_./()<>-", c) >= 0
}
