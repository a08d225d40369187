package parse

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadTable is the [Reader] of tables of any kind, from the header to the last row.
func ReadTable(p *Parser, lines []line.Line) int {
	t := head(lines[0].Text)
	if t == nil {
		return 0
	}
	if len(lines) > 1 && lines[1].Text != "" {
		if next := head(lines[1].Text); next != nil && !slices.Contains(next.columns, "NAME") && slices.Contains(t.columns, "NAME") {
			return 2 // a header on two lines; the rows, on two lines as well, are left to ReadRow
		}
	}
	kind := ""
	if p.Command != nil {
		kind = p.Command.Object.Kind
	}
	byColumns := observe.KindOf(t.columns)
	if byColumns != "" && (kind == "" || byColumns != "managed" && (!observe.IsKind(kind) && len(t.columns) > fewColumns || observe.IsKind(kind) && !fits(kind, t.columns))) {
		kind = byColumns
	}
	n := 1
	for ; n < len(lines); n++ {
		l := lines[n]
		if l.Text == "" || head(l.Text) != nil || line.Command(l.Text) != nil {
			break
		}
		if strings.Trim(l.Text, "-=+ |") == "" {
			continue // a horizontal rule
		}
		cells, ok := t.row(l.Text)
		if !ok || line.IsProse(l.Text) && !slices.ContainsFunc(cells, observe.IsAge) {
			break
		}
		p.row(t.columns, cells, kind, l.Number)
	}
	if !slices.Contains(t.columns, "STARTED") {
		p.Object = observe.Object{}
	}
	return n
}

// fewColumns is the number of columns that kinds of several products share: NAME, STATE
// and AGE do not make a custom resource a ResourceClaim.
const fewColumns = 4

// fits reports whether most of the columns belong to the table of a kind.
func fits(kind string, columns []string) bool {
	all := observe.ColumnsOf(kind)
	if len(all) == 0 {
		return true
	}
	known := 0
	for _, c := range columns {
		if slices.Contains(all, c) {
			known++
		}
	}
	return known*2 > len(columns)
}

// row adds the row with these cells, of the kind if known, from the line with this number.
func (p *Parser) row(columns, cells []string, kind string, number int) {
	o := observe.Observation{Place: observe.Row, Line: number}
	for i, c := range columns {
		if i < len(cells) {
			o.Cells = append(o.Cells, observe.Cell{Column: c, Value: cells[i]})
		}
	}
	name := o.Cell("NAME")
	if k := o.Cell("KIND"); k != "" && kind == "" {
		kind = observe.KindNamed(k)
	}
	if name == "" {
		for _, c := range []string{"POD", "NODE", "ENDPOINT", "OBJECT"} {
			if name = o.Cell(c); name != "" {
				break
			}
		}
	}
	if name == "" && slices.Contains(columns, "STARTED") { // tkn describe: the status of the object above
		name, kind = p.Object.Name, p.Object.Kind
	}
	o.Object = observe.ObjectNamed(strings.TrimSuffix(name, " (default)"), kind)
	if o.Object.Kind == "pod" && o.Cell("CLUSTER-IP") != "" {
		o.Object.Kind = "service"
	}
	if ns := o.Cell("NAMESPACE"); observe.IsName(ns) {
		o.Object.Namespace = ns
	}
	o.Age = cmp.Or(observe.ParseAge(o.Cell("AGE")), observe.ParseAge(o.Cell("SINCE")))
	p.AddRow(o)
}

// AddRow fills in the reason, message and related objects of a row from its cells, judges
// it, and adds it.
func (p *Parser) AddRow(o observe.Observation) {
	if node := o.Cell("NODE"); observe.IsName(node) && o.Object.Kind != "node" {
		o.Related = append(o.Related, observe.Object{Kind: "node", Name: node})
	}
	if o.Object.Kind == "persistentvolume" {
		if ns, name, ok := strings.Cut(o.Cell("CLAIM"), "/"); ok && observe.IsName(name) {
			o.Related = append(o.Related, observe.Object{Kind: "persistentvolumeclaim", Namespace: ns, Name: name}.Valid())
		}
	}
	if o.Object.Kind == "pod" && strings.HasPrefix(o.Cell("STATUS"), "Init:") {
		o.Object.Init = true
	}
	if before, reason, ok := strings.Cut(o.Cell("STATUS"), "("); ok && o.Cell("REASON") == "" && observe.IsTroubleWord(before) && strings.HasSuffix(reason, ")") && !strings.Contains(reason, " ") {
		o.Cells = append(o.Cells, observe.Cell{Column: "REASON", Value: strings.TrimSuffix(reason, ")")}) // tkn: Failed(CouldntGetTask)
	}
	if o.Reason = o.Cell("REASON"); strings.Contains(o.Reason, " ") {
		o.Reason, o.Message = "", o.Reason
	}
	for _, c := range []string{"MESSAGE", "STATUS", "REASON", "ERROR", "ERRORS"} {
		if v := o.Cell(c); strings.Contains(v, " ") && len(v) > len(o.Message) {
			o.Message = v
		}
	}
	o.Verdict = observe.Judge(&o)
	p.Add(o)
}
