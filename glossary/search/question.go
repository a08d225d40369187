package search

import (
	"strings"
	"unicode"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/question"
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
		stripped := question.Strip(q.text)
		q.coreText = &stripped
	}
	return *q.coreText
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
		if w := strings.ToLower(string(runes[i:j])); !fold.IsStopWord(w) && !question.Words[w] && strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			out = append(out, w)
		}
		i = j
	}
	return out
}
