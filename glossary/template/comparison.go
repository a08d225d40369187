package template

import (
	"fmt"
	"strings"
)

// A Comparison compares a cell with another cell of its row, or with a constant.
type Comparison struct {
	Column   string // or COLUMN.of: the number behind the slash of a ratio
	Operator string // <, >, = or !=
	Other    string // a column, a number, an age such as 5m, or a word; - is an empty cell
}

// operators are the operators of comparisons. != comes before =, which it contains.
var operators = []string{" != ", " = ", " < ", " > "}

// ParseComparisons parses comparisons that are joined by "and". It returns an error if a
// part is not COLUMN, operator and value with blanks between them.
func ParseComparisons(s string) ([]Comparison, error) {
	var all []Comparison
	for part := range strings.SplitSeq(s, " and ") {
		c, ok := parseComparison(part)
		if !ok {
			return nil, fmt.Errorf("invalid comparison %q: write COLUMN < COLUMN, with <, >, = or !=, and \" and \" between two", part)
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

// ColumnSlot returns the slot under which a sentence shows a column: ready for READY,
// ready_of for READY.of, up_to_date for UP-TO-DATE.
func ColumnSlot(column string) string {
	return slotCharacters.Replace(strings.ToLower(column))
}
