// Package task finds the tasks of the glossary that a question asks for, such as "how do I
// restart a deployment" or 「podの中に入りたい」, and inserts the names in the question into their
// commands.
//
// A question is read as a set of meanings: words.tsv says that "bounce" and 再起動 both mean restart.
// [Index.Find] compares these meanings with those of each task. Only a request leads to a task:
// intent.go uses the phrases in phrases.tsv to distinguish requests from complaints and from
// questions about a word. names.go finds the names of objects in a question, and fill.go inserts
// them into commands.
package task
