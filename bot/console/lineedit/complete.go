package lineedit

import "strings"

// complete completes the line. If there are several completions, it extends the line to their
// common prefix, or lists them below the line if the prefix adds nothing.
func (e *Editor) complete() {
	typed := strings.Join(e.line, "")
	all := e.Complete(typed)
	if len(all) == 0 {
		return
	}
	common := all[0]
	for _, s := range all[1:] {
		common = commonPrefix(common, s)
	}
	if len(all) == 1 || len(common) > len(typed) && strings.EqualFold(common[:len(typed)], typed) {
		e.line = splitCharacters(common)
		e.cursor = len(e.line)
		e.redraw()
		return
	}
	e.move(len(e.line))
	e.list(all)
	e.row, e.col = 0, 0
	e.redraw()
}

// gap separates completions on a line.
const gap = "  "

// list prints completions below the line that is being edited, as many in each row as fit.
func (e *Editor) list(completions []string) {
	used := e.Columns() // so the first completion begins a line
	for _, s := range completions {
		for Width(s) >= e.Columns() && s != "" {
			s = strings.Join(splitCharacters(s)[:len(splitCharacters(s))-1], "")
		}
		if used += len(gap) + Width(s); used >= e.Columns() {
			e.pending.WriteString("\r\n")
			used = Width(s)
		} else {
			e.pending.WriteString(gap)
		}
		e.pending.WriteString(s)
	}
	e.pending.WriteString("\r\n")
}

// commonPrefix returns the longest prefix that a and b have in common, without splitting a
// character.
func commonPrefix(a, b string) string {
	var out strings.Builder
	other := splitCharacters(b)
	for i, c := range splitCharacters(a) {
		if i >= len(other) || !strings.EqualFold(c, other[i]) {
			break
		}
		out.WriteString(c)
	}
	return out.String()
}
