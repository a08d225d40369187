// Package task finds the tasks of the glossary that a question asks for, such as "how do I
// restart a deployment" or 「podの中に入りたい」, and inserts the names in the question into their
// commands.
//
// A question is read as a set of meanings: words.tsv says that "bounce" and 再起動 both mean restart.
// [Index.Find] compares these meanings with those of each task (meanings.go), and the words and the
// direction of the question with the tasks' texts (texts.go); rank.go weighs both. case.go computes how
// likely it is that the question asks for a task at all: intent.go uses the phrases in phrases.tsv to
// distinguish requests from complaints and from questions about a word. A task is a direct answer only
// if it has the object and the action of the question; otherwise, tasks compete with other terms.
// names.go finds the names of objects in a question, and fill.go inserts them into commands.
package task
