package observe

import "strings"

// RowFact returns a quote of how often the object of a row was restarted and how old it is, or ""
// if the observation is not a row or says neither.
func (o Observation) RowFact() string {
	if o.Place != Row {
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
