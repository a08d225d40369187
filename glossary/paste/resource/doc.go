// Package resource turns the fields of an object in a manifest or a description into
// observations: the row that kubectl get would print for the object, the states of its
// containers, and its conditions.
//
//	tree.go       the fields as a tree
//	values.go     the cells of a row, and default values
//	subject.go    the object that observations are about
//	container.go  the states of containers, and the Pod status derived from them
//	cells.go      the row of each kind
//	field.go      the status fields that show the health of an object of any kind
//	object.go     the object itself, and the observations of its status
package resource
