package search

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/question"
)

// A query is what a person typed.
type query struct {
	text     string
	coreText *string // set by core
}

// newQuery returns the query for text. It drops runes after fold.MaxRunes.
func newQuery(text string) *query {
	return &query{text: strings.TrimSpace(fold.First(text, fold.MaxRunes))}
}

// A queryPart is the part of a query that a stage searches for.
type queryPart int

const (
	whole queryPart = iota // the query as typed
	core                   // the subject of a question: "taint" in "what is a taint?"
)

// of returns the given part of the query.
func (q *query) of(s queryPart) string {
	if s == core {
		return q.core()
	}
	return q.text
}

// core returns the subject of a query that is a question. For any other query, it returns the whole
// query.
func (q *query) core() string {
	if q.coreText == nil {
		stripped := question.Strip(q.text)
		q.coreText = &stripped
	}
	return *q.coreText
}
