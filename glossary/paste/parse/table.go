package parse

import (
	"slices"
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// maxColumns is the maximum number of columns in a header. kubectl prints up to 15, and custom
// resources may have a few more.
const maxColumns = 50

// A table is a parsed table header.
type table struct {
	columns []string
	starts  []int    // byte offsets at which the columns begin
	tree    bool     // the names form a tree
	cells   []string // of the last row
}

// A parsedHead is the result of head for a line.
type parsedHead struct {
	text string
	*table
}

// head parses a table header, or returns nil if the line is not a header. A header consists of
// words in capitals, at least one of which is a column in a known table.
func head(s string) *table {
	s = strings.TrimRight(s, " ")
	first := strings.TrimLeft(s, " ")
	if len(s) > 2000 || first == "" || !fold.IsUpper(rune(first[0])) && first[0] != '#' {
		return nil
	}
	if strings.IndexByte(first, ' ') < 0 {
		return nil // one column
	}
	upper, lower, paren := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 0x80 || '0' <= c && c <= '9' && paren == 0 && (i == 0 || s[i-1] == ' '):
			return nil
		case c == '(':
			paren++
		case c == ')':
			paren--
		case 'A' <= c && c <= 'Z':
			upper++
		case 'a' <= c && c <= 'z' && paren == 0:
			lower++
		case c == ':' || c == '"' || c == '=' || c == '[' || c == ';' || c == ',' || c == '!':
			return nil
		}
	}
	if upper < 4 || lower > 0 {
		return nil
	}
	all := spans(s, strings.Contains(strings.TrimSpace(s), "  "))
	t := &table{columns: make([]string, 0, len(all)), starts: make([]int, 0, len(all))}
	for _, w := range all {
		t.columns = append(t.columns, s[w[0]:w[1]])
		t.starts = append(t.starts, w[0])
	}
	if len(t.columns) < 2 || len(t.columns) > maxColumns {
		return nil
	}
	known := 0
	for _, c := range t.columns {
		if observe.IsColumn(c) {
			known++
		}
	}
	if !slices.Contains(t.columns, "NAME") && known < 2 || known == 0 {
		return nil
	}
	return t
}

// underlined parses a header whose columns are underlined one by one, as in the tables of az and
// kubectl cnpg. It returns nil if the first line is not one. The names of the columns are converted to
// capitals, and the first column, such as Certificate Name, becomes NAME.
func underlined(lines []line.Line) *table {
	if len(lines) < 3 || !strings.HasPrefix(lines[1].Text, "---") || strings.Trim(lines[1].Text, "- ") != "" || !strings.Contains(lines[1].Text, "-  -") {
		return nil
	}
	s, rule := lines[0].Text, lines[1].Text
	t := &table{}
	for i := 0; i < len(rule); {
		end := i
		for end < len(rule) && rule[end] == '-' {
			end++
		}
		next := end
		for next < len(rule) && rule[next] == ' ' {
			next++
		}
		if i >= len(s) || i > 0 && s[i-1] != ' ' {
			return nil
		}
		t.columns = append(t.columns, strings.ToUpper(strings.TrimSpace(s[i:min(next, len(s))])))
		t.starts = append(t.starts, i)
		i = next
	}
	if len(t.columns) > maxColumns || !strings.HasSuffix(t.columns[0], "NAME") {
		return nil
	}
	t.columns[0] = "NAME"
	return t
}

// spans returns the byte ranges of the columns in a header. It splits the line at two or
// more spaces or, if wide is false, at each space that is not inside a known column name.
func spans(s string, wide bool) [][2]int {
	all := make([][2]int, 0, manySpans)
	for i := 0; i < len(s); {
		if s[i] == ' ' {
			i++
			continue
		}
		start := i
		for i < len(s) && !(s[i] == ' ' && (!wide || i+1 == len(s) || s[i+1] == ' ')) {
			i++
		}
		all = append(all, [2]int{start, i})
	}
	// Join the words of column names with spaces, even if a wide header has only one space
	// between two columns.
	for i := 0; i < len(all); i++ {
		for n := 3; n > 0 && !wide; n-- {
			if i+n < len(all) && observe.IsColumn(s[all[i][0]:all[i+n][1]]) {
				all[i][1] = all[i+n][1]
				all = slices.Delete(all, i+1, i+1+n)
			}
		}
	}
	if wide {
		parted := make([][2]int, 0, len(all))
		for _, w := range all {
			if text := s[w[0]:w[1]]; strings.Contains(text, " ") && !observe.IsColumn(text) {
				parts := spans(text, false)
				known := 0
				for _, part := range parts {
					if observe.IsColumn(text[part[0]:part[1]]) {
						known++
					}
				}
				if known <= 1 && known < len(parts) && len(parts) <= 3 && !strings.HasPrefix(text, "PF ") && !strings.Contains(text, "%") {
					parted = append(parted, w) // one column of a custom resource: JOB STATUS; PF and %CPU are columns of k9s
					continue
				}
				for _, part := range parts {
					parted = append(parted, [2]int{w[0] + part[0], w[0] + part[1]})
				}
				continue
			}
			parted = append(parted, w)
		}
		return parted
	}
	return all
}

// manySpans is the number of columns of most tables.
const manySpans = 8

// row splits a row of the table into cells, which are valid until the next call. It returns false if
// the line is not a row.
func (t *table) row(s string) ([]string, bool) {
	if cells, ok := t.aligned(s); ok {
		return cells, true
	}
	trimmed := strings.TrimSpace(s)
	if g := slices.Index(t.columns, "GROUP"); g > 0 && g+1 < len(t.columns) && t.columns[g+1] == "KIND" {
		if f := strings.Fields(trimmed); g < len(f) && len(f) < len(t.columns) && fold.IsUpper(rune(f[g][0])) { // argocd app sync: a Service has no group
			return slices.Concat(f[:g], []string{""}, f[g:]), true
		}
	}
	cells := lex.AppendCells(t.cells[:0], trimmed)
	t.cells = cells
	if len(cells) == len(t.columns) {
		return cells, t.plausible(cells)
	}
	if len(cells) < len(t.columns) && len(cells) > 1 {
		if full := t.fillGaps(trimmed, cells); full != nil && !t.missesAge(full) && (t.plausible(full) || !t.tree) {
			return full, t.plausible(full)
		}
	}
	if near := t.nearest(s); near != nil {
		return near, true
	}
	if fields := rejoin(strings.Fields(trimmed)); len(fields) == len(t.columns) {
		return fields, t.plausible(fields)
	} else if len(fields) > len(t.columns) && t.columns[len(t.columns)-1] == "MESSAGE" {
		n := len(t.columns) - 1
		return append(slices.Clone(fields[:n]), strings.Join(fields[n:], " ")), t.plausible(fields)
	} else if len(fields) > 1 && len(fields) < len(t.columns) && t.plausible(fields) {
		return t.place(fields), true
	} else if len(fields) > 1 && t.plausible(fields) {
		return fields[:min(len(fields), len(t.columns))], true
	}
	return nil, false
}

// aligned splits a row at the positions of the columns. It returns false if a cell crosses the
// start of a column.
func (t *table) aligned(s string) ([]string, bool) {
	cells := slices.Grow(t.cells[:0], len(t.starts))[:len(t.starts)]
	clear(cells)
	t.cells = cells
	filled := 0
	for i, at := range t.starts {
		if at >= len(s) {
			break
		}
		if at > 0 && s[at-1] != ' ' {
			return nil, false
		}
		end := len(s)
		if i+1 < len(t.starts) {
			end = min(end, t.starts[i+1])
		}
		cells[i] = strings.TrimSpace(s[at:end])
		if cells[i] != "" {
			filled++
		}
		if i < len(t.starts)-1 && strings.Contains(cells[i], "  ") {
			return nil, false
		}
	}
	if strings.TrimSpace(s[:min(t.starts[0], len(s))]) != "" || filled < 2 && len(t.columns) > 1 || !t.plausible(cells) {
		return nil, false
	}
	return cells, true
}

// maxShift is the maximum number of bytes by which the cells of a row are shifted if somebody has
// shortened or replaced a name in it.
const maxShift = 3

// nearest splits a row with blank cells whose other cells begin near their columns. It returns nil if a
// cell is not near a column that is free.
func (t *table) nearest(s string) []string {
	cells := make([]string, len(t.columns))
	i := 0
	for at := 0; at < len(s); i++ {
		at += len(s[at:]) - len(strings.TrimLeft(s[at:], " "))
		for i < len(t.starts) && t.starts[i] < at-maxShift {
			i++
		}
		if i == len(t.starts) || t.starts[i] > at+maxShift {
			return nil
		}
		cell, _, _ := strings.Cut(s[at:], "  ")
		cells[i] = strings.TrimSpace(cell)
		at += len(cell)
	}
	if i < 3 || !t.plausible(cells) {
		return nil
	}
	return cells
}

// defaultMark is what kubectl appends to the name of the default StorageClass and of other
// default classes. https://github.com/kubernetes/kubernetes/blob/master/pkg/printers/internalversion/printers.go
const defaultMark = " (default)"

// plausible reports whether the cells can be a row of this table: the name has no spaces,
// except before defaultMark, and AGE is an age.
func (t *table) plausible(cells []string) bool {
	if len(cells) > 0 && klogStart(cells[0]) {
		return false
	}
	for i, c := range t.columns {
		if i >= len(cells) {
			break
		}
		v := cells[i]
		switch {
		case v == "" || v == "<none>" || v == "<unknown>" || v == "<invalid>":
		case c == "NAME" && t.tree:
		case c == "NAME" || c == "NAMESPACE":
			v = strings.TrimSuffix(v, defaultMark)
			if strings.Contains(v, " ") || strings.HasSuffix(v, ":") || strings.HasSuffix(v, ",") {
				return false
			}
		case c == "AGE" && len(cells) == len(t.columns):
			if !observe.IsAge(strings.TrimPrefix(v, "-")) && !strings.HasSuffix(v, "Z") {
				return false
			}
		}
	}
	return cells[0] != "" || t.columns[0] != "NAME"
}

// klogStart reports whether a cell begins as a log entry of klog does: E0302.
func klogStart(s string) bool {
	return len(s) > 4 && strings.IndexByte("IWEF", s[0]) >= 0 && lex.Digits(s[1:]) == 4 && (len(s) == 5 || s[5] == ' ')
}

// fillGaps inserts empty cells at wide gaps: kubectl puts three spaces between columns, so
// a gap of six means an empty cell. It returns nil if the number of cells then still
// does not match the columns.
func (t *table) fillGaps(s string, cells []string) []string {
	missing := len(t.columns) - len(cells)
	var full []string
	for i, c := range cells {
		if i > 0 {
			gap := 0
			rest := s
			gap = len(rest) - len(strings.TrimLeft(rest, " "))
			s = rest[gap:]
			for n := gap/3 - 1; n > 0 && missing > 0 && gap%3 == 0; n-- {
				full = append(full, "")
				missing--
			}
		}
		full = append(full, c)
		s = s[len(c):]
	}
	for range missing {
		if !optionalTail[t.columns[len(full)]] {
			return nil
		}
		full = append(full, "")
	}
	return full
}

// missesAge reports whether the last cell of a row is an age that is not in the column AGE.
func (t *table) missesAge(cells []string) bool {
	age := slices.Index(t.columns, "AGE")
	return age > 0 && age == len(cells)-1 && cells[age] == "" && observe.IsAge(cells[age-1])
}

// optionalTail are columns that are often empty if they come last.
var optionalTail = lex.Set("ERRORS|ERROR|MESSAGE|REASON|STATUS|DESCRIPTION|PRIMARY|VOLUMEMODE|NODE|AGE|VERSION|AUTHINFO|NAMESPACE|ADDRESS")

// place assigns cells to columns if a row has too few cells. An age goes to AGE, and the cells
// before the age fill the columns from the left.
func (t *table) place(fields []string) []string {
	cells := make([]string, len(t.columns))
	age := slices.Index(t.columns, "AGE")
	at := slices.IndexFunc(fields, func(f string) bool {
		return observe.IsAge(f) && strings.IndexFunc(f, func(r rune) bool { return r > '9' }) > 0
	})
	if age < 0 || at < 0 || at > age {
		copy(cells, fields)
		return cells
	}
	copy(cells, fields[:at])
	copy(cells[age:], fields[at:])
	return cells
}

// rejoin joins the words that form one cell, as in "12 (3m ago)", "gp3 (default)" and "cpu: 10%/50%, memory: 4Gi/8Gi".
func rejoin(fields []string) []string {
	if len(fields) > 1 && fields[1] == strings.TrimSpace(defaultMark) {
		fields[0] += defaultMark
		fields = slices.Delete(fields, 1, 2)
	}
	for i := 0; i+1 < len(fields); i++ {
		if n := metrics(fields[i:]); n > 1 {
			fields[i] = strings.Join(fields[i:i+n], " ")
			fields = slices.Delete(fields, i+1, i+n)
		} else if i+2 < len(fields) && strings.HasPrefix(fields[i+1], "(") && fields[i+2] == "ago)" {
			fields[i] += " " + fields[i+1] + " " + fields[i+2]
			fields = slices.Delete(fields, i+1, i+3)
		}
	}
	return fields
}

// metrics returns the number of words in the metrics at the beginning of fields, or 0 if there are none:
// "cpu: 10%/50%,", "memory: <unknown>/8Gi".
func metrics(fields []string) int {
	n := 0
	for n+1 < len(fields) && strings.HasSuffix(fields[n], ":") && strings.Contains(fields[n+1], "/") && (n == 0 || strings.HasSuffix(fields[n-1], ",")) {
		n += 2
	}
	return n
}
