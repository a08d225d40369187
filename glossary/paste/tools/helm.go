package tools

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// readHelm reads the output of helm status and helm install, a line of helm's debug log,
// or the table of helm history.
// https://github.com/helm/helm/blob/main/pkg/cmd/status.go
func readHelm(p *parse.Parser, lines []line.Line, s string) int {
	switch {
	case strings.HasPrefix(s, "NAME: "):
		return helmStatus(p, lines)
	case strings.HasPrefix(s, "REVISION") && strings.Contains(s, "UPDATED") && strings.Contains(s, "DESCRIPTION"):
		return helmHistory(p, lines)
	case strings.HasPrefix(s, "Happy Helming!"), strings.HasPrefix(s, "Hang tight while we grab"):
		addProgress(p, "helm", s, observe.Object{}, observe.Healthy, lines[0].Number)
		return 1
	}
	return 0
}

// helmColumns are the field names in the output of helm status.
var helmColumns = lex.Set("NAME|LAST DEPLOYED|NAMESPACE|STATUS|REVISION|DESCRIPTION|CHART|VERSION|APP_VERSION")

// helmStatus reads "NAME: x", "LAST DEPLOYED: …", "NAMESPACE: …", "STATUS: failed" as a row for a
// release. It skips the chart's notes, which follow these fields.
func helmStatus(p *parse.Parser, lines []line.Line) int {
	o := observe.Observation{Place: observe.Row, Line: lines[0].Number, From: "helm"}
	n := 0
	for ; n < len(lines) && n < 16; n++ {
		key, value, ok := strings.Cut(strings.TrimSpace(lines[n].Text), ":")
		if !ok || !helmColumns[key] || n > 0 && key == "NAME" {
			break
		}
		o.Cells = append(o.Cells, observe.Cell{Column: key, Value: strings.TrimSpace(value)})
	}
	if o.Cell("STATUS") == "" {
		return 0
	}
	o.Object = observe.Object{Kind: "release", Name: o.Cell("NAME"), Namespace: o.Cell("NAMESPACE")}.Valid()
	p.AddRow(o)
	n += helmTests(p, lines[n:], o.Object.Namespace)
	if n < len(lines) && strings.HasPrefix(lines[n].Text, "NOTES:") {
		n += helmNotes(lines[n:])
	}
	return n
}

// helmTests reads the results of helm test, from "TEST SUITE: x" to "Phase: Failed", and returns the
// number of lines. It adds a row for the Pod of each test. helm then repeats which Pod failed.
func helmTests(p *parse.Parser, lines []line.Line, namespace string) int {
	n := 0
	for n < len(lines) {
		name, ok := strings.CutPrefix(lines[n].Text, "TEST SUITE:")
		if !ok {
			break
		}
		name = strings.TrimSpace(name)
		start := lines[n].Number
		for n++; n < len(lines); n++ {
			key, value, ok := strings.Cut(lines[n].Text, ":")
			if !ok || key != "Last Started" && key != "Last Completed" && key != "Phase" {
				break
			}
			if key == "Phase" {
				p.AddRow(observe.Observation{Place: observe.Row, Line: start, From: "helm", Object: observe.Object{Kind: "pod", Namespace: namespace, Name: name}.Valid(),
					Cells: []observe.Cell{{Column: "NAME", Value: name}, {Column: "STATUS", Value: strings.TrimSpace(value)}}})
			}
		}
	}
	if n > 0 && n < len(lines) && strings.HasPrefix(lines[n].Text, "Error: pod ") && strings.HasSuffix(lines[n].Text, " failed") {
		n++
	}
	return n
}

// helmNotes returns the number of lines of a chart's notes, which end at output of its own, a line that is not
// ASCII, or the end of a code fence.
func helmNotes(lines []line.Line) int {
	n := 1
	for n < len(lines) && n < 60 && lines[n].Fenced == lines[0].Fenced && lex.IsASCII(lines[n].Text) {
		l := lines[n]
		if l.Indent() == 0 && l.Text != "" && parse.BeginsOutput(l.Text) {
			break
		}
		n++
	}
	return n
}

// helmHistory reads the table of helm history. Its timestamps have two spaces before a
// one-digit day. Only the last revision is current.
// https://helm.sh/docs/helm/helm_history/
func helmHistory(p *parse.Parser, lines []line.Line) int {
	n := 1
	first := p.Text.Observations.Len()
	release := observe.Object{Kind: "release"}
	if p.Command != nil && p.Command.Program == "helm" {
		release = p.Command.Object
		release.Kind = "release"
	}
	for ; n < len(lines); n++ {
		fields := strings.Fields(lines[n].Text)
		if len(fields) < 4 || lex.Number(fields[0]) == 0 {
			break
		}
		at := 1
		for at < len(fields) && !helmStates[fields[at]] {
			at++
		}
		if at == len(fields) {
			break
		}
		o := observe.Observation{Place: observe.Row, Line: lines[n].Number, From: "helm", Object: release}
		o.Cells = []observe.Cell{{Column: "REVISION", Value: fields[0]}, {Column: "UPDATED", Value: strings.Join(fields[1:at], " ")}, {Column: "STATUS", Value: fields[at]}}
		if rest := fields[at+1:]; len(rest) > 0 {
			o.Cells = append(o.Cells, observe.Cell{Column: "CHART", Value: rest[0]})
			rest = rest[1:]
			if len(rest) > 0 && lex.Digits(strings.TrimPrefix(rest[0], "v")) > 0 {
				o.Cells = append(o.Cells, observe.Cell{Column: "APP VERSION", Value: rest[0]})
				rest = rest[1:]
			}
			if len(rest) > 0 {
				o.Message = strings.Join(rest, " ")
				o.Cells = append(o.Cells, observe.Cell{Column: "DESCRIPTION", Value: o.Message})
			}
		}
		p.AddRow(o)
	}
	if n == 1 {
		return 0
	}
	for i := first; i < p.Text.Observations.Len()-1; i++ {
		p.Text.Observations.At(i).Resolved = true
	}
	return n
}

// helmStates are the states of a release.
// https://github.com/helm/helm/blob/main/pkg/release/common/status.go
var helmStates = lex.Set("unknown|deployed|uninstalled|superseded|failed|uninstalling|pending-install|pending-upgrade|pending-rollback|DEPLOYED|SUPERSEDED|FAILED|" +
	"PENDING_INSTALL|PENDING_UPGRADE|DELETED")

// helmDebug reads a line of helm's debug log, "upgrade.go:121: [debug] preparing upgrade",
// with the trace that follows an error.
func helmDebug(p *parse.Parser, lines []line.Line, s string) int {
	i := strings.Index(s, ": [debug] ")
	if i <= 0 || i > 40 || strings.IndexByte(s[:i], ' ') >= 0 || !strings.Contains(s[:i], ".go:") {
		return 0
	}
	message := s[i+len(": [debug] "):]
	v := observe.Healthy
	if logs.HasFailure(message) {
		v = observe.Unjudged
	}
	n := 1
	for n < len(lines) && n < 400 {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" || !logs.StackFrame(t) && !logs.GoFunction(lines[n:]) && !(n+2 < len(lines) && strings.HasSuffix(t, "FAILED") && logs.GoFunction(lines[n+1:])) {
			break
		}
		n++
	}
	p.Add(observe.Observation{Place: observe.Log, Value: "info", Message: message, From: "helm", Object: p.NamespaceOnly(), Verdict: v, Line: lines[0].Number})
	return n
}
