package resource

import "k8sbot/glossary/paste/observe"

// A Subject is the object that observations are about, with related objects and its line number.
type Subject struct {
	Object  observe.Object
	Related []observe.Object
	Line    int32
	Paused  string // the annotation that pauses the object; "" if none does
}
