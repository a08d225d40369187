package parse

import (
	"slices"
	"strings"

	"k8sbot/glossary/parallel"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

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
	for n, l := range lines {
		if l.Text == "" || p.head(l.Text) != nil || line.Command(l.Text) != nil {
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
