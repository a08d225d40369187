// Package paste reads the output of kubectl: tables, descriptions, YAML and JSON, and single
// lines of events, errors and logs. [Read] turns it into statements about objects, and drops
// what only names objects. It does not use terms: package diagnose looks up what a statement
// means and how bad it is.
//
//	output.go     detection of kubectl output
//	headless.go   rows of Pods and nodes, also without a table header
//	table.go      tables
//	events.go     events, and API server errors
//	describe.go   kubectl describe
//	yaml.go       objects in YAML and JSON
//	reader.go     choice of the reader for each line
package paste
