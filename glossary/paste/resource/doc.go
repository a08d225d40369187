// Package resource says what the fields of an object tell, whether a manifest or a
// description has them: the row that kubectl get would print for the object, the states of
// its containers, and its conditions.
//
//	tree.go       the fields as a tree
//	values.go     the cells of a row, and default values
//	subject.go    an object whose status is read
//	container.go  the states of containers, and the status of a Pod that follows from them
//	cells.go      the row of each kind
//	object.go     the object itself, and all that its status says
package resource
