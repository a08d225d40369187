package paste

import (
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// maxOutputLine is the maximum length of a table header, in bytes. kubectl prints shorter
// ones.
const maxOutputLine = 2000

// A table is the table that the current line is in.
type table struct {
	columns []string // nil outside of tables
	starts  []int    // byte offsets of the columns
}

// read reads a line, and returns false if it is not in a table.
func (t *table) read(out *statements, line string) bool {
	h := header(line)
	switch {
	case h != nil:
		t.columns, t.starts = h, starts(line, h)
	case line == "":
		t.columns = nil
	case t.columns != nil:
		t.row(out, t.cells(line))
	default:
		return false
	}
	return true
}

// maxColumns is the maximum number of columns of a table header. kubectl prints 15 at
// most.
const maxColumns = 50

// header returns the columns in the header of a kubectl table, or nil for any other line.
// A header has upper-case words, among them NAME or OBJECT.
func header(line string) []string {
	if len(line) > maxOutputLine || line == "" || !fold.IsUpper(rune(line[0])) {
		return nil
	}
	for i := range len(line) {
		if c := line[i]; c >= utf8.RuneSelf || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return nil
		}
	}
	columns := cells(line)
	if len(columns) < 2 || len(columns) > maxColumns || !slices.Contains(columns, "NAME") && !slices.Contains(columns, "OBJECT") {
		return nil
	}
	return columns
}

// cells splits a line of a table at tabs and runs of spaces, or at single spaces if an
// editor has collapsed the runs.
func cells(line string) []string {
	line = strings.TrimSpace(line)
	var cells []string
	for line != "" {
		end := 0
		for end < len(line) && line[end] != '\t' && !strings.HasPrefix(line[end:], "  ") {
			end++
		}
		cells = append(cells, line[:end])
		line = strings.TrimLeft(line[end:], " \t")
	}
	if len(cells) == 1 {
		return strings.Fields(cells[0])
	}
	return cells
}

// kindByColumns has, for each kind, columns that no other kubectl table combines.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
var kindByColumns = []struct {
	kind    string
	columns []string
}{
	{"pod", []string{"READY", "STATUS", "RESTARTS"}},
	{"node", []string{"STATUS", "ROLES", "VERSION"}},
	{"deployment", []string{"READY", "UP-TO-DATE", "AVAILABLE"}},
	{"replicaset", []string{"DESIRED", "CURRENT", "READY"}},
	{"service", []string{"TYPE", "CLUSTER-IP"}},
	{"job", []string{"STATUS", "COMPLETIONS"}},
	{"persistentvolumeclaim", []string{"STATUS", "VOLUME", "CAPACITY"}},
	{"persistentvolume", []string{"CAPACITY", "RECLAIM POLICY", "STATUS"}},
}

func objectOfRow(columns, row []string) Object {
	name := cell(columns, row, "NAME")
	if event := cell(columns, row, "OBJECT"); event != "" {
		name = event
	}
	kind := ""
	for _, k := range kindByColumns {
		if containsAll(columns, k.columns) {
			kind = k.kind
			break
		}
	}
	o := objectNamed(name, kind)
	o.Namespace = cell(columns, row, "NAMESPACE")
	return o.valid()
}

// The columns that contain a status word, a sentence, or a value that is not known yet.
// Other columns only name things, as NAME and IMAGES do, or count them.
var (
	wordColumns     = []string{"STATUS", "REASON", "PHASE", "CONDITION"}
	sentenceColumns = []string{"MESSAGE"}
	unknownColumns  = map[string]string{"TARGETS": "<unknown>", "EXTERNAL-IP": "<pending>"}
)

// row reads a row of the table.
func (t *table) row(out *statements, cells []string) {
	object := objectOfRow(t.columns, cells)
	stmt := Statement{Object: object, Age: parseAge(cell(t.columns, cells, "AGE"))}
	for i, c := range t.columns {
		if i >= len(cells) {
			break
		}
		s := stmt
		s.Text = cells[i]
		switch value, hasUnknown := unknownColumns[c]; {
		case slices.Contains(wordColumns, c):
			s.Whole = true
			s.Event = c == "REASON" && slices.Contains(t.columns, "MESSAGE")
			out.emit(s)
		case slices.Contains(sentenceColumns, c):
			out.emit(s)
		case hasUnknown && strings.Contains(s.Text, value):
			s.Text, s.Whole = c+" "+value, true
			out.emit(s)
		case c == "READY" && object.Kind != "pod":
			if m := ratio.FindStringSubmatch(s.Text); m != nil && m[1] != m[2] {
				s.Text, s.Whole = notReadyRow, true
				out.emit(s)
			}
		}
	}
}

// starts returns the byte offset of each column in a header.
func starts(line string, columns []string) []int {
	at := make([]int, len(columns))
	from := 0
	for i, c := range columns {
		at[i] = from + strings.Index(line[from:], c)
		from = at[i] + len(c)
	}
	return at
}

// cells splits a row at the offsets of the header's columns, since some may be empty. If
// the row is not aligned to them, it splits the row at white space.
func (t *table) cells(line string) []string {
	for _, at := range t.starts {
		if at < len(line) && at > 0 && line[at-1] != ' ' {
			return cells(line)
		}
	}
	row := make([]string, len(t.starts))
	for i, at := range t.starts {
		end := len(line)
		if i+1 < len(t.starts) {
			end = min(end, t.starts[i+1])
		}
		if at < end {
			row[i] = strings.TrimSpace(line[at:end])
		}
	}
	if n := len(strings.Fields(line)); n > 1 && row[1] == "" && len(row) == n {
		return cells(line) // spaces were collapsed in this row but not in the header
	}
	return row
}

func cell(columns, cells []string, name string) string {
	if i := slices.Index(columns, name); i >= 0 && i < len(cells) {
		return cells[i]
	}
	return ""
}

func containsAll(have, want []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
}
