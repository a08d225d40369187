// Package parse reads the formats that kubectl uses for all kinds: typed commands, tables,
// events, rows without a header, and errors. A [Reader] reads one format, and a [Parser]
// collects the observations of all readers.
//
//	parser.go    the parser and its state while it reads a paste
//	command.go   typed commands
//	table.go     table headers, and splitting rows into cells
//	rows.go      tables with their rows
//	event.go     tables and single rows of events
//	shape.go     the cell patterns of rows without a header
//	headless.go  rows without a header
//	error.go     errors of kubectl and other tools
//	same.go      the lines that no reader accepts, found by their texts
//	fork.go      a second parser, which reads a later part at the same time
package parse
