package tools

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// readArgo reads the output of argocd app get, including its tables of conditions and
// resources, or one of these tables alone.
// https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app_get/
func readArgo(p *parse.Parser, lines []line.Line, s string) int {
	switch {
	case strings.HasPrefix(s, "Name:") && len(lines) > 2 && (argoField(lines[1].Text) || argoField(lines[2].Text)):
		return argoApp(p, lines)
	case strings.HasPrefix(s, "GROUP ") && strings.Contains(s, " KIND ") && strings.Contains(s, " HEALTH"):
		return argoResources(p, lines)
	case strings.HasPrefix(s, "CONDITION ") && strings.Contains(s, "LAST TRANSITION"):
		return argoConditions(p, lines, commandObject(p))
	}
	return 0
}

// argoField reports whether a line is the second or third one that argocd app get prints.
func argoField(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "Project:") || strings.HasPrefix(s, "Server:")
}

// argoApp reads the fields of an application as a row with the columns that kubectl prints. If
// the last operation failed, it also adds an error.
func argoApp(p *parse.Parser, lines []line.Line) int {
	fields := make(map[string]string)
	n := 0
	end := 0
	for ; n < len(lines) && n < 60; n++ {
		t := strings.TrimSpace(lines[n].Text)
		if t == "" {
			continue
		}
		key, value, ok := strings.Cut(t, ":")
		if n > 0 && key == "Name" {
			break
		}
		if !ok || len(key) > 20 {
			if lines[n].Indent() == 0 {
				break
			}
			continue
		}
		if lines[n].Indent() == lines[0].Indent() && fields[key] == "" {
			fields[key] = strings.TrimSpace(value)
		}
		end = n + 1
	}
	status, ok := fields["Sync Status"]
	if !ok {
		return 0
	}
	number := lines[0].Number
	app := observe.Object{Kind: "application", Name: fields["Name"]}
	if ns, name, ok := strings.Cut(app.Name, "/"); ok {
		app.Namespace, app.Name = ns, name
	}
	app = app.Valid()
	sync, _, _ := strings.Cut(status, " ")
	health, _, _ := strings.Cut(fields["Health Status"], " ")
	p.AddRow(observe.Observation{Place: observe.Row, Object: app, From: "argocd", Line: number, Cells: []observe.Cell{
		{Column: "NAME", Value: fields["Name"]}, {Column: "SYNC STATUS", Value: sync}, {Column: "HEALTH STATUS", Value: health}, {Column: "PROJECT", Value: fields["Project"]},
	}})
	switch phase := fields["Phase"]; {
	case phase == "Failed" || phase == "Error":
		addError(p, "argocd", "", fields["Message"], app, number)
	case phase == "Running":
		addProgress(p, "argocd", fields["Message"], app, observe.Waiting, number)
	}
	n = end
	for n < len(lines) {
		next := n
		if lines[next].Text == "" && next+1 < len(lines) {
			next++
		}
		s := strings.TrimSpace(lines[next].Text)
		m := 0
		if strings.HasPrefix(s, "CONDITION ") {
			m = argoConditions(p, lines[next:], app)
		} else if strings.HasPrefix(s, "GROUP ") {
			m = argoResources(p, lines[next:])
		}
		if m == 0 {
			break
		}
		n = next + m
	}
	return n
}

// argoConditions reads the table of an application's conditions, which are all errors or
// warnings.
func argoConditions(p *parse.Parser, lines []line.Line, app observe.Object) int {
	n := 1
	for ; n < len(lines) && lines[n].Text != ""; n++ {
		cells := lex.Cells(strings.TrimSpace(lines[n].Text))
		if len(cells) < 2 {
			break
		}
		p.AddCondition(app, cells[0], "True", cells[1], lines[n].Number)
		p.Text.Observations.Last().From = "argocd"
	}
	if n == 1 {
		return 0
	}
	return n
}

// argoStates and argoHealth are the values of STATUS and HEALTH.
// https://github.com/argoproj/gitops-engine/blob/master/pkg/sync/common/types.go
var (
	argoStates = lex.Set("Synced|OutOfSync|Unknown|Succeeded|Failed|Running|Pruned|SyncFailed|Error|Terminating|PruneSkipped")
	argoHealth = lex.Set("Healthy|Degraded|Progressing|Missing|Suspended|Unknown")
)

// argoResources reads the table of an application's resources. Each resource becomes a row as in
// the table of its own kind.
func argoResources(p *parse.Parser, lines []line.Line) int {
	n := 1
	for ; n < len(lines) && lines[n].Text != ""; n++ {
		if !argoResource(p, lines[n]) {
			break
		}
	}
	if n == 1 {
		return 0
	}
	return n
}

// argoResource reads a row: [group] kind [namespace] name [status] [health] [hook]
// [message]. Core kinds have no group, and cluster-scoped kinds no namespace.
func argoResource(p *parse.Parser, l line.Line) bool {
	f := strings.Fields(l.Text)
	i := 0
	for i < len(f) && i < 2 && (f[i][0] < 'A' || f[i][0] > 'Z') {
		i++
	}
	if i > 1 || len(f) < i+2 || i == len(f) {
		return false
	}
	o := observe.Observation{Place: observe.Row, From: "argocd", Line: l.Number}
	if i == 1 {
		o.Cells = append(o.Cells, observe.Cell{Column: "GROUP", Value: f[0]})
	}
	kind := f[i]
	rest := f[i+1:]
	at := 0
	for at < len(rest) && at < 3 && !argoStates[rest[at]] && !argoHealth[rest[at]] {
		at++
	}
	if at == 0 || at == 3 || at == len(rest) && strings.HasSuffix(kind, ":") { // Error: it failed
		return false
	}
	o.Object = observe.Object{Kind: observe.KindNamed(kind), Name: rest[at-1]}
	o.Cells = append(o.Cells, observe.Cell{Column: "KIND", Value: kind})
	if at == 2 {
		o.Object.Namespace = rest[0]
		o.Cells = append(o.Cells, observe.Cell{Column: "NAMESPACE", Value: rest[0]})
	}
	o.Object = o.Object.Valid()
	o.Cells = append(o.Cells, observe.Cell{Column: "NAME", Value: rest[at-1]})
	rest = rest[at:]
	if len(rest) > 0 && argoStates[rest[0]] {
		v := observe.Unhealthy
		switch rest[0] {
		case "Synced", "Succeeded", "Pruned":
			v = observe.Healthy
		case "Running", "Terminating":
			v = observe.Waiting
		case "PruneSkipped":
			v = observe.Unjudged
		}
		o.Cells = append(o.Cells, observe.Cell{Column: "STATUS", Value: rest[0], Verdict: v})
		o.Verdict, rest = max(o.Verdict, v), rest[1:]
	}
	if len(rest) > 0 && argoHealth[rest[0]] {
		v := observe.Unhealthy
		switch rest[0] {
		case "Healthy", "Suspended":
			v = observe.Healthy
		case "Progressing":
			v = observe.Waiting
		}
		o.Cells = append(o.Cells, observe.Cell{Column: "HEALTH", Value: rest[0], Verdict: v})
		o.Verdict, rest = max(o.Verdict, v), rest[1:]
	}
	if len(rest) > 0 && (strings.HasSuffix(rest[0], "Sync") || strings.HasSuffix(rest[0], "SyncFail")) {
		o.Cells = append(o.Cells, observe.Cell{Column: "HOOK", Value: rest[0]})
		rest = rest[1:]
	}
	if len(rest) > 0 {
		o.Message = strings.Join(rest, " ")
		o.Cells = append(o.Cells, observe.Cell{Column: "MESSAGE", Value: o.Message})
	}
	p.Add(o)
	return true
}
