package template

import (
	"fmt"
	"strings"
)

// A Comparison compares a cell with another cell of its row, or with a constant.
type Comparison struct {
	Column   string // or COLUMN.of: the second number of a ratio such as 1/3
	Operator string // <, >, = or !=
	Other    string // a column, a number, an age such as 5m, or a word; "-" for an empty cell
}

// operators are the comparison operators, with the spaces around them.
var operators = []string{" != ", " = ", " < ", " > "}

// ParseComparisons parses comparisons joined by " and ", such as "READY < DESIRED and AGE >
// 5m". It returns an error if one of them does not consist of a column, an operator and a value,
// separated by spaces.
func ParseComparisons(s string) ([]Comparison, error) {
	var all []Comparison
	for part := range strings.SplitSeq(s, " and ") {
		c, ok := parseComparison(part)
		if !ok {
			return nil, fmt.Errorf("invalid comparison %q: write COLUMN < COLUMN with <, >, = or !=, and join comparisons with \" and \"", part)
		}
		all = append(all, c)
	}
	return all, nil
}

func parseComparison(s string) (Comparison, bool) {
	for _, op := range operators {
		if left, right, ok := strings.Cut(s, op); ok {
			c := Comparison{strings.TrimSpace(left), strings.TrimSpace(op), strings.TrimSpace(right)}
			return c, c.Column != "" && c.Other != ""
		}
	}
	return Comparison{}, false
}

var slotCharacters = strings.NewReplacer(" ", "_", "-", "_", ".", "_", "(", "", ")", "")

// ColumnSlot returns the name of a column's slot in a sentence: ready for READY, ready_of for
// READY.of, up_to_date for UP-TO-DATE.
func ColumnSlot(column string) string {
	return slotCharacters.Replace(strings.ToLower(column))
}
