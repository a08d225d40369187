package paste

import (
	"slices"
	"strings"
)

// add adds what the description says. Its object becomes that of the events below it.
func (d *description) add(p *parser) {
	tree := d.tree()
	if d.guess == "" && tree != nil {
		d.guess = kindOfStatus(nil, tree)
	}
	s := d.subject(p)
	if s.object.Kind != "" || s.object.Name != "" {
		p.object = s.object
	}
	custom := tree != nil && s.object.Kind != "poddisruptionbudget"
	o := Observation{Place: Row, Object: s.object, Owner: s.owner, Related: s.related, Cells: d.cells(s.object.Kind), Line: d.line}
	if custom {
		root := &node{kids: []*node{tree}, line: d.line}
		tree.key = "status"
		o.Cells = append(o.Cells, manifestCells(s.object.Kind, root, tree, nil)...)
		o.Message = tree.str("message")
		for _, f := range []string{"reason", "message"} {
			if v := tree.str(f); v != "" {
				o.Cells = append(o.Cells, Cell{Column: strings.ToUpper(f), Value: v})
			}
		}
	}
	if d.deleting {
		o.Cells = slices.DeleteFunc(o.Cells, func(c Cell) bool { return c.Column == "STATUS" })
		o.Cells = append(o.Cells, Cell{Column: "STATUS", Value: "Terminating"})
	}
	if len(o.Cells) > 0 {
		if i := slices.IndexFunc(d.order, func(k string) bool { return k == "Status" }); i >= 0 && len(d.status) > 0 {
			o.Line = max(o.Line, d.status[0].number-1)
		}
		p.addRow(o)
		judgeExtra(&p.text.Observations[len(p.text.Observations)-1])
	}
	p.addContainers(s, d.containers)
	done := d.fields["Status"] == "Succeeded"
	for _, c := range d.conditions {
		c.Object, c.Owner = s.object, s.owner
		p.addCondition(c, done)
	}
	if custom {
		p.allConditions(s, tree, false)
	}
}

// subject returns the described object: what its own fields say, then the command, then
// fields that only one kind has.
func (d *description) subject(p *parser) subject {
	s := subject{line: d.line}
	name, namespace := d.fields["Name"], d.fields["Namespace"]
	kind := ""
	if k := d.fields["Kind"]; k != "" {
		kind = kindNamed(k)
	}
	if kind == "" && d.guess == "" {
		d.guess = d.kindByConditions()
	}
	if c := p.command; c != nil && (c.Verb == "describe" || c.Verb == "get") {
		if kind == "" && (d.guess == "" || d.guess == c.Object.Kind || d.fields["Name"] != "" && c.Verb == "describe") {
			kind = c.Object.Kind
		}
		if name == "" && c.Verb == "describe" && (d.guess == "" || d.guess == c.Object.Kind || kind == c.Object.Kind) {
			name = c.Object.Name
		}
	}
	if kind == "" {
		kind = d.guess
	}
	if kind == "" && d.fields["Status"] != "" && (d.fields["Reason"] != "" || d.fields["Node"] != "") {
		kind = "pod"
	}
	s.object = Object{Kind: kind, Name: name, Namespace: namespace}.valid()
	if s.object == (Object{}) && IsName(kind) {
		s.object.Kind = kind
	}
	if owner := d.fields["Controlled By"]; strings.Contains(owner, "/") {
		s.owner = objectNamed(owner, "")
	}
	if s.owner.Name != "" && Namespaced(s.owner.Kind) {
		s.owner.Namespace = s.object.Namespace
		if s.owner.Namespace == "" && p.command != nil {
			s.owner.Namespace = p.command.Object.Namespace
		}
	}
	if node, _, _ := strings.Cut(d.fields["Node"], "/"); IsName(node) && kind != "node" {
		s.related = append(s.related, Object{Kind: "node", Name: node})
	}
	if kind == "node" && s.object.Name == "" && d.holder != "" {
		s.object = Object{Kind: "node", Name: d.holder}
	}
	if kind == "persistentvolume" {
		if ns, claim, ok := strings.Cut(d.fields["Claim"], "/"); ok && IsName(claim) && IsName(ns) {
			s.related = append(s.related, Object{Kind: "persistentvolumeclaim", Name: claim, Namespace: ns})
		}
	}
	return s
}

func (d *description) kindByConditions() string {
	for _, c := range d.conditions {
		if kind := conditionKinds[c.Field]; kind != "" {
			return kind
		}
	}
	return ""
}

// troubleTaints are the taints that Kubernetes puts on a node that is not well, or that is
// kept free. https://kubernetes.io/docs/reference/labels-annotations-taints/
var troubleTaints = setOf("not-ready", "unreachable", "memory-pressure", "disk-pressure", "pid-pressure", "network-unavailable", "unschedulable", "out-of-service")

// judgeExtra gives cells that kubectl get has no column for their verdicts: taints,
// endpoints of a Service, failed Pods, the backends of an Ingress.
func judgeExtra(o *Observation) {
	for i := range o.Cells {
		c := &o.Cells[i]
		bad := false
		switch c.Column {
		case "TAINTS":
			key, _, _ := strings.Cut(c.Value, ":")
			key, _, _ = strings.Cut(key, "=")
			name, ok := strings.CutPrefix(key, "node.kubernetes.io/")
			bad = ok && troubleTaints[name] || key == "node.cloudprovider.kubernetes.io/uninitialized"
		case "ENDPOINTS":
			bad = c.Value == "<none>"
		case "REASON":
			bad = o.Object.Kind == "pod" && o.Cell("STATUS") == c.Value && c.Value != "Completed"
		case "MESSAGE":
			bad = o.Object.Kind == "ingress"
		case "PHASE":
			bad = o.Object.Kind == "application" && (c.Value == "Failed" || c.Value == "Error")
		}
		if bad {
			c.Verdict, o.Verdict = Trouble, Trouble
		}
	}
}

// tree returns the status of a custom resource as a manifest has it, and nil if the
// description has none.
func (d *description) tree() *node {
	if len(d.status) == 0 {
		return nil
	}
	root := &node{line: d.status[0].number}
	stack := []frame{{root, -1, false}}
	for _, l := range d.status {
		text := strings.TrimLeft(l.text, " ")
		indent := len(l.text) - len(text)
		key, value, _, ok := describeKey(text)
		for len(stack) > 1 && stack[len(stack)-1].indent >= indent {
			stack = stack[:len(stack)-1]
		}
		top := stack[len(stack)-1]
		switch {
		case !ok && top.node != root:
			if len(top.kids) == 0 && len(top.text) < 4<<10 {
				top.text = strings.TrimLeft(top.text+" "+text, " ")
			}
			continue
		case !ok:
			continue
		}
		n := &node{key: fieldName(key), text: value, line: l.number}
		if value == "<nil>" {
			n.text = ""
		}
		top.kids = append(top.kids, n)
		if len(stack) < maxDepth {
			stack = append(stack, frame{n, indent, false})
		}
	}
	if root.get("type") != nil && root.get("status") != nil {
		return &node{line: root.line, kids: []*node{{key: "conditions", kids: root.kids, line: root.line}}}
	}
	return root
}

// fieldName returns the field that kubectl describe prints as a label: Last Transition
// Time is lastTransitionTime.
func fieldName(label string) string {
	words := strings.Fields(label)
	for i, w := range words {
		if i == 0 {
			words[i] = strings.ToLower(w)
		} else {
			words[i] = title(w)
		}
	}
	return strings.Join(words, "")
}
