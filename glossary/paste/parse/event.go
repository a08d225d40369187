package parse

import (
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadEvents is the [Reader] for event tables, as printed by kubectl get events, by kubectl events,
// and in the Events section of kubectl describe.
func ReadEvents(p *Parser, lines []line.Line) int {
	t := eventsHead(lines[0].Text)
	if t == nil {
		return 0
	}
	n, first := 1, p.Text.Observations.Len()
	for ; n < len(lines); n++ {
		l := lines[n]
		if strings.Trim(l.Text, "- ") == "" {
			if l.Text == "" {
				break
			}
			continue
		}
		o, ok := t.event(l.Text)
		if !ok {
			if l.Indent() > 4 && p.Text.Observations.Len() > first { // a wrapped message
				last := p.Text.Observations.Last()
				last.Message = p.joiner.Append(last.Message, " ", strings.TrimSpace(l.Text))
				continue
			}
			break
		}
		p.AddEvent(o, l.Number)
	}
	return n
}

// An eventTable is the parsed header of an event table.
type eventTable struct{ table }

// eventsHead parses the header of an event table, or returns nil for any other line.
func eventsHead(s string) *eventTable {
	if !strings.Contains(s, "REASON") && !strings.Contains(s, "Reason") {
		return nil
	}
	upper := strings.ToUpper(strings.TrimRight(s, " "))
	if !strings.Contains(upper, "MESSAGE") || !strings.Contains(upper, "TYPE") {
		return nil
	}
	for _, w := range strings.Fields(upper) {
		if !eventColumns[w] {
			return nil
		}
	}
	t := &eventTable{}
	for _, w := range spans(upper, strings.Contains(strings.TrimSpace(upper), "  ")) {
		t.columns = append(t.columns, upper[w[0]:w[1]])
		t.starts = append(t.starts, w[0])
	}
	if slices.Contains(t.columns, "LASTTRANSITIONTIME") {
		return nil
	}
	return t
}

// IsTableHeader reports whether a line is a table header.
func IsTableHeader(s string) bool { return head(s) != nil || eventsHead(s) != nil }

var eventColumns = lex.Set("NAMESPACE|LAST|FIRST|SEEN|TYPE|REASON|OBJECT|SUBOBJECT|SOURCE|MESSAGE|AGE|FROM|COUNT|NAME|KIND|FIRSTSEEN|LASTSEEN|SUBOBJECTPATH")

// event parses a row. It first looks for the type (Normal or Warning), since columns are
// often misaligned.
func (t *eventTable) event(s string) (observe.Observation, bool) {
	if o, ok := eventFields(s); ok {
		return o, true
	}
	cells, ok := t.aligned(s)
	if !ok {
		return observe.Observation{}, false
	}
	o := observe.Observation{Place: observe.Event}
	for i, c := range t.columns {
		switch c {
		case "TYPE":
			o.Value = cells[i]
		case "REASON":
			o.Reason = cells[i]
		case "OBJECT":
			o.Object = observe.ObjectNamed(cells[i], "")
		case "MESSAGE":
			o.Message = cells[i]
		case "NAMESPACE":
			o.Object.Namespace = cells[i]
		}
	}
	return o, isReason(o.Reason)
}

// squeezedEvent matches an event after other text, with runs of spaces collapsed by a chat:
// "the end of describe: Warning Unhealthy 12s (x15 over 3m) kubelet Readiness …".
var squeezedEvent = lazyregexp.New(`^(.*)\b(Normal|Warning) ([A-Z][A-Za-z0-9]+) (\d+[smhd]\S* (?:\(x\d+ over \S+\) )?[a-z][\w-]+ .+)$`)

// beginsSqueezed reports whether one space and a capital follow Normal or Warning somewhere in s, as in each
// text that squeezedEvent matches.
func beginsSqueezed(s string) bool {
	for _, kind := range [...]string{"Normal ", "Warning "} {
		for rest := s; ; {
			_, after, ok := strings.Cut(rest, kind)
			if !ok {
				break
			}
			if after != "" && 'A' <= after[0] && after[0] <= 'Z' {
				return true
			}
			rest = after
		}
	}
	return false
}

// timesOver matches "(x4 over 5m)".
var timesOver = lazyregexp.New(`\(x(\d+) over [^)]+\)`)

// eventFields parses an event row without using a header. It returns false if the line is not
// an event row.
func eventFields(s string) (observe.Observation, bool) {
	if !strings.Contains(s, "Normal ") && !strings.Contains(s, "Warning ") {
		return observe.Observation{}, false
	}
	e, ok := eventIn(s)
	if !ok {
		if !beginsSqueezed(s) {
			return observe.Observation{}, false
		}
		m := squeezedEvent.FindStringSubmatch(s)
		if m == nil {
			return observe.Observation{}, false
		}
		e = eventParts{"", m[2], m[3], m[4]}
	}
	if !isReason(e.reason) {
		return observe.Observation{}, false
	}
	o := observe.Observation{Place: observe.Event, Value: e.kind, Reason: e.reason}
	if c := timesOver.FindStringSubmatch(e.ages); c != nil { // kubectl events
		o.Count = int32(lex.Number(c[1]))
		e.ages = strings.Replace(e.ages, c[0], "", 1)
	}
	for f := range strings.FieldsSeq(e.ages) {
		switch {
		case observe.IsAge(f) && o.Age == 0:
			o.Age = observe.ParseAge(f)
		case observe.IsName(f) && !observe.IsAge(f) && f != "ago":
			o.Object.Namespace = f
		}
	}
	readRest(&o, e.rest)
	return o, true
}

// readRest sets the fields that come after the reason: an object or an age, a component,
// and the message.
func readRest(o *observe.Observation, rest string) {
	if c := timesOver.FindStringSubmatch(rest); c != nil {
		o.Count = int32(lex.Number(c[1]))
		rest = strings.Replace(rest, c[0], "", 1)
	}
	cells := lex.Cells(strings.TrimSpace(rest))
	if len(cells) == 1 { // separated by single spaces
		first, more, _ := strings.Cut(cells[0], " ")
		cells = []string{first, strings.TrimSpace(more)}
		if observe.IsAge(first) {
			from, message, _ := strings.Cut(strings.TrimSpace(more), " ")
			cells = []string{first, from, strings.TrimSpace(message)}
		}
	}
	for len(cells) > 1 {
		c := cells[0]
		switch {
		case strings.TrimSpace(c) == "": // the line ends after the age
		case observe.IsAge(c) || c == "<unknown>" || c == "<invalid>":
			if o.Age == 0 {
				o.Age = observe.ParseAge(c)
			}
		case observe.IsAge(strings.Fields(c)[0]):
			o.Age = observe.ParseAge(c)
		case strings.Contains(c, "/") && !strings.Contains(c, " ") && !strings.HasPrefix(c, "managed/") && o.Object.Name == "" && observe.ObjectNamed(c, "").Name != "":
			ns := o.Object.Namespace
			o.Object = observe.ObjectNamed(c, "")
			o.Object.Namespace = ns
		case component.MatchString(c):
			o.From, _, _ = strings.Cut(c, ",")
			if _, node, ok := strings.Cut(c, ", "); ok && observe.IsName(node) {
				o.Related = append(o.Related, observe.Object{Kind: "node", Name: node})
			}
		case strings.HasPrefix(c, "spec."):
			if i := strings.IndexByte(c, '{'); i > 0 && observe.IsName(strings.TrimSuffix(c[i+1:], "}")) {
				o.Object.Container = strings.TrimSuffix(c[i+1:], "}")
				o.Object.Init = strings.Contains(c, "initContainers")
			}
		default:
			o.Message = strings.Join(cells, " ")
			return
		}
		cells = cells[1:]
	}
	if len(cells) > 0 {
		o.Message = cells[0]
	}
}

// component matches the reporter of an event: kubelet, "kubelet, node-1",
// default-scheduler, cert-manager-certificates-trigger.
var component = lazyregexp.New(`^(?:\{?[a-z][a-zA-Z0-9./_-]*\}?)(?:[, ]+[\w.-]+)?$`)

func isReason(s string) bool {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return len(s) > 3 && isCamel(s)
	}
	return !strings.Contains(s, " ")
}

// isCamel reports whether s is a word in lower camel case, such as nodeAssigned.
func isCamel(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return 'A' <= r && r <= 'Z' }) > 0 && !strings.ContainsAny(s, " .:/")
}

// ReadEventRow is the [Reader] for an event row without a header.
func ReadEventRow(p *Parser, lines []line.Line) int {
	o, ok := eventFields(lines[0].Text)
	if !ok {
		return 0
	}
	n := 1
	for n < len(lines) && lines[n].Text != "" && lines[n].Indent() > 20 {
		o.Message = p.joiner.Append(o.Message, " ", strings.TrimSpace(lines[n].Text))
		n++
	}
	p.AddEvent(o, lines[0].Number)
	return n
}

// containerPrefix matches the prefix that kubectl describe has added to messages since v1.32:
// "spec.containers{app}: Back-off …".
var containerPrefix = lazyregexp.New(`^spec\.(initC|c|ephemeralC)ontainers\{([a-z0-9-]+)\}: `)

// AddEvent adds an event from the line with the given number. An event without an object is about
// the described object. The reasons in a scheduler's message become separate observations.
func (p *Parser) AddEvent(o observe.Observation, number int32) {
	o.Line = number
	if o.Object.Name == "" {
		ns, c := o.Object.Namespace, o.Object
		o.Object = p.Object
		if o.Object.Name == "" && p.Command != nil && p.Command.Verb == "describe" {
			o.Object = p.Command.Object
		}
		if o.Object.Namespace == "" {
			o.Object.Namespace = ns
		}
		o.Object.Container, o.Object.Init = c.Container, c.Init
	}
	if m := containerPrefix.FindStringSubmatch(o.Message); m != nil {
		o.Object.Container, o.Object.Init = m[2], m[1] == "initC"
		o.Message = o.Message[len(m[0]):]
	}
	if o.Value == "Warning" {
		o.Verdict = observe.Unhealthy
	} else if !strings.Contains(o.Value, "Normal") {
		o.Verdict = observe.Unjudged
	}
	if o.Object.Name == "" {
		p.named(&o)
	}
	if o.Object.Kind == "" && o.Object.Name != "" && o.From == "default-scheduler" {
		o.Object.Kind = "pod" // the scheduler's events are about Pods
		p.Object.Kind = "pod"
	}
	if unschedulable.MatchString(o.Message) {
		o.Nodes = -1
	}
	p.Add(o)
	if o.Nodes < 0 {
		p.schedulerReasons(o)
	}
}

// assigned matches the message of a Scheduled event, which names the Pod. The events around
// it are about the same Pod.
var assigned = lazyregexp.New(`^Successfully assigned (?:([a-z0-9-]+)/)?([a-z0-9.-]+) to (\S+)$`)

// named sets the object of an event to the one in its message: of a Scheduled event to the Pod, and of
// "create Pod web-0 in StatefulSet web failed error: …" to the StatefulSet.
func (p *Parser) named(o *observe.Observation) {
	if _, rest, ok := strings.Cut(o.Message, " in StatefulSet "); ok && strings.HasPrefix(o.Message, "create ") { // the Pod doesn't exist yet
		name, _, _ := strings.Cut(rest, " ")
		o.Object = observe.Object{Kind: "statefulset", Name: name, Namespace: o.Object.Namespace}.Valid()
	}
	m := assigned.FindStringSubmatch(o.Message)
	if m == nil {
		return
	}
	o.Object = observe.Object{Kind: "pod", Namespace: m[1], Name: m[2]}.Valid()
	o.Related = append(o.Related, observe.Object{Kind: "node", Name: m[3]}.Valid())
	p.Object = o.Object
	if o.Object.Name == "" {
		return
	}
	// Earlier events that have no object are about the same Pod.
	for i := p.Text.Observations.Len() - 1; i >= 0; i-- {
		e := p.Text.Observations.At(i)
		if e.Place == observe.Line {
			p.doubts = append(p.doubts, i)
		}
		if e.Place != observe.Event || e.Object.Name != "" {
			break
		}
		e.Object.Kind, e.Object.Name, e.Object.Namespace = o.Object.Kind, o.Object.Name, o.Object.Namespace
	}
}

// unschedulable matches the beginning of the scheduler's message, before the reasons.
var unschedulable = lazyregexp.New(`\b0/(\d+) nodes are available:? ?`)

// schedulerReasons adds each reason in the scheduler's message with its number of nodes:
// "1 node(s) had untolerated taint {a: }, 2 Insufficient cpu".
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/types.go
func (p *Parser) schedulerReasons(o observe.Observation) {
	at := unschedulable.FindStringIndex(o.Message)
	if at == nil {
		return
	}
	reasons := o.Message[at[1]:]
	for _, end := range [...]string{"preemption:", " still not schedulable"} {
		reasons, _, _ = strings.Cut(reasons, end)
	}
	for part := range strings.SplitSeq(strings.TrimRight(strings.TrimSpace(reasons), "."), ", ") {
		count, reason, ok := strings.Cut(strings.TrimSpace(part), " ")
		n := lex.Number(count)
		if !ok || n == 0 {
			reason = part
		}
		o.Message, o.Nodes, o.Verdict = reason, int32(n), observe.Unhealthy
		if strings.Contains(reason, "node-role.kubernetes.io/control-plane") || strings.Contains(reason, "node-role.kubernetes.io/master") {
			o.Nodes = 0 // normal, unless it is the only reason
		}
		p.Add(o)
	}
}

// ContainerOf returns the container in the field path of an event, such as
// spec.initContainers{setup}. It returns "" if there is none.
func ContainerOf(path string) (name string, init bool) {
	if m := containerPrefix.FindStringSubmatch(path + ": "); m != nil {
		return m[2], m[1] == "initC"
	}
	return "", false
}
