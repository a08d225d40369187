// Package question finds the subject of a question: "taint" in "what is a taint?".
package question

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/fold"
)

// Strip returns the subject of a question: "taint" for "what is a taint?", "pod"
// for 「podって何?」. It returns the query itself if it is not a question, or nothing else.
func Strip(query string) string {
	s := norm.NFKC.String(query)
	trim := func(s string) string {
		return strings.Trim(s, " \t\n?!.,:;'\"“”‘’。、？！「」『』()…〜~")
	}
	s = trim(s)
	for again := true; again && s != ""; {
		again = false
		for _, end := range questionEnds {
			if rest, ok := cutLastWord(s, end); ok {
				s, again = trim(rest), true
				break
			}
		}
		for _, start := range questionStarts {
			if rest, ok := cutWord(s, start); ok {
				s, again = trim(rest), true
				break
			}
		}
	}
	if s == "" {
		return query
	}
	return s
}

// cutWord removes start from the start of s, ignoring case. It returns false if s does not
// start with it, if it ends in the middle of an English word, or if nothing would be left.
func cutWord(s, start string) (rest string, ok bool) {
	if len(s) <= len(start) || !strings.EqualFold(s[:len(start)], start) {
		return s, false
	}
	rest = s[len(start):]
	if !fold.HasJapanese(start) && rest[0] != ' ' {
		return s, false
	}
	return rest, true
}

// cutLastWord is like cutWord for the end of s.
func cutLastWord(s, end string) (rest string, ok bool) {
	n := len(s) - len(end)
	if n <= 0 || !strings.EqualFold(s[n:], end) {
		return s, false
	}
	if !fold.HasJapanese(end) && s[n-1] != ' ' {
		return s, false
	}
	return s[:n], true
}
