package describe

import (
	"slices"
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// conditionLine reads a line of the conditions table, or of the list that custom resources have
// instead. It returns false if the line is neither.
func (d *description) conditionLine(l line.Line, text string) bool {
	if d.status != nil && d.section == "Conditions" || strings.HasPrefix(text, "Last Transition Time:") || d.head == "" && len(d.conditions) == 0 && d.section == "Conditions" && strings.Contains(text, ":") && !isConditionHead(text) && !isConditionRow(text) {
		d.status = append(d.status, l) // Conditions: without Status: above it
		return true
	}
	switch {
	case isConditionHead(text):
		d.head = text
		return true
	case strings.Trim(text, "- ") == "":
		return d.head != ""
	}
	if c, ok := conditionRow(text, d.head); ok {
		c.line = l.Number
		d.conditions = append(d.conditions, c)
		return true
	}
	if n := len(d.conditions); n > 0 && l.Indent() > d.base && len(d.conditions[n-1].message) < 4<<10 {
		d.conditions[n-1].message = strings.TrimLeft(d.joiner.Append(d.conditions[n-1].message, " ", text), " ")
		return true
	}
	return false
}

// isConditionHead reports whether a line is the header of the conditions table.
func isConditionHead(s string) bool {
	if !strings.HasPrefix(s, "Type ") {
		return false
	}
	words := strings.Fields(s)
	return len(words) > 1 && words[1] == "Status" && !slices.ContainsFunc(words, func(w string) bool { return !conditionColumns[w] })
}

var conditionColumns = lex.Set("Type|Status|LastProbeTime|LastHeartbeatTime|LastTransitionTime|LastUpdateTime|Reason|Message")

// isConditionRow reports whether a line looks like a row of the conditions table, for
// pastes without the header.
func isConditionRow(s string) bool {
	word, rest, _ := strings.Cut(s, " ")
	if len(word) < 4 || !observe.IsCondition(word) {
		return false
	}
	status, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	return status == "True" || status == "False" || status == "Unknown"
}

// conditionRow parses a row of the conditions table. head is its header line, or "". It returns
// false if the line is not a condition.
func conditionRow(s, head string) (c condition, ok bool) {
	var rest string
	c.field, rest, _ = strings.Cut(s, " ")
	c.value, rest, _ = strings.Cut(strings.TrimLeft(rest, " "), " ")
	if c.value != "True" && c.value != "False" && c.value != "Unknown" || strings.ContainsAny(c.field, ":=(),\"") {
		return c, false
	}
	rest = dropTimes(strings.TrimLeft(rest, " "))
	if at := strings.Index(head, "Reason "); at > 0 { // the column is blank
		if to := strings.Index(head, "Message"); to > at && to < len(s) && strings.TrimSpace(s[at:to]) == "" && strings.HasPrefix(s[to:], rest) {
			c.message = rest
			return c, true
		}
	}
	if rest == "" || head != "" && !strings.Contains(head, "Reason") {
		c.message = rest
		return c, true
	}
	first, more, _ := strings.Cut(rest, " ")
	if fold.IsUpper(rune(first[0])) && (more == "" || strings.HasPrefix(more, " ") || !strings.Contains(rest, "  ")) || more == "" {
		c.reason, c.message = first, strings.TrimLeft(more, " ")
		return c, true
	}
	if strings.Contains(head, "Message") {
		c.message = rest
	} else {
		c.reason = rest
	}
	return c, true
}

// dropTimes removes leading timestamps: Thu, 09 May 2024 19:55:40 +0800.
func dropTimes(s string) string {
	for len(s) > 4 {
		switch {
		case s[3] == ',' && s[4] == ' ':
			for range 6 {
				_, s, _ = strings.Cut(s, " ")
				s = strings.TrimLeft(s, " ")
			}
		case '0' <= s[0] && s[0] <= '9' && s[4] == '-', strings.HasPrefix(s, "<unset>"), strings.HasPrefix(s, "<nil>"):
			_, s, _ = strings.Cut(s, " ")
			s = strings.TrimLeft(s, " ")
		default:
			return s
		}
	}
	return s
}
