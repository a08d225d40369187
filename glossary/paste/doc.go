// Package paste reads what kubectl prints: tables, descriptions, YAML and JSON, and
// single lines of events, errors and logs. [Read] turns them into statements, which say
// something of an object, and leaves out what only names it. It knows no term: what the
// words mean, and which are bad, is in the terms.
//
//	output.go     whether a text is such output at all
//	headless.go   rows of Pods and nodes, also without the head of their table
//	table.go      tables
//	events.go     events, and errors of the API server
//	describe.go   kubectl describe
//	yaml.go       objects in YAML and JSON
//	reader.go     which of these a line goes to
package paste
