package observe

// RowFact quotes how often the object of a row has restarted and how old the object is. It returns
// "" if the observation is not a row or shows neither.
func (o *Observation) RowFact() string {
	if o.Place != Row {
		return ""
	}
	quote := func(column string) string {
		if v := o.Cell(column); v != "" && v != "0" && v[0] != '<' {
			return column + " " + v
		}
		return ""
	}
	restarts, age := quote("RESTARTS"), quote("AGE")
	if restarts == "" || age == "" {
		return restarts + age
	}
	return restarts + ", " + age
}
