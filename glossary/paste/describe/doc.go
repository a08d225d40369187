// Package describe reads the output of kubectl describe, or any part of it, up to the
// events.
//
//	description.go  the state of the reader
//	keys.go         the keys of descriptions, and the kinds that have keys of their own
//	condition.go    the table of conditions
//	container.go    the states of containers
//	cells.go        the cells that kubectl get would print
//	add.go          the object and the observations about it
//	read.go         the reader: the extent of a description, and its lines one by one
package describe
