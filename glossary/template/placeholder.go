package template

import "slices"

// Placeholders are the words in a command that stand for a name, and the slot types that
// fill each.
var Placeholders = map[string][]string{
	"POD": {"pod"}, "NS": {"namespace"}, "NODE": {"node"}, "NAME": {"name"}, "CONTAINER": {"container"},
	"PVC": {"claim"}, "PV": {"volume"}, "SECRET": {"secret"}, "CONFIGMAP": {"configmap"}, "SERVICE": {"service"},
	"IMAGE": {"image"}, "SA": {"serviceaccount", "user"}, "KIND": {"kind"}, "VERB": {"verb"}, "RESOURCE": {"resource"},
}

// PlaceholderNames returns the placeholders, the usual ones first.
func PlaceholderNames() []string { return slices.Clone(placeholderNames) }

var placeholderNames = []string{"POD", "NS", "NODE", "NAME", "CONTAINER", "PVC", "PV", "SECRET", "CONFIGMAP", "SERVICE", "IMAGE", "SA", "KIND", "VERB", "RESOURCE"}
