// Package task finds the tasks of the glossary that a question asks for, such as "how do I
// restart a deployment" or 「podの中に入りたい」, and fills the names in the question into
// their commands.
//
// A question is read as a set of meanings: words.tsv says that "bounce" and 再起動 both mean
// restart. [Index.Find] compares them with those of each task, and intent.go tells a request
// from a question about a word or a complaint by the phrases in phrases.tsv: only a request
// leads to a task. names.go finds the names of objects in a question, and fill.go puts them into commands.
package task
