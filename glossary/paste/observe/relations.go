package observe

import "strings"

// Same reports whether o and other can be the same object. A kind or a namespace may be unknown.
func (o *Object) Same(other *Object) bool {
	return o.Name == other.Name && (o.Kind == other.Kind || o.Kind == "" || other.Kind == "") && o.mayShare(other)
}

// mayShare reports whether o and other can be in one namespace.
func (o *Object) mayShare(other *Object) bool {
	return o.Namespace == other.Namespace || o.Namespace == "" || other.Namespace == ""
}

// owners contains the kinds of objects that create other objects whose names begin with the
// creator's name.
var owners = map[string]bool{"deployment": true, "replicaset": true, "statefulset": true, "daemonset": true, "job": true, "cronjob": true, "replicationcontroller": true, "rollout": true, "workflow": true, "pipelinerun": true, "taskrun": true, "machinedeployment": true, "machineset": true}

// owned contains the kinds at the end of a chain of owners.
var owned = map[string]bool{"pod": true, "machine": true}

// Owns reports whether o creates other, judging by their names, such as web, web-7d9f8c6b5d and
// web-7d9f8c6b5d-x2v4q.
func (o *Object) Owns(other *Object) bool {
	n := len(o.Name) // most names are not related: compare them first
	return n < len(other.Name) && other.Name[n] == '-' && other.Name[:n] == o.Name &&
		owners[o.Kind] && (owned[other.Kind] || owners[other.Kind]) && o.mayShare(other)
}

// WaitsFor reports whether o is a Pod of a StatefulSet, such as web-0, and other is one of its claims,
// such as data-web-0.
func (o *Object) WaitsFor(other *Object) bool {
	return o.Kind == "pod" && other.Kind == "persistentvolumeclaim" && strings.HasSuffix(other.Name, "-"+o.Name) && o.mayShare(other)
}

// RelatedTo reports whether o and other can be the same object, or one of them creates the other or
// waits for it.
func (o *Object) RelatedTo(other *Object) bool {
	return o.Same(other) || o.Owns(other) || other.Owns(o) || o.WaitsFor(other) || other.WaitsFor(o)
}
