package search

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/task"
)

// A query is what a person typed. It is not safe for concurrent use.
type query struct {
	text    string
	read    task.Question // the text
	subject string        // see core
	hasCore bool          // whether subject is set
}

// newQuery returns the query for text. It drops runes after fold.MaxRunes.
func newQuery(text string) *query {
	text = strings.TrimSpace(fold.First(text, fold.MaxRunes))
	return &query{text: text, read: task.NewQuestion(text)}
}

// core returns the subject if the query is a question, otherwise the text.
func (q *query) core() string {
	if !q.hasCore {
		q.hasCore, q.subject = true, question.Strip(q.text)
	}
	return q.subject
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
