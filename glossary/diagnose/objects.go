package diagnose

import (
	"strings"

	"k8sbot/glossary/paste/observe"
)

func sameObject(a, b observe.Object) bool {
	return a.Name == b.Name && (a.Kind == b.Kind || a.Kind == "" || b.Kind == "") && (a.Namespace == b.Namespace || a.Namespace == "" || b.Namespace == "")
}

// owners contains the kinds of objects that create other objects whose names begin with the
// creator's name.
var owners = map[string]bool{"deployment": true, "replicaset": true, "statefulset": true, "daemonset": true, "job": true, "cronjob": true, "replicationcontroller": true, "rollout": true, "workflow": true, "pipelinerun": true, "taskrun": true, "machinedeployment": true, "machineset": true}

// owned contains the kinds at the end of a chain of owners.
var owned = map[string]bool{"pod": true, "machine": true}

// owns reports whether a creates b, judging by their names, such as web, web-7d9f8c6b5d and
// web-7d9f8c6b5d-x2v4q.
func owns(a, b observe.Object) bool {
	return owners[a.Kind] && (owned[b.Kind] || owners[b.Kind]) && strings.HasPrefix(b.Name, a.Name+"-") &&
		(a.Namespace == b.Namespace || a.Namespace == "" || b.Namespace == "")
}

// waitsFor reports whether a is a Pod of a StatefulSet, such as web-0, and b is one of its claims,
// such as data-web-0.
func waitsFor(a, b observe.Object) bool {
	return a.Kind == "pod" && b.Kind == "persistentvolumeclaim" && strings.HasSuffix(b.Name, "-"+a.Name) &&
		(a.Namespace == b.Namespace || a.Namespace == "" || b.Namespace == "")
}
