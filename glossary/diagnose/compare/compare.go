// Package compare compares the cells of a row, by the rules of terms that are recognized by numbers.
package compare

import (
	"strings"
	"time"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// A comparison is a parsed [grammar.Comparison].
type comparison struct {
	left, right operand
	operator    string
}

// An operand has the value of a column or, for a row without that column, a constant value.
type operand struct {
	column   string // without ".of"
	of       bool   // whether to use the second number of a ratio such as 1/3
	slot     string // see [grammar.ColumnSlot]
	constant string
}

// A Rule is a list of comparisons, all of which must be true for a row.
type Rule []comparison

// Parse parses the comparisons of a rule, such as "READY < READY.of and AGE > 5m".
func Parse(when string) (Rule, error) {
	parsed, err := grammar.ParseComparisons(when)
	r := make(Rule, 0, len(parsed))
	for _, c := range parsed {
		r = append(r, comparison{operandOf(c.Column), operandOf(c.Other), c.Operator})
	}
	return r, err
}

func operandOf(text string) operand {
	column, of := strings.CutSuffix(text, ".of")
	return operand{column, of, grammar.ColumnSlot(text), strings.Trim(text, `"`)}
}

// Columns returns the names of the columns that the rule compares, and its constants.
func (r Rule) Columns() []string {
	var all []string
	for _, c := range r {
		all = append(all, c.left.column, c.right.column)
	}
	return all
}

// Cell returns the last cell of a row in the first column that the rule compares.
func (r Rule) Cell(o *observe.Observation) (cell observe.Cell) {
	for _, c := range o.Cells {
		if c.Column == r[0].left.column && !r[0].left.of {
			cell = c
		}
	}
	return cell
}

// Others returns the compared cells of a row that have a value, such as ", DESIRED 3, READY 1", without
// the one in a column.
func (r Rule) Others(o *observe.Observation, column string) string {
	s := ""
	for _, c := range r {
		for _, x := range [...]operand{c.left, c.right} {
			if v := o.Cell(x.column); v != "" && x.column != column && !x.of {
				s += ", " + x.column + " " + v
			}
		}
	}
	return s
}

// Holds reports whether all comparisons are true for a row.
func (r Rule) Holds(o *observe.Observation) bool {
	for _, c := range r {
		left, ok := c.left.value(o)
		if !ok {
			return false
		}
		if right, _ := c.right.value(o); !Holds(left, c.operator, right) {
			return false
		}
	}
	return true
}

// Captured returns the compared cells of a row, keyed by the slot names of their columns.
func (r Rule) Captured(o *observe.Observation) map[string]string {
	captured := make(map[string]string, len(r)+1)
	for _, c := range r {
		for _, operand := range [...]operand{c.left, c.right} {
			if v, ok := operand.value(o); ok {
				captured[operand.slot] = v
			}
		}
	}
	return captured
}

// Captures reports whether Captured returns the given values.
func (r Rule) Captures(o *observe.Observation, values map[string]string) bool {
	for _, c := range r {
		for _, operand := range [...]operand{c.left, c.right} {
			if v, ok := operand.value(o); ok && values[operand.slot] != v {
				return false
			}
		}
	}
	return true
}

// value returns the value of an operand. isColumn is false if the row does not have the column. For
// a ratio such as 1/3, READY is the first number, and READY.of is the second.
func (x *operand) value(o *observe.Observation) (value string, isColumn bool) {
	for i := range o.Cells {
		c := &o.Cells[i]
		if c.Column != x.column {
			continue
		}
		left, right, isRatio := strings.Cut(c.Value, "/")
		switch {
		case x.of && isRatio:
			return right, true
		case x.of:
			return x.constant, false
		case isRatio && isNumber(left) && isNumber(firstWord(right)):
			return left, true
		}
		return c.Value, true
	}
	return x.constant, false
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, " ")
	word, _, _ := strings.Cut(s, " ")
	return word
}

func isNumber(s string) bool { _, ok := number(s); return ok }

// number parses a decimal number of at most nine digits.
func number(s string) (int, bool) {
	digits := strings.TrimPrefix(s, "-")
	if !lex.IsNumber(digits) || len(digits) > 9 {
		return 0, false
	}
	n := lex.Number(digits)
	if digits != s {
		n = -n
	}
	return n, true
}

// Holds reports whether a comparison of two values is true. Numbers and ages have an order; other values
// are only equal or not.
func Holds(left, operator, right string) bool {
	a, ok := number(strings.TrimSuffix(left, "%"))
	b, ok2 := number(right)
	if !ok || !ok2 {
		la, lb := observe.ParseAge(left), observe.ParseAge(right)
		if la == 0 || lb == 0 || operator == "=" || operator == "!=" {
			equal := strings.EqualFold(left, right) || right == "-" && left == ""
			return equal == (operator == "=") && (operator == "=" || operator == "!=")
		}
		a, b = int(la/time.Second), int(lb/time.Second)
	}
	switch operator {
	case "<":
		return a < b
	case ">":
		return a > b
	case "=":
		return a == b
	}
	return a != b
}
