package parse

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadQuota is the [Reader] for the table in the description of a ResourceQuota, "Resource  Used  Hard".
// It adds the table as a row of kubectl get.
func ReadQuota(p *Parser, lines []line.Line) int {
	const head = "Resource Used Hard"
	if !strings.HasPrefix(strings.TrimLeft(lines[0].Text, " "), head[:9]) || strings.Join(strings.Fields(lines[0].Text), " ") != head {
		return 0
	}
	n, all := 1, ""
	for ; n < len(lines); n++ {
		f := strings.Fields(lines[n].Text)
		if len(f) != 3 || f[0][0] != '-' && lex.Digits(f[1]) == 0 {
			break
		}
		if f[0][0] != '-' {
			all += ", " + f[0] + ": " + f[1] + "/" + f[2]
		}
	}
	if all == "" {
		return 0
	}
	o := observe.Observation{Place: observe.Row, Line: lines[0].Number, Object: p.Object, Cells: []observe.Cell{{Column: "REQUEST", Value: all[2:]}}}
	o.Object.Kind = "resourcequota"
	p.AddRow(o)
	return n
}
