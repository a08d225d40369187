// Package question finds the subject of a question: "taint" in "what is a taint?".
package question

import (
	"strings"

	"k8sbot/glossary/fold"
)

// Strip returns the subject of a question: "taint" for "what is a taint?", "pod" for 「podって何?」.
// It returns the query itself if the query is not a question, or if nothing would remain.
func Strip(query string) string {
	s := fold.NFKC(query)
	trim := func(s string) string {
		return strings.Trim(s, " \t\n?!.,:;'\"“”‘’。、？！「」『』()…〜~")
	}
	s = trim(s)
	for again := true; again && s != ""; {
		again = false
		for _, end := range ends[lower(s[len(s)-1])] {
			if rest, ok := cutLastWord(s, end); ok {
				s, again = trim(rest), true
				break
			}
		}
		if s == "" {
			break
		}
		if subject, ok := indirect(s); ok {
			s, again = trim(subject), true
			continue
		}
		for _, start := range starts[lower(s[0])] {
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

// indirect returns the subject of an indirect question: "a taint" for "what a taint is". It returns
// false if s is not an indirect question.
func indirect(s string) (subject string, ok bool) {
	rest, ok := cutWord(s, "what")
	if !ok {
		return "", false
	}
	if subject, ok = cutLastWord(rest, "is"); !ok {
		subject, ok = cutLastWord(rest, "are")
	}
	return subject, ok && strings.TrimSpace(subject) != ""
}

// starts contains questionStarts by first byte, and ends contains questionEnds by last byte.
var (
	starts = by(questionStarts, func(s string) byte { return s[0] })
	ends   = by(questionEnds, func(s string) byte { return s[len(s)-1] })
)

func by(phrases []string, key func(string) byte) map[byte][]string {
	m := make(map[byte][]string)
	for _, p := range phrases {
		m[key(p)] = append(m[key(p)], p)
	}
	return m
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// cutWord removes start from the beginning of s, ignoring case. It returns false if s does not
// begin with start, if start ends in the middle of an English word, or if nothing would
// remain.
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

// cutLastWord is like cutWord, but removes end from the end of s.
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
