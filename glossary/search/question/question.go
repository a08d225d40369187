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
	if name, ok := introduced(s); ok {
		s = trim(name)
	} else if name, ok := framed(s); ok {
		s = trim(name)
	}
	s = dropFillers(s)
	all := phrases()
	for again := true; again && s != ""; {
		again = false
		if subject, ok := meant(s); ok {
			s, again = trim(subject), true
			continue
		}
		for _, end := range all.ends[lower(s[len(s)-1])] {
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
		for _, start := range all.starts[lower(s[0])] {
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

// fillers are Japanese words that people put between a name and what they ask about it.
var fillers = []string{"結局", "要するに", "そもそも", "いったい", "一体", "つまり", "ぶっちゃけ", "具体的に"}

// dropFillers removes the fillers after a particle: 「Podって要するに何」 becomes 「Podって何」.
func dropFillers(s string) string {
	if !fold.HasJapanese(s) {
		return s
	}
	for _, f := range fillers {
		if i := strings.Index(s, f); i > 0 && (strings.HasSuffix(s[:i], "って") || strings.HasSuffix(s[:i], "は")) {
			s = s[:i] + s[i+len(f):]
		}
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

// meant returns the subject of a question about what it means: "a taint" for "tell me what a taint means".
func meant(s string) (subject string, ok bool) {
	at := strings.LastIndex(s, "what ")
	if at < 0 {
		return "", false
	}
	if subject, ok = cutLastWord(s[at+len("what "):], "means"); !ok {
		subject, ok = cutLastWord(s[at+len("what "):], "stands for")
	}
	return subject, ok
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
