package diagnose

import (
	"strconv"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// A recognition is one rule for recognizing a term in a paste.
type recognition struct {
	term *glossary.Term
	seen glossary.Seen
	when []grammar.Comparison
}

// holds reports whether all comparisons are true for a row. It also returns the compared cells,
// keyed by the slot names of their columns.
func holds(when []grammar.Comparison, o observe.Observation) (map[string]string, bool) {
	captured := make(map[string]string)
	for _, c := range when {
		left, ok := cellValue(o, c.Column)
		if !ok {
			return nil, false
		}
		right, isColumn := cellValue(o, c.Other)
		if !isColumn {
			right = strings.Trim(c.Other, `"`)
		}
		captured[grammar.ColumnSlot(c.Column)] = left
		if isColumn {
			captured[grammar.ColumnSlot(c.Other)] = right
		}
		if !compare(left, c.Operator, right) {
			return nil, false
		}
	}
	return captured, true
}

// cellValue returns the value of a column. It returns false if the row does not have the
// column. For a ratio such as 1/3, READY is the first number, and READY.of is the second.
func cellValue(o observe.Observation, column string) (string, bool) {
	name, of := strings.CutSuffix(column, ".of")
	for _, c := range o.Cells {
		if c.Column != name {
			continue
		}
		left, right, isRatio := strings.Cut(c.Value, "/")
		switch {
		case of:
			return right, isRatio
		case isRatio && isNumber(left) && isNumber(strings.Fields(right + " x")[0]):
			return left, true
		}
		return c.Value, true
	}
	return "", false
}

func isNumber(s string) bool { _, err := strconv.Atoi(s); return err == nil }

func compare(left, operator, right string) bool {
	a, err := strconv.Atoi(strings.TrimSuffix(left, "%"))
	b, err2 := strconv.Atoi(right)
	if err != nil || err2 != nil {
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
