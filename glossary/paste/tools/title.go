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
		addProgress(p, "", s, observe.Object{}, observe.Healthy, lines[0].Number)
		return 1
	}
	if s == "Validation Failed" {
		if !p.LastIs(func(place observe.Place, _ string) bool { return place == observe.Error }) { // otherwise, it repeats the result
			addError(p, "", "", s, observe.Object{}, lines[0].Number)
		}
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

// typed matches a condition as people print it with -o jsonpath: "Ready=False 2/3 Pods ready".
var typed = lazyregexp.New(`^([A-Z][A-Za-z]{2,40})=(True|False|Unknown)(?:[ :,]+(.*))?$`)

// typedCondition reads a condition on a line of its own.
func typedCondition(p *parse.Parser, lines []line.Line, s string) int {
	i := strings.IndexByte(s, '=')
	if i < 3 || i > 41 {
		return 0
	}
	m := typed.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	p.AddCondition(commandObject(p), m[1], m[2], m[3], lines[0].Number)
	return 1
}

// validated matches what kops validate and helm lint print besides their findings.
var validated = lazyregexp.New(`^(?:Validating cluster \S+|Your cluster \S+ is ready|==> Linting \S+|\d+ chart\(s\) linted, 0 chart\(s\) failed)$`)
