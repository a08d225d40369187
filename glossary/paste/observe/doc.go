// Package observe defines the result of reading a paste. An [Observation] is one statement
// about an [Object], such as a row of a table or an event, with a [Verdict] on its health.
//
// Read the files in this order:
//
//	object.go       objects and their names
//	observation.go  observations, typed commands, and the text that contains them
//	age.go          ages as kubectl prints them
//	kinds.go        the kinds with their names and columns (kinds.tsv)
//	column.go       the rules for the columns of known kinds (columns.tsv)
//	unknown.go      the rules for the columns of other kinds
//	words.go        the words that controllers print for a state
//	field.go        the verdict on a field of a status
//	judge.go        the verdict on a row
//	extra.go        the verdict on cells that kubectl get does not print
//	condition.go    the verdict on a condition
//
// The package does not depend on the glossary: a verdict says whether a value is healthy,
// and package diagnose explains what the value means.
package observe
