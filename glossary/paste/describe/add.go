package describe

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/resource"
)

// add adds the observations of the description to p. The described object becomes the default
// object of the events that follow.
func (d *description) add(p *parse.Parser) {
	tree := d.tree()
	if d.guess == "" && tree != nil {
		d.guess = resource.KindOfStatus(nil, tree)
	}
	s := d.subject(p)
	if s.Object.Kind != "" || s.Object.Name != "" {
		p.Object = s.Object
	}
	custom := tree != nil && s.Object.Kind != "poddisruptionbudget"
	o := observe.Observation{Place: observe.Row, Object: s.Object, Related: s.Related, Cells: d.cells(s.Object.Kind), Line: d.line}
	if custom {
		root := &resource.Node{Children: []*resource.Node{tree}, Line: d.line}
		tree.Key = "status"
		o.Cells = append(o.Cells, resource.Cells(s.Object.Kind, root, tree, nil)...)
		o.Message = resource.MessageOf(tree)
		if v := tree.Str("reason"); v != "" {
			o.Cells = append(o.Cells, observe.Cell{Column: "REASON", Value: v})
		}
		if o.Message != "" {
			o.Cells = append(o.Cells, observe.Cell{Column: "MESSAGE", Value: o.Message})
		}
	}
	if d.deleting {
		o.Cells = slices.DeleteFunc(o.Cells, func(c observe.Cell) bool { return c.Column == "STATUS" })
		o.Cells = append(o.Cells, observe.Cell{Column: "STATUS", Value: "Terminating"})
	}
	if len(o.Cells) > 0 {
		if i := slices.IndexFunc(d.order, func(k string) bool { return k == "Status" }); i >= 0 && len(d.status) > 0 {
			o.Line = max(o.Line, d.status[0].Number-1)
		}
		p.AddStatus(o)
	}
	if len(o.Cells) == 0 && len(d.conditions) == 0 && stateless[s.Object.Kind] && d.raw == d.whole {
		o.Line = d.line
		p.Add(o)
	}
	for _, e := range d.errors {
		p.AddError("velero", e.message, s.Object, e.line)
	}
	resource.AddContainers(p, s, d.containers)
	done := d.fields["Status"] == "Succeeded"
	for _, c := range d.conditions {
		resource.AddCondition(p, observe.Observation{Place: observe.Condition, Object: s.Object, Field: c.field, Value: c.value, Reason: c.reason, Message: c.message, Line: c.line}, done)
	}
	if custom {
		resource.AddConditions(p, s, tree, false)
	}
}

// stateless are the kinds whose descriptions, or parts of them without conditions, show no state. Such a
// part of a node lists its capacity and the requests of its Pods.
var stateless = lex.Set("node|networkpolicy|configmap|role|clusterrole|rolebinding|clusterrolebinding|serviceaccount|secret|limitrange|priorityclass|storageclass|ingressclass")

// subject returns the described object, with its related objects. It takes the kind
// and name from the fields of the description, from the command, or from fields that only one
// kind has, in this order.
func (d *description) subject(p *parse.Parser) resource.Subject {
	s := resource.Subject{Line: d.line}
	name, namespace := d.fields["Name"], d.fields["Namespace"]
	kind := ""
	if k := d.fields["Kind"]; k != "" {
		kind = observe.KindIn(k, d.fields["API Version"])
	}
	if kind == "" && d.guess == "" {
		d.guess = d.kindByConditions()
	}
	if c := p.Command; c != nil && (c.Verb == "describe" || c.Verb == "get") {
		if kind == "" && (d.guess == "" || d.guess == c.Object.Kind || d.fields["Name"] != "" && c.Verb == "describe") {
			kind = c.Object.Kind
		}
		if name == "" && c.Verb == "describe" && (d.guess == "" || d.guess == c.Object.Kind || kind == c.Object.Kind) {
			name = c.Object.Name
		}
	}
	if c := p.Command; c != nil && c.Program != "kubectl" && kind == "" && d.guess == "" && name != "" && name == c.Object.Name {
		kind = c.Object.Kind // velero backup describe
	}
	if kind == "" {
		kind = d.guess
	}
	if kind == "" {
		kind = kindByReplicas(d.fields["Replicas"])
	}
	if _, hint, ok := strings.Cut(d.fields["Phase"], " (run `velero "); ok && kind == "" {
		kind, _, _ = strings.Cut(hint, " ") // velero backup logs nightly
	}
	if kind == "" && d.fields["Status"] != "" && (d.fields["Reason"] != "" || d.fields["Node"] != "") {
		kind = "pod"
	}
	s.Object = observe.Object{Kind: kind, Name: name, Namespace: namespace}.Valid()
	if s.Object == (observe.Object{}) && observe.IsName(kind) {
		s.Object.Kind = kind
	}
	if node, _, _ := strings.Cut(d.fields["Node"], "/"); observe.IsName(node) && kind != "node" {
		s.Related = append(s.Related, observe.Object{Kind: "node", Name: node})
	}
	if kind == "node" && s.Object.Name == "" && d.holder != "" {
		s.Object = observe.Object{Kind: "node", Name: d.holder}
	}
	if kind == "persistentvolume" {
		if ns, claim, ok := strings.Cut(d.fields["Claim"], "/"); ok && observe.IsName(claim) && observe.IsName(ns) {
			s.Related = append(s.Related, observe.Object{Kind: "persistentvolumeclaim", Name: claim, Namespace: ns})
		}
	}
	return s
}

// kindByReplicas derives the kind of a workload from how kubectl describe prints its Replicas:
// "3 desired | 1 total" belongs to a StatefulSet.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubectl/pkg/describe/describe.go
func kindByReplicas(value string) string {
	switch {
	case strings.Contains(value, " desired | ") && strings.Contains(value, " updated | "):
		return "deployment"
	case strings.Contains(value, " desired | "):
		return "statefulset"
	case strings.Contains(value, " current / "):
		return "replicaset"
	}
	return ""
}

func (d *description) kindByConditions() string {
	for _, c := range d.conditions {
		if kind := resource.ConditionKinds[c.field]; kind != "" {
			return kind
		}
	}
	return ""
}

// tree returns the status of a custom resource as a tree, like the tree of a manifest. It
// returns nil if the description has no status section.
func (d *description) tree() *resource.Node {
	if len(d.status) == 0 {
		return nil
	}
	root := &resource.Node{Line: d.status[0].Number}
	stack := []resource.Frame{{Node: root, Indent: -1, Item: false}}
	for _, l := range d.status {
		text := strings.TrimLeft(l.Text, " ")
		indent := len(l.Text) - len(text)
		key, value, _, ok := describeKey(text)
		for len(stack) > 1 && stack[len(stack)-1].Indent >= indent {
			stack = stack[:len(stack)-1]
		}
		top := stack[len(stack)-1]
		switch {
		case !ok && top.Node != root:
			if len(top.Children) == 0 && len(top.Text) < 4<<10 {
				top.Text = strings.TrimLeft(d.joiner.Append(top.Text, " ", text), " ")
			}
			continue
		case !ok:
			continue
		}
		n := &resource.Node{Key: fieldName(key), Text: value, Line: l.Number}
		if value == "<nil>" {
			n.Text = ""
		}
		top.Children = append(top.Children, n)
		if len(stack) < resource.MaxDepth {
			stack = append(stack, resource.Frame{Node: n, Indent: indent, Item: false})
		}
	}
	if root.Get("type") != nil && root.Get("status") != nil {
		return &resource.Node{Line: root.Line, Children: []*resource.Node{{Key: "conditions", Children: root.Children, Line: root.Line}}}
	}
	return root
}

// fieldName returns the API field for a label in kubectl describe: lastTransitionTime for "Last
// Transition Time".
func fieldName(label string) string {
	words := strings.Fields(label)
	for i, w := range words {
		if i == 0 {
			words[i] = strings.ToLower(w)
		} else {
			words[i] = resource.Title(w)
		}
	}
	return strings.Join(words, "")
}
