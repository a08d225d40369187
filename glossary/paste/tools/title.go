package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// tableTitle reads the title of a table in capitals. The rows below "VALIDATION ERRORS" are errors.
// https://github.com/kubernetes/kops/blob/master/cmd/kops/validate_cluster.go
func tableTitle(p *parse.Parser, lines []line.Line, s string) int {
	if validated.MatchString(s) {
		addProgress(p, "kops", s, observe.Object{}, observe.Healthy, lines[0].Number)
		return 1
	}
	if len(lines) < 2 || len(s) > 40 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ") != "" || !parse.IsTableHeader(lines[1].Text) {
		return 0
	}
	if !strings.Contains(s, "ERROR") && !strings.Contains(s, "FAILURE") {
		addProgress(p, "", s, p.NamespaceOnly(), observe.Healthy, lines[0].Number)
		return 1
	}
	n := 2
	for ; n < len(lines) && lines[n].Text != ""; n++ {
		addError(p, "", "", strings.Join(strings.Fields(lines[n].Text), " "), p.NamespaceOnly(), lines[n].Number)
	}
	return n
}

// validated matches what kops validate prints besides its tables.
var validated = lazyregexp.New(`^(?:Validating cluster \S+|Your cluster \S+ is ready|Validation Failed)$`)
