// Package parse reads the forms that kubectl prints for any kind: typed commands, tables,
// events, rows without their head, and errors. A [Parser] collects what all readers find, and
// a [Reader] reads one form.
//
//	parser.go    what is known while a text is read
//	command.go   typed commands
//	table.go     the head of a table, and how its rows are split into cells
//	rows.go      tables with their rows
//	event.go     tables and single rows of events
//	shape.go     the shapes of rows without a head
//	headless.go  rows without a head
//	error.go     errors of kubectl and other tools
package parse
