package tools

import (
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// addProgress adds a tool's progress message as a log entry.
func addProgress(p *parse.Parser, from, message string, object observe.Object, v observe.Verdict, number int32) {
	value := "info"
	if v == observe.Unjudged {
		value = "warning"
	}
	p.Add(observe.Observation{Place: observe.Log, Value: value, Message: message, From: from, Object: object, Verdict: v, Line: number})
}

// addError adds a tool's error message.
func addError(p *parse.Parser, from, reason, message string, object observe.Object, number int32) {
	if object == (observe.Object{}) {
		object = p.NamespaceOnly()
		if c := p.Command; c != nil && (c.Program == from || from == "" || c.Program == "kubectl" && runsInPod[c.Verb]) {
			object = commandObject(p)
		}
	}
	p.Add(observe.Observation{Place: observe.Error, Reason: reason, Message: message, From: from, Object: object, Verdict: observe.Unhealthy, Line: number})
}

// runsInPod contains the kubectl commands that run a program in a Pod or show its output. An error
// in that output is about the Pod.
var runsInPod = lex.Set("exec|logs|log|run|attach|debug")

// commandObject returns the object named in the command above the output. If there is none, it
// returns only the namespace.
func commandObject(p *parse.Parser) observe.Object {
	if p.Command == nil || p.Command.Object.Name == "" {
		return p.NamespaceOnly()
	}
	return p.Command.Object
}

// block joins s with the more deeply indented lines that follow. It returns the number of
// lines, including the first, and the text.
func block(s string, lines []line.Line) (n int, text string) {
	base := lines[0].Indent()
	var joiner lex.Joiner
	n = 1
	listed := false // the line before is an item of a list
	for n < len(lines) && n < 40 && len(s) < logs.MaxText {
		l := lines[n]
		t := strings.TrimSpace(l.Text)
		announced := strings.HasSuffix(s, ":") || listed && strings.HasPrefix(t, "- ")
		listed = announced && strings.HasPrefix(t, "- ")
		if t == "" || !strings.HasPrefix(t, "* ") && l.Indent() <= base && !announced || strings.Contains(t, "  ") || line.Command(l.Text) != nil || logs.OwnLine(t) {
			break
		}
		s = joiner.Append(s, "\n", t)
		n++
	}
	return n, s
}

// quoted returns the text in the first pair of double quotes in s, and the rest of s after it.
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
