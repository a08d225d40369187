// Package describe reads what kubectl describe prints about an object, or any part of it,
// up to its events.
//
//	description.go  what is collected about the object
//	keys.go         the keys of descriptions, and which of them one kind alone has
//	condition.go    the table of conditions
//	container.go    the states of containers
//	cells.go        the row that kubectl get would print
//	add.go          the object and the observations about it
//	read.go         where a description begins and ends, and its lines one by one
package describe
