package task

import "k8sbot/glossary/search/token"

// A Question is a text that may ask for a task. It remembers what has been read in the text. It is not safe
// for concurrent use.
type Question struct {
	token.Text
	reading reading
	isRead  bool
}

// NewQuestion returns text as a Question.
func NewQuestion(text string) Question { return Question{Text: token.Text{Source: text}} }

// read returns the phrases in the question.
func (q *Question) read() reading {
	if !q.isRead {
		q.isRead, q.reading = true, read(q.Source)
	}
	return q.reading
}

// Complains reports whether the question says that something does not work, and whether it only supposes
// something, such as that a node fails.
func (q *Question) Complains() (complains, supposes bool) {
	r := q.read()
	supposes = r.has(hypothetical)
	return r.has(broken|stuck) && !supposes, supposes
}
