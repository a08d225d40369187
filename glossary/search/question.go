package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/fold"
)

// A query is what a person typed.
type query struct {
	text     string
	coreText *string // made by core
}

// newQuery returns the query for a text. It drops runes after fold.MaxRunes.
func newQuery(text string) *query {
	return &query{text: strings.TrimSpace(fold.First(text, fold.MaxRunes))}
}

// A queryPart is the part of a query that a stage searches for.
type queryPart int

const (
	whole queryPart = iota // the query as typed
	core                   // the subject of a question: "taint" in "what is a taint?"
)

// of returns a part of the query.
func (q *query) of(s queryPart) string {
	if s == core {
		return q.core()
	}
	return q.text
}

// core returns the subject of the query if it is a question, and else the query.
func (q *query) core() string {
	if q.coreText == nil {
		stripped := stripQuestion(q.text)
		q.coreText = &stripped
	}
	return *q.coreText
}

// isDescription reports whether the query describes a term because the person does not know
// its name.
func (q *query) isDescription() bool { return description.MatchString(q.text) }

// stripQuestion returns the subject of a question: "taint" for "what is a taint?", "pod"
// for 「podって何?」. It returns the query itself if it is not a question, or nothing else.
func stripQuestion(query string) string {
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

// contentWords returns the words that say what a text is about, in lower case. It drops
// stop words, question words, numbers and ages, and hiragana.
func contentWords(text string) []string {
	var out []string
	runes := []rune(text)
	for i := 0; i < len(runes); {
		j := i + 1
		switch {
		case unicode.Is(unicode.Han, runes[i]):
			for j < len(runes) && unicode.Is(unicode.Han, runes[j]) {
				j++
			}
		case fold.IsKatakana(runes[i]):
			for j < len(runes) && fold.IsKatakana(runes[j]) {
				j++
			}
		case fold.IsHiragana(runes[i]):
			i++
			continue
		case unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]):
			for j < len(runes) && !fold.IsJapanese(runes[j]) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]) || runes[j] == '\'') {
				j++
			}
		default:
			i++
			continue
		}
		if w := strings.ToLower(string(runes[i:j])); !fold.IsStopWord(w) && !questionWords[w] && strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			out = append(out, w)
		}
		i = j
	}
	return out
}
