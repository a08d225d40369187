package resource

import (
	"strings"

	"k8sbot/glossary/paste/observe"
)

// A CellList collects the cells of a row.
type CellList []observe.Cell

// Add appends a cell unless its value is empty.
//
//go:noinline
func (c *CellList) Add(column, value string) {
	if value != "" {
		*c = append(*c, observe.Cell{Column: column, Value: value})
	}
}

func orZero(s string) string { return OrNone(s, "0") }

// orOne returns the first non-empty value, or "1", the default of replicas.
func orOne(s, t string) string { return OrNone(OrNone(s, t), "1") }

// OrNone returns s, or the value none if s is empty.
func OrNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// Title returns s with its first letter in upper case.
func Title(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
