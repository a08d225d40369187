package parse

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadRow is the [Reader] for rows without a header line: rows that grep has filtered, rows from
// kubectl get all, rows that a chat joined on one line, rows on the same line as the header, or one
// row that is wrapped over several lines. It adds the same observations as [ReadTable].
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func ReadRow(p *Parser, lines []line.Line) int {
	if !hasDigit(lines[0].Text) && !headStart(lines[0].Text) {
		return 0
	}
	p.fields = lex.AppendFields(p.fields[:0], lines[0].Text)
	fields := rejoin(p.fields)
	if len(fields) == 0 || len(fields) > 4000 {
		return 0
	}
	if fields[0] == "NAME" || fields[0] == "NAMESPACE" {
		return joinedTable(p, lines, fields)
	}
	if readyRow(fields) {
		p.row([]string{"NAME", "AGE", "READY", "STATUS"}, append(fields[:3:3], strings.Join(fields[3:], " ")), p.rowKind(), lines[0].Number)
		return 1
	}
	s := rowScan{fields: fields, room: p.rows[:0], kind: p.rowKind(), wide: strings.Contains(strings.TrimSpace(lines[0].Text), "  ")}
	rows, broken := s.rows()
	if len(rows) > 0 {
		p.addRows(rows, lines[0].Number)
		p.addProse(s.left, lines[0])
		return 1
	}
	if !broken && !(len(fields) == 1 && len(lines) > 1 && nameLike(fields[0]) && BeginsCells(lines[1].Text)) {
		return 0
	}
	// The row continues on the next lines.
	for n := 1; n < min(len(lines), maxBroken); n++ {
		known := len(fields)
		p.fields = lex.AppendFields(fields, lines[n].Text)
		if len(p.fields) == known || len(p.fields) > 40 {
			return 0
		}
		fields = rejoin(p.fields)
		s = rowScan{fields: fields, room: p.rows[:0], kind: p.rowKind()}
		rows, broken = s.rows()
		if len(rows) == 0 && !broken && !strings.HasPrefix(fields[len(fields)-1], "(") {
			return 0
		}
		if len(rows) > 0 && !broken && s.before > 0 {
			return 0 // whatever follows, no row begins at the first word
		}
		if len(rows) == 0 || len(s.left) > 0 {
			continue
		}
		n++
		for n < min(len(lines), maxBroken) { // cells of -o wide
			more := strings.Fields(lines[n].Text)
			if len(more) == 0 || wideCells(more) < len(more) {
				break
			}
			n++
		}
		p.addRows(rows, lines[0].Number)
		return n
	}
	return 0
}

// readyRow reports whether the words are a row that kubectl prints for an object of Flux: the name, the
// age, whether the object is ready, and a message.
// https://github.com/fluxcd/kustomize-controller/blob/main/api/v1/kustomization_types.go
func readyRow(f []string) bool {
	return len(f) > 4 && (f[2] == "True" || f[2] == "False" || f[2] == "Unknown") && observe.IsAge(f[1]) && observe.IsName(f[0]) && f[3][0] >= 'A' && f[3][0] <= 'Z'
}

// hasDigit reports whether s contains a digit. [strings.ContainsAny] takes several times as long.
func hasDigit(s string) bool {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			return true
		}
	}
	return false
}

// maxBroken is the maximum number of lines over which one row can be wrapped. A table rarely has
// more columns than that.
const maxBroken = 12

// headStart reports whether a line can begin a header that has each column on its own
// line.
func headStart(s string) bool {
	s = strings.TrimSpace(s)
	return s == "NAME" || s == "NAMESPACE"
}

// rowKind returns the kind of the rows that the command prints, or "" if the kind is unknown.
func (p *Parser) rowKind() string {
	if p.Command == nil || p.Command.Program != "kubectl" || p.Command.Verb != "get" {
		return ""
	}
	return p.Command.Object.Kind
}

// addRows adds rows that begin on the line with the given number.
func (p *Parser) addRows(rows []foundRow, number int32) {
	for _, r := range rows {
		p.row(r.columns, r.cells, r.kind, number)
	}
	p.rows = rows[:0]
}

// addProse adds the words around a row as prose.
func (p *Parser) addProse(words []string, l line.Line) {
	if len(words) > 0 {
		l.Text = strings.Join(words, " ")
		p.AddLine(l)
	}
}

// rows returns the rows in the line. broken is set if the line ends in the middle of a possible
// row.
func (s *rowScan) rows() (rows []foundRow, broken bool) {
	f := s.fields
	rows = s.room
	done := 0 // the end of the last row
	var loose []string
	for i := 0; i < len(f); i++ {
		r, n, more := s.rowAt(i)
		if n == 0 {
			broken = broken || more && i <= 1
			if i >= len(f)-2 {
				break
			}
			continue
		}
		from := i
		if i-1 == done && observe.IsName(f[i-1]) && !strings.Contains(f[i], "/") && observe.Namespaced(r.kind) {
			r.columns = append([]string{"NAMESPACE"}, r.columns...)
			r.cells = append([]string{f[i-1]}, r.cells...)
			from--
		}
		if len(rows) == 0 {
			s.before = from
		}
		loose = append(loose, f[done:from]...)
		done = i + n
		if w := wideCells(f[done:]); w > 0 && r.kind == "pod" {
			r.wideCells(f[done:done+w], "IP", "NODE", "NOMINATED NODE", "READINESS GATES")
			done += w
		} else if w > 0 && r.kind == "node" {
			r.wideCells(f[done:done+min(w, 2)], "INTERNAL-IP", "EXTERNAL-IP")
			done += w
		}
		rows = append(rows, r)
		i = done - 1
	}
	s.left = f
	if done > 0 {
		if done < len(f) && !(s.wide && len(rows) == 1 && len(loose) == 0) {
			loose = append(loose, f[done:]...)
		}
		s.left = loose
	}
	if len(rows) == 0 && s.knownKind() != "" {
		if r, n := s.byColumns(s.knownKind()); n > 0 {
			if s.left = f[n:]; s.wide {
				s.left = nil
			}
			return []foundRow{r}, false
		}
	}
	return rows, broken
}

// knownKind returns the kind of the first row in the line. It takes the kind from the prefix of the
// name or from the command, and returns "" if the kind is unknown.
func (s *rowScan) knownKind() string {
	if prefix, name, ok := strings.Cut(s.fields[0], "/"); ok && observe.IsName(name) {
		return observe.KindNamed(prefix)
	}
	if !nameLike(s.fields[0]) && !s.wide {
		return ""
	}
	return s.kind
}

func (r *foundRow) wideCells(cells []string, columns ...string) {
	for i, c := range cells[:min(len(cells), len(columns))] {
		r.columns = append(r.columns[:len(r.columns):len(r.columns)], columns[i])
		r.cells = append(r.cells, c)
	}
}

// wideCells returns the number of leading words that -o wide adds to a row. For a Pod, these are
// the IP address, the node, the nominated node and the readiness gates. For a node, they end with
// the container runtime.
func wideCells(f []string) int {
	if len(f) == 0 || !address(f[0]) {
		return 0
	}
	for i := 0; i < min(len(f), 16); i++ {
		if strings.Contains(f[i], "://") {
			return i + 1
		}
	}
	n := 1
	if n < len(f) && (observe.IsName(f[n]) || f[n] == "<none>") && !(n+1 < len(f) && (ratioWord(f[n+1]))) {
		n++
	}
	for n < len(f) && n < 4 && (f[n] == "<none>" || n == 3 && ratioWord(f[n])) {
		n++
	}
	return n
}

// joinedTable reads a header that is on one line with its rows, or a table in which each cell is on
// its own line. It returns the number of lines that it has read.
func joinedTable(p *Parser, lines []line.Line, fields []string) int {
	n := 1
	if len(fields) == 1 { // each cell on its own line
		if len(lines) < 2 || !observe.IsColumn(strings.TrimSpace(lines[1].Text)) {
			return 0
		}
		for n < len(lines) && n < 4000 && lines[n].Text != "" {
			cell := strings.TrimSpace(lines[n].Text)
			if cell == fields[0] || len(cell) > 300 || strings.Count(cell, " ") > 3 || line.Command(cell) != nil {
				break
			}
			fields = append(fields, cell)
			n++
		}
		fields = rejoin(fields)
	}
	columns := headColumns(fields)
	if len(columns) < 2 {
		return 0
	}
	words := 0 // number of words in the header
	for _, c := range columns {
		words += strings.Count(c, " ") + 1
	}
	if n > 1 {
		words = len(columns)
	}
	if words >= len(fields) {
		return 0
	}
	t := &table{columns: columns}
	age := -1
	for i, c := range columns {
		if c == "AGE" {
			age = i
		}
	}
	kind := p.rowKind()
	if byColumns := p.kindOf(columns); byColumns != "" && (kind == "" || !fits(kind, columns)) {
		kind = byColumns
	}
	scan := rowScan{fields: fields[words:], kind: kind}
	rows, _ := scan.rows()
	if len(rows) > 0 && len(scan.left) == 0 && (columns[0] == "NAMESPACE") == (rows[0].columns[0] == "NAMESPACE") {
		p.addRows(rows, lines[0].Number)
		return n
	}
	rows = nil
	for rest := fields[words:]; len(rest) > 0; {
		width := min(len(columns), len(rest))
		cells := rest[:width]
		if age >= 0 && (width <= age || !observe.IsAge(cells[age])) { // an empty cell, or the end
			at := -1
			for i := 1; i < min(age, len(rest)); i++ {
				if observe.IsAge(rest[i]) && !ratioWord(rest[i]) {
					at = i
				}
			}
			if at < 0 {
				return 0
			}
			cells = t.place(rest[:at+1])
			width = at + 1
		}
		if !t.plausible(cells) || !observe.IsName(strings.ToLower(cells[0][strings.IndexByte(cells[0], '/')+1:])) {
			return 0
		}
		rows = append(rows, foundRow{kind, columns, cells})
		rest = rest[width:]
	}
	if len(rows) == 0 {
		return 0
	}
	p.addRows(rows, lines[0].Number)
	return n
}

// headColumns returns the column names at the start of the words. It joins column names that
// consist of several words.
func headColumns(f []string) []string {
	var columns []string
	for i := 0; i < len(f) && i < maxColumns; i++ {
		if observe.IsColumn(f[i]) {
			columns = append(columns, f[i])
			continue
		}
		if i+1 < len(f) && observe.IsColumn(f[i]+" "+f[i+1]) {
			columns = append(columns, f[i]+" "+f[i+1])
			i++
			continue
		}
		break
	}
	return columns
}
