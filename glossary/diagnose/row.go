package diagnose

import (
	"strings"

	"k8sbot/glossary/paste/observe"
)

// rowFact returns a quote of how often the object of a row was restarted and how old it is, or "".
func rowFact(o observe.Observation) string {
	if o.Place != observe.Row {
		return ""
	}
	var parts []string
	for _, column := range []string{"RESTARTS", "AGE"} {
		if v := o.Cell(column); v != "" && v != "0" && v[0] != '<' {
			parts = append(parts, column+" "+v)
		}
	}
	return strings.Join(parts, ", ")
}
