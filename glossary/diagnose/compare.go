package diagnose

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A recognition is one way in which a term is seen.
type recognition struct {
	term *glossary.Term
	seen glossary.Seen
	when []comparison
}

// A comparison compares a cell with another cell or a constant.
type comparison struct{ column, operator, other string }

// parseComparisons parses comparisons that are joined by "and": READY < DESIRED.
func parseComparisons(s string) ([]comparison, error) {
	var all []comparison
	for part := range strings.SplitSeq(s, " and ") {
		ok := false
		for _, op := range []string{" != ", " = ", " < ", " > "} {
			if left, right, found := strings.Cut(part, op); found {
				all = append(all, comparison{strings.TrimSpace(left), strings.TrimSpace(op), strings.TrimSpace(right)})
				ok = true
				break
			}
		}
		if !ok {
			return nil, fmt.Errorf("comparison %q: write COLUMN < COLUMN, with <, >, = or !=", part)
		}
	}
	return all, nil
}

// holds reports whether all comparisons hold for a row, and returns the cells that were
// compared, by column in lower case.
func holds(when []comparison, o paste.Observation) (map[string]string, bool) {
	captured := make(map[string]string)
	for _, c := range when {
		left, ok := cellValue(o, c.column)
		if !ok {
			return nil, false
		}
		right, isColumn := cellValue(o, c.other)
		if !isColumn {
			right = strings.Trim(c.other, `"`)
		}
		captured[slotOf(c.column)] = left
		if isColumn {
			captured[slotOf(c.other)] = right
		}
		if !compare(left, c.operator, right) {
			return nil, false
		}
	}
	return captured, true
}

// slotOf returns the slot under which a sentence shows a column: ready, ready_of.
func slotOf(column string) string {
	return slotCharacters.Replace(strings.ToLower(column))
}

var slotCharacters = strings.NewReplacer(" ", "_", "-", "_", ".", "_", "(", "", ")", "")

// cellValue returns the value of a column. Of a ratio, it is the first number, and that
// of "READY.of" the second.
func cellValue(o paste.Observation, column string) (string, bool) {
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
		la, lb := paste.ParseAge(left), paste.ParseAge(right)
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
