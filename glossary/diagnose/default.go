package diagnose

import (
	"regexp"
	"strings"

	"k8sbot/glossary"
)

// seenOf returns the recognition rules of a term. If it has none, the term is recognized by its
// name in the places that its usages list, which is enough for a status that a team defines.
func seenOf(t *glossary.Term) []glossary.Seen {
	if len(t.Seen) > 0 || strings.Contains(t.Name.EN, " ") {
		return t.Seen
	}
	var all []glossary.Seen
	for _, u := range t.Usages {
		all = append(all, seenAs(t.Name.EN, u)...)
	}
	return all
}

// columnOf matches the Of field of a usage that is a value in a column, such as "kubectl get pods
// STATUS".
var columnOf = regexp.MustCompile(`^kubectl get (\S+) ([A-Z-]+)$`)

// seenAs returns the recognition rules for a name with the given usage.
func seenAs(name string, u glossary.Usage) []glossary.Seen {
	switch u.Kind {
	case glossary.Event:
		return []glossary.Seen{{In: glossary.SeenInEvent, Reason: name}}
	case glossary.PodPhase:
		return []glossary.Seen{{In: glossary.SeenInCell, Of: "pod", Column: "STATUS", Is: name}}
	case glossary.Reason:
		if strings.HasPrefix(u.Of, "container") || u.Of == "Pod" {
			return []glossary.Seen{
				{In: glossary.SeenInState, Of: "pod", Reason: name},
				{In: glossary.SeenInCell, Of: "pod", Column: "STATUS", Is: name},
				{In: glossary.SeenInCell, Of: "pod", Column: "REASON", Is: name},
			}
		}
		return []glossary.Seen{{In: glossary.SeenInCondition, Reason: name}}
	case glossary.Column:
		if m := columnOf.FindStringSubmatch(u.Of); m != nil {
			return []glossary.Seen{{In: glossary.SeenInCell, Of: kindOfTable(m[1]), Column: m[2], Is: name}}
		}
	}
	return nil
}

// kindOfTable returns the kind for the plural or short name in a kubectl get command.
func kindOfTable(name string) string {
	switch name {
	case "pv":
		return "persistentvolume"
	case "pvc":
		return "persistentvolumeclaim"
	case "csr":
		return "certificatesigningrequest"
	}
	return strings.TrimSuffix(name, "s")
}
