package lex

import "strings"

// A Joiner appends to strings. Its zero value is ready for use. Appending several times to the same
// string takes time proportional to what is appended, because the string is not copied each time.
type Joiner struct{ b strings.Builder }

// Append returns s followed by a separator and more.
func (j *Joiner) Append(s, separator, more string) string {
	if s != j.b.String() { // comparing a string with itself takes no time
		j.b.Reset()
		j.b.WriteString(s)
	}
	j.b.WriteString(separator)
	j.b.WriteString(more)
	return j.b.String()
}
