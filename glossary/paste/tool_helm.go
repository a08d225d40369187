package paste

import "strings"

// readHelm reads the block of helm status and helm install, a line of helm's debug log,
// and the table of helm history.
// https://github.com/helm/helm/blob/main/pkg/cmd/status.go
func readHelm(p *parser, lines []line, s string) int {
	switch {
	case strings.HasPrefix(s, "NAME: "):
		return helmStatus(p, lines)
	case strings.HasPrefix(s, "REVISION") && strings.Contains(s, "UPDATED") && strings.Contains(s, "DESCRIPTION"):
		return helmHistory(p, lines)
	case strings.HasPrefix(s, "Happy Helming!"), strings.HasPrefix(s, "Hang tight while we grab"):
		p.say("helm", s, Object{}, Healthy, lines[0].number)
		return 1
	}
	return 0
}

// helmColumns are the lines of the block, in capitals as columns are.
var helmColumns = setOf("NAME", "LAST DEPLOYED", "NAMESPACE", "STATUS", "REVISION", "DESCRIPTION", "CHART", "VERSION", "APP_VERSION", "TEST SUITE")

// helmStatus reads "NAME: x", "LAST DEPLOYED: …", "NAMESPACE: …", "STATUS: failed" as a
// row of a release. The notes of the chart below are no news.
func helmStatus(p *parser, lines []line) int {
	o := Observation{Place: Row, Line: lines[0].number, From: "helm"}
	n := 0
	for ; n < len(lines) && n < 16; n++ {
		key, value, ok := strings.Cut(strings.TrimSpace(lines[n].text), ":")
		if !ok || !helmColumns[key] || n > 0 && key == "NAME" {
			break
		}
		o.Cells = append(o.Cells, Cell{Column: key, Value: strings.TrimSpace(value)})
	}
	if o.Cell("STATUS") == "" {
		return 0
	}
	o.Object = Object{Kind: "release", Name: o.Cell("NAME"), Namespace: o.Cell("NAMESPACE")}.valid()
	p.addRow(o)
	if n < len(lines) && strings.HasPrefix(lines[n].text, "NOTES:") {
		n += helmNotes(lines[n:])
	}
	return n
}

// helmNotes returns how many lines the notes of a chart take: up to a command, a line of
// another script, or the end of a fence.
func helmNotes(lines []line) int {
	n := 1
	for n < len(lines) && n < 60 && lines[n].fenced == lines[0].fenced && isASCII(lines[n].text) {
		l := lines[n]
		if l.indent() == 0 && l.text != "" && (command(l.text) != nil || head(l.text) != nil || eventsHead(l.text) != nil) {
			break
		}
		n++
	}
	return n
}

// helmHistory reads the table of helm history. Its times hold two blanks before a day of
// one digit. Only the last revision is now.
// https://helm.sh/docs/helm/helm_history/
func helmHistory(p *parser, lines []line) int {
	n := 1
	first := len(p.text.Observations)
	release := Object{Kind: "release"}
	if p.command != nil && p.command.Program == "helm" {
		release = p.command.Object
		release.Kind = "release"
	}
	for ; n < len(lines); n++ {
		fields := strings.Fields(lines[n].text)
		if len(fields) < 4 || atoi(fields[0]) == 0 {
			break
		}
		at := 1
		for at < len(fields) && !helmStates[fields[at]] {
			at++
		}
		if at == len(fields) {
			break
		}
		o := Observation{Place: Row, Line: lines[n].number, From: "helm", Object: release}
		o.Cells = []Cell{{Column: "REVISION", Value: fields[0]}, {Column: "UPDATED", Value: strings.Join(fields[1:at], " ")}, {Column: "STATUS", Value: fields[at]}}
		if rest := fields[at+1:]; len(rest) > 0 {
			o.Cells = append(o.Cells, Cell{Column: "CHART", Value: rest[0]})
			rest = rest[1:]
			if len(rest) > 0 && digits(strings.TrimPrefix(rest[0], "v")) > 0 {
				o.Cells = append(o.Cells, Cell{Column: "APP VERSION", Value: rest[0]})
				rest = rest[1:]
			}
			if len(rest) > 0 {
				o.Message = strings.Join(rest, " ")
				o.Cells = append(o.Cells, Cell{Column: "DESCRIPTION", Value: o.Message})
			}
		}
		p.addRow(o)
	}
	if n == 1 {
		return 0
	}
	for i := first; i < len(p.text.Observations)-1; i++ {
		p.text.Observations[i].Over = true
	}
	return n
}

// helmStates are the states of a release.
// https://github.com/helm/helm/blob/main/pkg/release/common/status.go
var helmStates = setOf("unknown", "deployed", "uninstalled", "superseded", "failed", "uninstalling", "pending-install", "pending-upgrade", "pending-rollback", "DEPLOYED", "SUPERSEDED", "FAILED", "PENDING_INSTALL", "PENDING_UPGRADE", "DELETED")

// helmDebug reads a line of helm's debug log, "upgrade.go:121: [debug] preparing upgrade",
// with the trace that follows an error.
func helmDebug(p *parser, lines []line, s string) int {
	i := strings.Index(s, ": [debug] ")
	if i <= 0 || i > 40 || strings.IndexByte(s[:i], ' ') >= 0 || !strings.Contains(s[:i], ".go:") {
		return 0
	}
	message := s[i+len(": [debug] "):]
	v := Healthy
	if hasFailure(message) {
		v = Unjudged
	}
	n := 1
	for n < len(lines) && n < 400 {
		t := strings.TrimSpace(lines[n].text)
		if t == "" || !stackFrame(t) && !goFunction(lines[n:]) && !(n+2 < len(lines) && strings.HasSuffix(t, "FAILED") && goFunction(lines[n+1:])) {
			break
		}
		n++
	}
	p.add(Observation{Place: Log, Value: "info", Message: message, From: "helm", Object: p.namespaceOnly(), Verdict: v, Line: lines[0].number})
	return n
}
