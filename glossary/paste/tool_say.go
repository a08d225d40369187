package paste

import "strings"

// say adds what a tool says about its progress, at Log: it is healthy or waits.
func (p *parser) say(from, message string, object Object, v Verdict, number int) {
	value := "info"
	if v == Unjudged {
		value = "warning"
	}
	p.add(Observation{Place: Log, Value: value, Message: message, From: from, Object: object, Verdict: v, Line: number})
}

// fail adds an error of a tool.
func (p *parser) fail(from, reason, message string, object Object, number int) {
	if object == (Object{}) {
		object = p.namespaceOnly()
		if c := p.command; c != nil && (c.Program == from || from == "" || c.Program == "kubectl" && runsInPod[c.Verb]) {
			object = p.commandObject()
		}
	}
	p.add(Observation{Place: Error, Reason: reason, Message: message, From: from, Object: object, Verdict: Trouble, Line: number})
}

// runsInPod are the commands below which errors of other programs are about their Pod.
var runsInPod = setOf("exec", "logs", "log", "run", "attach", "debug")

// commandObject returns the object of the command whose output is read.
func (p *parser) commandObject() Object {
	if p.command == nil || p.command.Object.Name == "" {
		return p.namespaceOnly()
	}
	return p.command.Object
}

// block returns the number of lines behind the first one that are indented more than it,
// and their text joined to s.
func block(s string, lines []line) (n int, text string) {
	base := lines[0].indent()
	n = 1
	for n < len(lines) && n < 40 && len(s) < maxText {
		l := lines[n]
		t := strings.TrimSpace(l.text)
		if t == "" || !strings.HasPrefix(t, "* ") && l.indent() <= base || strings.Contains(t, "  ") || command(l.text) != nil || ownLine(t) {
			break
		}
		s += "\n" + t
		n++
	}
	return n, s
}

// quoted returns the text in the first double quotes of s, and what follows them.
func quoted(s string) (text, rest string) {
	_, after, ok := strings.Cut(s, `"`)
	if !ok {
		return "", ""
	}
	text, rest, ok = strings.Cut(after, `"`)
	if !ok {
		return "", ""
	}
	return text, rest
}
