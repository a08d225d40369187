package template

import "slices"

// Placeholders maps each placeholder in commands, such as POD, to the slot types whose
// values can replace the placeholder.
var Placeholders = map[string][]string{
	"POD": {"pod"}, "NS": {"namespace"}, "NODE": {"node"}, "NAME": {"name"}, "CONTAINER": {"container"},
	"PVC": {"claim"}, "PV": {"volume"}, "SECRET": {"secret"}, "CONFIGMAP": {"configmap"}, "SERVICE": {"service"},
	"IMAGE": {"image"}, "SA": {"serviceaccount", "user"}, "KIND": {"kind"}, "VERB": {"verb"}, "RESOURCE": {"resource"},
}

// PlaceholderNames returns the placeholders, most common first.
func PlaceholderNames() []string { return slices.Clone(placeholderNames) }

var placeholderNames = []string{"POD", "NS", "NODE", "NAME", "CONTAINER", "PVC", "PV", "SECRET", "CONFIGMAP", "SERVICE", "IMAGE", "SA", "KIND", "VERB", "RESOURCE"}

// TaskPlaceholders are additional placeholders in the commands of tasks. Output contains
// no values for them.
var TaskPlaceholders = []string{"FILE", "PATH", "KEY", "VALUE", "LABEL", "REPLICAS", "MIN", "MAX", "PORT", "LOCALPORT", "CONTEXT", "REVISION", "COMMAND", "HOST", "USER", "CHART", "URL", "VERSION"}
