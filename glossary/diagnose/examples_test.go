package diagnose

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/compare"
	"k8sbot/glossary/diagnose/match"
	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// samples are values of the slot types, as they occur in messages. Those of the open types are
// meaningless words.
var samples = map[string]string{
	"name": "web", "namespace": "shop", "kind": "Deployment", "pod": "web-7d9f8c6b5d-x2v4q", "container": "app",
	"image": "registry.example.com/shop/app:1.2", "secret": "db-password", "configmap": "settings", "claim": "data-web-0",
	"volume": "pvc-3f1a", "node": "worker-2", "service": "api", "serviceaccount": "shop:web", "user": "jane", "verb": "list",
	"resource": "roles", "addr": "10.0.0.7:8443", "url": "https://10.0.0.7:8443/a", "path": "/var/lib/data", "number": "3",
	"quantity": "256Mi", "duration": "30s", "exit_code": "137", "key": "spec.replicas", "word": "alpha",
	"error": "so it is", "rest": "so it is",
}

// fill returns a message that a template matches.
func fill(t grammar.Template, open string) string {
	var b strings.Builder
	for _, p := range t {
		switch {
		case p.Slot == "":
			b.WriteString(p.Literal)
		case match.IsOpen(p.Type) && open != "":
			b.WriteString(open)
			open = ""
		default:
			b.WriteString(samples[p.Type])
		}
	}
	return b.String()
}

// An exampler makes examples for the recognitions of a glossary.
type exampler struct{ g *glossary.Glossary }

// text returns a paste that a recognition matches, or "" if none can be made.
func (e exampler) text(s glossary.Seen) string {
	message := "so it is"
	if s.Text != "" {
		t, err := grammar.Parse(s.Text)
		if err != nil {
			return ""
		}
		message = strings.TrimSpace(fill(t, ""))
	}
	switch s.In {
	case glossary.SeenInMessage:
		if len(s.Within) > 0 {
			return e.framed(s, message)
		}
		if s.Of != "" {
			return event(s.Of, "Failed", message)
		}
		return message + "\n"
	case glossary.SeenInEvent:
		return event(s.Of, s.Reason, message)
	case glossary.SeenInCondition:
		return condition(s, message)
	case glossary.SeenInState:
		code, reason := s.Is, s.Reason
		if code == "" {
			return fmt.Sprintf("kind: Pod\nmetadata: {name: web, namespace: shop}\nstatus:\n  phase: Running\n  containerStatuses:\n  - name: app\n    state: {waiting: {reason: %s}}\n", reason)
		}
		return fmt.Sprintf("kind: Pod\nmetadata: {name: web, namespace: shop}\nstatus:\n  phase: Running\n  containerStatuses:\n  - name: app\n    state: {terminated: {exitCode: %s}}\n", code)
	case glossary.SeenInError:
		return fmt.Sprintf("Error from server (%s): so it is\n", s.Reason)
	case glossary.SeenInCell:
		return row(s)
	}
	return ""
}

// framed returns a message inside another message, which is recognized as a term that the rule
// lists in within.
func (e exampler) framed(s glossary.Seen, message string) string {
	for _, id := range s.Within {
		frame, _ := e.g.Term(id)
		for _, f := range seenOf(frame) {
			t, err := grammar.Parse(f.Text)
			if f.Text == "" || err != nil || len(f.Within) > 0 {
				continue
			}
			for _, p := range t {
				if p.Slot == "" || !match.IsOpen(p.Type) {
					continue
				}
				whole := fill(t, message)
				if f.In == glossary.SeenInEvent {
					return event(f.Of, f.Reason, whole)
				}
				return whole + "\n"
			}
		}
		for _, f := range seenOf(frame) {
			if t, err := grammar.Parse(f.Text); f.Text != "" && err == nil && len(f.Within) == 0 {
				return fill(t, "") + ": " + message + "\n"
			}
		}
	}
	return ""
}

func event(kind, reason, message string) string {
	if kind == "" {
		kind = "pod"
	}
	return fmt.Sprintf("LAST SEEN   TYPE      REASON   OBJECT   MESSAGE\n2m          Warning   %s   %s/web   %s\n", reason, kind, message)
}

func condition(s glossary.Seen, message string) string {
	kind, conditionType, status := s.Of, s.Type, s.Status
	if kind == "" {
		kind = "deployment"
	}
	if conditionType == "" {
		conditionType = "Ready"
	}
	if status == "" {
		status = "False"
		if observe.JudgeCondition(kind, conditionType, "True", "") == observe.Unhealthy {
			status = "True"
		}
	}
	reason := ""
	if s.Reason != "" {
		reason = "\n    reason: " + s.Reason
	}
	return fmt.Sprintf("kind: %s\nmetadata: {name: web, namespace: shop}\nstatus:\n  conditions:\n  - type: %s\n    status: %q%s\n    message: %q\n", kind, conditionType, status, reason, message)
}

// commands are the commands that print tables for kinds that are not in the API.
var commands = map[string]string{
	"node usage": "kubectl top nodes", "pod usage": "kubectl top pods", "helm revision": "helm history web", "release": "helm list", "etcd endpoint": "etcdctl endpoint status -w table",
}

// row returns a table with a row in which a cell has the value of the rule, or its comparisons
// are true.
func row(s glossary.Seen) string {
	values := map[string]string{"NAME": "web", "AGE": "40d"}
	set := func(column, value string) {
		if name, ok := strings.CutSuffix(column, ".of"); ok {
			n, _, _ := strings.Cut(values[name], "/")
			values[name] = n + "/" + value
		} else if _, m, ok := strings.Cut(values[column], "/"); ok {
			values[column] = value + "/" + m
		} else {
			values[column] = value
		}
	}
	if s.Column != "" {
		values[s.Column] = s.Is
	}
	when, _ := grammar.ParseComparisons(s.When)
	for _, c := range when {
		if have, ok := values[strings.TrimSuffix(c.Column, ".of")]; ok && c.Column != "AGE" && !strings.HasSuffix(c.Column, ".of") {
			if n, _, _ := strings.Cut(have, "/"); n != "" && compare.Holds(n, c.Operator, c.Other) {
				continue // READY < READY.of and READY > 0
			}
		}
		left, right := c.Other, c.Other
		isColumn := columnsOf(s)[strings.TrimSuffix(right, ".of")]
		switch {
		case isColumn && c.Operator == "=":
			left, right = "3", "3"
		case isColumn && c.Operator == "<":
			left, right = "1", "3"
		case isColumn:
			left, right = "3", "1"
		case c.Operator == ">" && observe.ParseAge(right) > 0:
			left = "40d"
		case c.Operator == ">":
			left = strings.TrimPrefix(right+"7", "0")
			if n := len(right); n > 1 {
				left = "99"
			}
		case c.Operator == "<" && observe.ParseAge(right) > 0:
			left = "1s"
		case c.Operator == "<":
			left = "0"
		case c.Operator == "!=":
			left = "other"
		}
		if left == "-" {
			left = ""
		}
		set(c.Column, strings.Trim(left, `"`))
		if isColumn {
			set(c.Other, right)
		}
	}
	var head, cells []string
	for column := range columnsOf(s) {
		head = append(head, column)
	}
	head = ordered(s, head)
	for _, column := range head {
		cells = append(cells, values[column])
	}
	var top, below strings.Builder
	for i := range head {
		width := max(len(head[i]), len(cells[i])) + 3
		fmt.Fprintf(&top, "%-*s", width, head[i])
		fmt.Fprintf(&below, "%-*s", width, cells[i])
	}
	command := commands[s.Of]
	if command == "" {
		command = "kubectl get " + s.Of
	}
	return fmt.Sprintf("$ %s\n%s\n%s\n", command, top.String(), below.String())
}

// headOf returns the columns of a kind. kubectl top has two spellings of its columns.
func headOf(kind string) []string {
	if kind == "node usage" {
		return []string{"NAME", "CPU(cores)", "MEMORY(bytes)"}
	}
	if columns := observe.ColumnsOf(kind); columns != nil {
		return columns
	}
	return []string{"NAME", "AGE"}
}

// columnsOf returns the columns that a table needs for a recognition.
func columnsOf(s glossary.Seen) map[string]bool {
	set := map[string]bool{"NAME": true}
	for _, c := range headOf(s.Of) {
		set[c] = true
	}
	if s.Column != "" {
		set[s.Column] = true
	}
	when, _ := grammar.ParseComparisons(s.When)
	for _, c := range when {
		set[strings.TrimSuffix(c.Column, ".of")] = true
		if other := strings.TrimSuffix(c.Other, ".of"); other == strings.ToUpper(other) && strings.ToLower(other) != other {
			set[other] = true
		}
	}
	return set
}

// ordered returns columns in the order in which kubectl prints them.
func ordered(s glossary.Seen, columns []string) []string {
	var out []string
	for _, c := range append([]string{"NAME"}, headOf(s.Of)...) {
		if c == "NAME" && len(out) > 0 {
			continue
		}
		out = append(out, c)
	}
	for _, c := range columns {
		found := false
		for _, o := range out {
			found = found || o == c
		}
		if !found {
			out = append(out, c)
		}
	}
	return out
}

// TestExamples makes an example for each recognition of each term, and checks that the term is
// found in it: first, or after a term that the glossary lists as its cause.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	d := load(t)
	g := d.glossary
	n := 0
	for _, term := range g.All() {
		for i, s := range term.Seen {
			n++
			text := exampler{g}.text(s)
			if text == "" {
				t.Errorf("%s: seen[%d]: no example can be made", term.ID, i)
				continue
			}
			got, ok := shows(d, text, term)
			if !ok && s.In == glossary.SeenInMessage { // a line may look like a command: kustomize build failed
				_, ok = shows(d, event("pod", "Failed", strings.TrimSpace(text)), term)
			}
			if !ok {
				t.Errorf("%s: seen[%d] %s: got %s in\n%s", term.ID, i, s, got, text)
			}
		}
	}
	t.Logf("%d examples", n)
}

// shows reports whether a term is the first that is found in text.
func shows(d *Diagnoser, text string, term *glossary.Term) (got string, ok bool) {
	diagnosis := diagnose(d, text)
	if diagnosis.IsHealthy() && term.Severity == glossary.Normal {
		return "", true
	}
	for _, f := range append(diagnosis.Normal, diagnosis.Resolved...) {
		if f.Term == term {
			return "", true
		}
	}
	if len(diagnosis.Issues) > 0 {
		tr := diagnosis.Issues[0]
		if tr.Term == term {
			return "", true
		}
		for _, f := range tr.Symptoms {
			if f.Term == term && newLinker(d.glossary).related(tr.Term, term) {
				return "", true
			}
		}
	}
	return describe(diagnosis), false
}

// minRealExamples is the minimum number of templates with an open slot that match a line in
// testdata printed by a real program. Only raise it.
const minRealExamples = 229

// TestRealExamples counts the templates with an open slot that match a line of testdata.
// Realistic values for open slots are hard to invent.
func TestRealExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	d := load(t)
	matched := make(map[string]bool) // by term and template
	files, _ := filepath.Glob("testdata/*/*")
	more, _ := filepath.Glob("testdata/*/*/*")
	for _, file := range append(files, more...) {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		for line := range strings.Lines(string(data)) {
			for _, m := range d.recognizer().matcher.Match(line) {
				matched[m.Rule.term.ID+" "+m.Rule.seen.Text] = true
			}
		}
	}
	open, real := 0, 0
	for _, term := range d.glossary.All() {
		for _, seen := range term.Seen {
			tmpl, err := grammar.Parse(seen.Text)
			if seen.Text == "" || err != nil || !slices.ContainsFunc(tmpl, func(p grammar.Part) bool { return match.IsOpen(p.Type) }) {
				continue
			}
			open++
			if matched[term.ID+" "+seen.Text] {
				real++
			} else if testing.Verbose() {
				t.Logf("%s: no line for %q", term.ID, seen.Text)
			}
		}
	}
	t.Logf("%d of %d templates with an open slot match a line of testdata", real, open)
	if real < minRealExamples {
		t.Errorf("%d templates with an open slot match a line of testdata, want at least %d", real, minRealExamples)
	}
}
