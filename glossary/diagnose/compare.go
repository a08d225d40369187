package diagnose

import (
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// A recognition is one rule for recognizing a term in a paste.
type recognition struct {
	term *glossary.Term
	seen glossary.Seen
	when []comparison
}

// places returns how many restrictions a rule has besides its text: one if it is restricted to a
// kind of object, and one if it is restricted to an event or a condition.
func (r *recognition) places() int {
	n := 0
	if r.seen.Of != "" {
		n++
	}
	if r.seen.In != glossary.SeenInMessage {
		n++
	}
	return n
}

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

func comparisonsOf(when []grammar.Comparison) []comparison {
	all := make([]comparison, 0, len(when))
	for _, c := range when {
		all = append(all, comparison{operandOf(c.Column), operandOf(c.Other), c.Operator})
	}
	return all
}

func operandOf(text string) operand {
	column, of := strings.CutSuffix(text, ".of")
	return operand{column, of, grammar.ColumnSlot(text), strings.Trim(text, `"`)}
}

// holds reports whether all comparisons are true for a row.
func holds(when []comparison, o *observe.Observation) bool {
	for _, c := range when {
		left, ok := c.left.value(o)
		if !ok {
			return false
		}
		if right, _ := c.right.value(o); !compare(left, c.operator, right) {
			return false
		}
	}
	return true
}

// compared returns the compared cells of a row, keyed by the slot names of their columns.
func compared(when []comparison, o *observe.Observation) map[string]string {
	captured := make(map[string]string, len(when)+1)
	for _, c := range when {
		for _, operand := range [...]operand{c.left, c.right} {
			if v, ok := operand.value(o); ok {
				captured[operand.slot] = v
			}
		}
	}
	return captured
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

func compare(left, operator, right string) bool {
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
