package parse

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadQuota is the [Reader] for a quota in the description of a ResourceQuota or a Namespace: the table
// "Resource  Used  Hard", which the name and the scopes may precede. It adds the table as a row of kubectl get.
// It also reads the table of limits below the quotas, which says nothing about health.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubectl/pkg/describe/describe.go
func ReadQuota(p *Parser, lines []line.Line) int {
	switch text := strings.TrimSpace(lines[0].Text); {
	case text == "Resource Quotas" || text == "Resource Limits" || text == "No resource quota." || text == "No LimitRange resource.":
		return 1
	case strings.HasPrefix(text, "Type ") && strings.HasSuffix(text, "Max Limit/Request Ratio"):
		n := 1
		for n < len(lines) && lines[n].Text != "" && lines[n].Indent() == lines[0].Indent() {
			n++
		}
		return n
	case strings.HasPrefix(text, "Name:") && p.Object.Kind == "namespace":
		name := strings.TrimSpace(text[len("Name:"):])
		for n := 1; n < min(len(lines), maxScopes) && lines[n].Text != "" && lines[n].Indent() >= lines[0].Indent(); n++ {
			if read := p.quota(lines[n:], observe.Object{Name: name, Namespace: p.Object.Name}); read > 0 {
				return n + read
			}
		}
		return 0
	}
	return p.quota(lines, p.Object)
}

// maxScopes is the maximum number of lines from the name of a quota to its table.
const maxScopes = 8

// quota reads the table of the quota about. It returns 0 if the first line is not the head of one.
func (p *Parser) quota(lines []line.Line, about observe.Object) int {
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
	about.Kind = "resourcequota"
	p.AddRow(observe.Observation{Place: observe.Row, Line: lines[0].Number, Object: about.Valid(), Cells: []observe.Cell{{Column: "REQUEST", Value: all[2:]}}})
	return n
}
