package parse

import (
	"slices"
	"strings"
	"time"

	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadTable is the [Reader] for tables of any kind, from the header to the last row.
func ReadTable(p *Parser, lines []line.Line) int {
	head := p.head(lines[0].Text)
	if head == nil {
		if head = underlined(lines); head == nil {
			return 0
		}
	}
	t := *head
	if len(lines) > 1 && lines[1].Text != "" {
		if next := p.head(lines[1].Text); next != nil && !slices.Contains(next.columns, "NAME") && slices.Contains(t.columns, "NAME") {
			return 2 // a header on two lines; the rows, on two lines as well, are left to ReadRow
		}
	}
	kind := ""
	if c := p.Command; c != nil && c.Verb != "describe" && c.Output != "yaml" && c.Output != "json" { // these print no tables
		kind = c.Object.Kind
	}
	byColumns := p.kindOf(t.columns)
	if byColumns != "" && (kind == "" || byColumns != "managed" && (byColumns == "taskrun" || !observe.IsKind(kind) && len(t.columns) > fewColumns && !(len(observe.ColumnsOf(kind)) > 0 && fits(kind, t.columns)) || observe.IsKind(kind) && !covers(kind, t.columns))) {
		kind = byColumns
	} else if c := p.Command; byColumns == "" && kind != "" && c.Verb == "get" && (c.Output == "" || c.Output == "wide") && !covers(kind, t.columns) && lacks(kind, t.columns) {
		kind = "" // the table of another command
	}
	t.tree = len(lines) > 2 && line.Untree(lines[2].Text) != lines[2].Text // the first row is the root
	first := p.Text.Observations.Len()
	n := 1 + p.readRows(&t, kind, lines[1:])
	p.judgeBlanks(first)
	if !slices.Contains(t.columns, "STARTED") {
		p.Object = observe.Object{}
	}
	return n
}

const (
	// minRows is the number of rows of a table that are read before the rest is halved.
	minRows = 256
	// minHalved is the minimum size of what is halved in bytes.
	minHalved = 64 << 10
)

// readRows reads the first lines that are rows of t, and returns their number. kind is "" if unknown. If
// there are many lines, another goroutine reads the second half of them. Its rows are dropped if the table
// ends earlier, or if it takes its names for a tree later.
func (p *Parser) readRows(t *table, kind string, lines []line.Line) int {
	n := p.rowsIn(t, kind, lines[:min(len(lines), minRows)])
	rest := lines[n:]
	if n < minRows || p.fork || parallel.Cores() < 2 || len(rest) == 0 || rest[len(rest)-1].Offset-rest[0].Offset < minHalved {
		return n + p.rowsIn(t, kind, rest)
	}
	q, second, more := p.Fork(), *t, 0
	second.cells = nil
	wait := parallel.Ahead(func() { more = q.rowsIn(&second, kind, rest[len(rest)/2:]) })
	tree := t.tree
	if k := p.rowsIn(t, kind, rest[:len(rest)/2]); k < len(rest)/2 {
		return n + k
	}
	n += len(rest) / 2
	if !wait() || t.tree != tree {
		return n + p.rowsIn(t, kind, rest[len(rest)/2:])
	}
	t.tree = second.tree
	p.Text.Observations.Take(&q.Text.Observations, 0, func(*observe.Observation) bool { return true })
	if more > 0 {
		p.said = q.said
	}
	return n + more
}

// rowsIn reads the first lines that are rows of t, and returns their number.
func (p *Parser) rowsIn(t *table, kind string, lines []line.Line) int {
	isPodList := slices.Contains(t.columns, "POD ID")
	hasPods := slices.Contains(t.columns, "READY") && slices.Contains(t.columns, "STATUS")
	for n, l := range lines {
		if l.Text == "" || p.head(l.Text) != nil || line.Command(l.Text) != nil || !hasPods && isPodRow(l.Text) {
			return n
		}
		if strings.Trim(l.Text, "-=+ |") == "" {
			continue // a horizontal rule
		}
		text := line.Untree(l.Text)
		t.tree = t.tree || text != l.Text
		text = strings.Replace(text, "∙ ", "  ", 1) // tkn
		mark := ""
		if t.columns[0] == "STEP" {
			mark, text = stepMark(text)
		} else {
			text = line.Unmark(text)
		}
		cells, ok := t.row(text)
		if ok && mark != "" {
			p.step(t.columns, cells, mark, l.Number)
			continue
		}
		if !ok && t.tree && len(strings.Fields(text)) == 1 {
			continue // a branch without values
		}
		if !ok || !slices.ContainsFunc(cells, observe.IsAge) && line.IsProse(l.Text) {
			return n
		}
		if isPodList && p.container(t.columns, cells, l.Number) {
			continue
		}
		columns := t.columns
		if t.tree {
			columns, cells = filled(columns, cells)
		}
		p.row(columns, cells, kind, l.Number)
	}
	return len(lines)
}

// judgeBlanks sets the verdict of blank READY cells in the observations with the indexes from first if
// other rows contain True or False: a blank cell means that the controller has not yet reported that the
// object is ready.
func (p *Parser) judgeBlanks(first int) {
	told := false
	for i := first; i < p.Text.Observations.Len(); i++ {
		v := p.Text.Observations.At(i).Cell("READY")
		told = told || v == "True" || v == "False"
	}
	if !told {
		return
	}
	for i := first; i < p.Text.Observations.Len(); i++ {
		o := p.Text.Observations.At(i)
		if o.Place != observe.Row || o.Age > 0 && o.Age < 5*time.Minute {
			continue
		}
		for j := range o.Cells {
			if c := &o.Cells[j]; c.Column == "READY" && c.Value == "" {
				c.Verdict, o.Verdict = observe.Unhealthy, observe.Unhealthy
			}
		}
	}
}

// isPodRow reports whether a line is a row of kubectl get pods: the Pod, with or without its namespace, its
// ready containers, its status and its restarts. Such a row below another table isn't part of it.
func isPodRow(s string) bool {
	for range 2 {
		_, s, _ = strings.Cut(strings.TrimLeft(s, " "), " ")
		s = strings.TrimLeft(s, " ")
		if ready, rest, _ := strings.Cut(s, " "); ratioWord(ready) {
			status, rest, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
			restarts, _, more := strings.Cut(strings.TrimLeft(rest, " "), " ")
			return isPodStatus(status) && lex.IsNumber(restarts) && more
		}
	}
	return false
}
