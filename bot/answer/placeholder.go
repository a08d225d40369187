package answer

import (
	"regexp"
	"strings"

	"k8sbot/glossary/paste"
)

var placeholder = regexp.MustCompile(`\b[A-Z]+\b`)

// unknownPlace matches the flags of a command whose values a paste does not show.
// Without them, kubectl uses its defaults, as it did for the paste.
var unknownPlace = regexp.MustCompile(` (?:-n NS|-c CONTAINER)\b`)

// fillPlaceholders puts an object's names into a command. Valid Kubernetes names mean
// nothing to a shell: see [paste.Object].
func fillPlaceholders(run string, o paste.Object) string {
	filled := placeholder.ReplaceAllStringFunc(run, func(word string) string {
		value := ""
		switch word {
		case "POD":
			value = nameIf(o, "pod")
		case "NODE":
			value = nameIf(o, "node")
		case "NS":
			value = o.Namespace
		case "CONTAINER":
			value = o.Container
		case "NAME":
			if o.Kind != "" && strings.Contains(run, " "+o.Kind) {
				value = o.Name
			}
		}
		if value == "" {
			return word
		}
		return value
	})
	if o.Kind == "pod" && o.Name != "" {
		return unknownPlace.ReplaceAllString(filled, "")
	}
	return filled
}

func nameIf(o paste.Object, kind string) string {
	if o.Kind == kind {
		return o.Name
	}
	return ""
}
