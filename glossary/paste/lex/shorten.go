package lex

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
)

// uid matches a UID that is noise to a reader: in parentheses after the name of an object, or
// instead of the name of a Pod. Other UIDs are part of a name: pvc-UID.
var uid = lazyregexp.New(` ?\((?:UID: ?)?"?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"?\)|(\bpod) [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)

// Shorten returns s with single spaces and without UIDs that are noise. If the result has more than
// n bytes, Shorten cuts out the middle, because an error begins with what failed, and ends with the
// reason.
func Shorten(s string, n int) string {
	if len(s) > 8*n {
		s = cutMiddle(s, 4*n)
	}
	if mayHaveUID(s) { // most texts have none, and the expression is slow
		s = uid.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "  ") || strings.ContainsAny(s, "\t\n\r") || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") || !IsASCII(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	if len(s) <= n {
		return s
	}
	return cutMiddle(s, n/2)
}

// mayHaveUID reports whether s has four hyphens where a UID has them.
func mayHaveUID(s string) bool {
	for i := 0; i+15 < len(s); i++ {
		if s[i] == '-' && s[i+5] == '-' && s[i+10] == '-' && s[i+15] == '-' {
			return true
		}
	}
	return false
}

// cutMiddle returns the first n and the last n bytes of s, with an ellipsis between them. It
// returns fewer bytes if a cut would otherwise split a character. s must have more than 2n bytes.
func cutMiddle(s string, n int) string {
	head, tail := n, len(s)-n
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return s[:head] + " … " + s[tail:]
}
