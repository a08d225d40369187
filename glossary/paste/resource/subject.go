package resource

import "k8sbot/glossary/paste/observe"

// A Subject is an object whose status is read.
type Subject struct {
	Object, Owner observe.Object
	Related       []observe.Object
	Line          int
}
