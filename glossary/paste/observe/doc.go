// Package observe is the model of what a pasted text says. An [Observation] is one thing
// that it says about an [Object], such as a row of a table or an event, with a [Verdict].
//
// The files in their order of reading:
//
//	object.go       objects and their names
//	observation.go  observations, typed commands, and the text that has them
//	age.go          ages as kubectl prints them
//	kinds.go        the kinds with their names and columns (kinds.tsv)
//	column.go       the rules for the columns of known kinds (columns.tsv)
//	unknown.go      the words by which tables of other kinds are judged
//	judge.go        the verdict of a row
//	extra.go        the verdict of cells that kubectl get does not print
//	condition.go    the verdict of a condition
//
// The package knows no term: a verdict is how a value looks, and package diagnose says what
// it means.
package observe
