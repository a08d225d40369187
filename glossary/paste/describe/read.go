package describe

import (
	"cmp"
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/resource"
)

// Read is the [parse.Reader] for the output of kubectl describe, or any part of it, up to the
// events.
func Read(p *parse.Parser, lines []line.Line) int {
	if !describeBegins(lines) {
		return 0
	}
	d := &description{line: lines[0].Number, base: lines[0].Indent(), fields: make(map[string]string), inner: -1}
	n := 0
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.Text == "" {
			continue
		}
		if n < i && !d.raw && !d.resumes(lines[i:]) {
			break
		}
		ended, ok := d.read(l)
		if !ok {
			break
		}
		n = i + 1
		if ended {
			break
		}
	}
	n = max(n, 1)
	d.add(p)
	return n
}

// describeBegins reports whether the first line begins a description or one of its parts.
func describeBegins(lines []line.Line) bool {
	text := strings.TrimLeft(lines[0].Text, " ")
	if text == "" || !fold.IsUpper(rune(text[0])) {
		return containerBegins(lines)
	}
	key, value, wide, ok := describeKey(text)
	if !ok {
		return isConditionHead(text) || isConditionRow(text)
	}
	strength, known := describeKeys[key]
	switch {
	case !known || within[key] || key == "Containers" && value != "":
		return false
	case strength == strong && (wide || value == "" || key == "Events" || !strings.Contains(value, " ")):
		return true
	}
	next := ""
	for _, l := range lines[1:min(3, len(lines))] {
		if next = strings.TrimLeft(l.Text, " "); next != "" {
			break
		}
	}
	nextKey, _, nextWide, ok := describeKey(next)
	_, nextKnown := describeKeys[nextKey]
	switch {
	case ok && nextKnown && (wide || value == "" || nextWide || !strings.Contains(value, " ")):
		return true
	case value == "" && ok: // Spec:, Status: and their fields
		return lines[1].Indent() > lines[0].Indent() && (fold.IsUpper(rune(next[0])) || key == "Capacity" && nextWide)
	case value == "":
		return isConditionHead(next) || strings.HasSuffix(key, "ontainers") && strings.HasSuffix(next, ":") && observe.IsName(next[:len(next)-1])
	}
	return wide && strength != weak
}

// containerBegins reports whether the first line is the name of a container, as in the
// Containers section.
func containerBegins(lines []line.Line) bool {
	name, ok := strings.CutSuffix(strings.TrimLeft(lines[0].Text, " "), ":")
	if !ok || len(lines) < 2 || !observe.IsName(name) {
		return false
	}
	next := strings.TrimLeft(lines[1].Text, " ")
	return strings.HasPrefix(next, "Container ID:") || strings.HasPrefix(next, "Image:")
}

// resumes reports whether the description continues at lines[0], after blank lines.
func (d *description) resumes(lines []line.Line) bool {
	l := lines[0]
	text := strings.TrimLeft(l.Text, " ")
	if l.Indent() > d.base && d.section != "" {
		return true
	}
	key, value, wide, ok := describeKey(text)
	if !ok {
		return text == "Data" || text == "BinaryData" || text == "Resource Quotas" || text == "No resource quota."
	}
	strength, known := describeKeys[key]
	return known && key != "Name" && (wide || value == "" || strength == strong)
}

// read reads a line. ended is true if the line is the last line of the description. ok is false
// if the line does not belong to the description.
func (d *description) read(l line.Line) (ended, ok bool) {
	text := strings.TrimLeft(l.Text, " ")
	indent := len(l.Text) - len(text)
	key, value, wide, isKey := describeKey(text)
	if d.raw {
		if key == "Events" && indent == 0 {
			d.whole = true
			return true, true
		}
		if d.guess == "secret" {
			d.whole = strings.HasSuffix(text, " bytes") || strings.Trim(text, "=") == ""
			return false, d.whole
		}
		return false, line.Command(l.Text) == nil && !(key == "Name" && wide && indent == 0)
	}
	if !isKey && strings.HasPrefix(text, "Warning  ") {
		return false, false // an event
	}
	if indent <= d.base {
		_, known := describeKeys[key]
		switch {
		case isKey && (known || wide && fold.IsUpper(rune(text[0])) && indent == d.base && len(d.fields) > 0):
			if key == "Name" && len(d.fields) > 0 {
				return false, false
			}
			if key == "Events" {
				return true, true
			}
			d.base = indent
			d.outermost(key, value, l)
			return false, true
		case isKey && value == "" && observe.IsName(key) && d.section == "" && len(d.fields) == 0:
			d.section, d.inner = "Containers", indent
			d.inside(key, value, true, l, text)
			return false, true
		case d.messageIndent > 0 && d.state != nil && indent < d.messageIndent && !isCommand(l.Text):
			return false, d.wrapped(text) // a message of several lines
		case d.section == "Conditions" || d.section == "" && (isConditionHead(text) || isConditionRow(text)):
			return false, d.conditionLine(l, text)
		case (text == "Data" || text == "BinaryData") && len(d.fields) > 1:
			if d.raw = true; d.guess == "" {
				d.guess = "configmap"
				if d.fields["Type"] != "" {
					d.guess = "secret"
				}
			}
			return false, true
		case text == "Resource Quotas", text == "No resource quota.":
			d.guess = cmp.Or(d.guess, "namespace")
			return false, text[0] == 'N' // the quotas are tables of their own
		case strings.Trim(text, "-= ") == "", text == "No LimitRange resource.":
			return false, true
		case isQuotaHead(text) && strings.Contains(text, " Used "):
			return false, false // a table of its own
		case isQuotaHead(text):
			d.section, d.base = "Resources", indent
			return false, true
		case d.section == "Resources" && strings.Contains(text, "  "):
			return false, true
		}
		return false, false
	}
	if len(d.fields) == 0 && d.section == "" && len(d.containers) == 0 {
		return false, d.conditionLine(l, text)
	}
	if d.inner < 0 {
		d.inner = indent
	}
	d.inside(key, value, isKey, l, text)
	return false, true
}

func isCommand(s string) bool { return line.Command(s) != nil }

// isQuotaHead reports whether a line is the header of a table of quotas or rules.
func isQuotaHead(text string) bool {
	return (strings.HasPrefix(text, "Resource  ") || strings.HasPrefix(text, "Resources  ") || strings.HasPrefix(text, "Type  ")) && (strings.Contains(text, " Hard") || strings.Contains(text, " Verbs") || strings.Contains(text, " Resource "))
}

// outermost reads a line with a top-level key.
func (d *description) outermost(key, value string, l line.Line) {
	if kind := kindOfKey[key]; kind != "" && d.guess == "" {
		d.guess = kind
	}
	wasState := d.state
	if d.containerLine(key, value, l) && (wasState != nil || d.state != nil || key == "Restart Count" || key == "Ready") {
		d.section, d.inner = "", -1
		return
	}
	if key == "Message" && d.section == "" {
		d.messageIndent = 0
	}
	d.section, d.sectionIndent, d.inner, d.head = key, l.Indent(), -1, ""
	if _, seen := d.fields[key]; !seen {
		d.fields[key] = value
		d.order = append(d.order, key)
	}
	switch key {
	case "Taints":
		d.taint(value)
	case "State", "Last State":
		d.section = ""
	}
}

// inside reads a line indented below a top-level key.
func (d *description) inside(key, value string, isKey bool, l line.Line, text string) {
	switch d.section {
	case "Containers", "Init Containers", "Ephemeral Containers", "":
		if isKey && value == "" && l.Indent() == d.inner && observe.IsName(key) {
			d.containers = append(d.containers, resource.Container{Name: key, Init: d.section == "Init Containers", Restarts: -1})
			d.state = nil
			return
		}
		if isKey && (len(d.containers) > 0 || d.section == "") {
			d.containerLine(key, value, l)
		} else if d.state != nil && d.state.Message != "" {
			d.wrapped(text)
		}
	case "Conditions":
		d.conditionLine(l, text)
	case "Taints":
		d.taint(text)
	case "Errors":
		d.errorLine(value, isKey, l.Number, text)
	case "Status":
		if isKey && key == "Allowed disruptions" {
			d.fields[key] = value
			d.guess = "poddisruptionbudget"
		} else if isKey && key == "Total" {
			d.fields[key] = value
		}
		d.status = append(d.status, l)
	case "Metadata":
		if key == "Deletion Timestamp" {
			d.deleting = true
		}
	case "Lease":
		if key == "HolderIdentity" && observe.IsName(value) {
			d.holder = value
		}
	case "Metrics":
		if i := strings.LastIndex(text, ": "); i > 0 && strings.Contains(text[i:], " / ") {
			d.metrics = append(d.metrics, strings.TrimSpace(text[i+1:]))
		}
	case "Rules":
		if i := strings.Index(text, "<error: "); i >= 0 && d.backend == "" {
			d.backend = strings.TrimRight(text[i+len("<error: "):], ">)")
		}
	case "Message", "Reason":
		if d.fields[d.section] != "" && len(d.fields[d.section]) < 4<<10 {
			d.fields[d.section] = d.joiner.Append(d.fields[d.section], " ", text)
		}
	}
}
