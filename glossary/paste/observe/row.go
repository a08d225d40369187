package observe

import "strings"

// RowFact quotes how often the object of a row has restarted and how old the object is. It returns
// "" if the observation is not a row or shows neither.
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
