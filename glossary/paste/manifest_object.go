package paste

import "strings"

// A subject is an object whose status is read.
type subject struct {
	object, owner Object
	related       []Object
	line          int
}

// manifestObject adds what the status of an object says.
func (p *parser) manifestObject(n *node) {
	status := n.get("status")
	if status == nil || len(status.kids) == 0 {
		if n.has("type") && n.has("status") || isFragment(n) {
			status = n
		}
	}
	s := p.subjectOf(n, status)
	if s.object.Name != "" {
		p.object = s.object
	}
	p.status(s, n, status)
}

// isFragment reports whether the fields are those below status.
func isFragment(n *node) bool {
	for _, k := range []string{"conditions", "containerStatuses", "initContainerStatuses", "containerID", "restartCount", "waiting", "terminated", "lastState", "phase", "loadBalancer", "readyReplicas", "parents", "operationState"} {
		if n.get(k) != nil {
			return !n.has("metadata") && !n.has("spec")
		}
	}
	return n.get("state") != nil && !n.has("metadata") && !n.has("spec")
}

// subjectOf returns the object of a manifest. What its metadata doesn't tell is taken
// from the command above it and from fields that only one kind has.
func (p *parser) subjectOf(n, status *node) subject {
	meta := n.get("metadata")
	s := subject{line: n.line, object: Object{Kind: kindNamed(n.str("kind")), Name: meta.str("name"), Namespace: meta.str("namespace")}.valid()}
	if c := p.command; c != nil && (c.Verb == "get" || c.Verb == "edit" || c.Verb == "describe") && s.object.Name == "" && (s.object.Kind == "" || s.object.Kind == c.Object.Kind) {
		ns := s.object.Namespace
		s.object = c.Object.Whole()
		if ns != "" {
			s.object.Namespace = ns
		}
	}
	if s.object.Kind == "" {
		s.object.Kind = kindOfStatus(n, status)
	}
	for _, ref := range meta.get("ownerReferences").items() {
		if s.owner.Name == "" || ref.str("controller") == "true" {
			s.owner = Object{Kind: kindNamed(ref.str("kind")), Name: ref.str("name"), Namespace: s.object.Namespace}.valid()
		}
	}
	if !Namespaced(s.owner.Kind) {
		s.owner.Namespace = ""
	}
	if node := n.str("spec", "nodeName"); IsName(node) {
		s.related = append(s.related, Object{Kind: "node", Name: node})
	}
	return s
}

// kindOfStatus returns the kind that alone has one of the fields, and "" if none is there.
func kindOfStatus(n, status *node) string {
	for _, f := range []struct{ field, kind string }{
		{"containerStatuses", "pod"}, {"initContainerStatuses", "pod"}, {"qosClass", "pod"}, {"podIP", "pod"}, {"hostIP", "pod"}, {"containerID", "pod"}, {"restartCount", "pod"}, {"lastState", "pod"}, {"waiting", "pod"}, {"terminated", "pod"},
		{"nodeInfo", "node"}, {"kubeletConfigKey", "node"}, {"numberReady", "daemonset"}, {"desiredNumberScheduled", "daemonset"}, {"disruptionsAllowed", "poddisruptionbudget"}, {"acceptedNames", "customresourcedefinition"},
		{"presented", "challenge"}, {"finalizeURL", "order"}, {"operationState", "application"}, {"reconciledAt", "application"}, {"lastAppliedRevision", "kustomization"},
	} {
		if status.get(f.field) != nil {
			return f.kind
		}
	}
	spec := n.get("spec")
	switch {
	case spec.get("finalizers") != nil:
		return "namespace"
	case spec.get("jobTemplate") != nil:
		return "cronjob"
	case spec.get("containers") != nil:
		return "pod"
	}
	return kindOfConditions(status.get("conditions"))
}

// kindOfConditions tells Pods and nodes by the types of their conditions.
func kindOfConditions(conditions *node) string {
	for _, c := range conditions.items() {
		if kind := conditionKinds[c.str("type")]; kind != "" {
			return kind
		}
	}
	return ""
}

// conditionKinds are the condition types that only one kind has.
var conditionKinds = map[string]string{
	"PodScheduled": "pod", "ContainersReady": "pod", "PodReadyToStartContainers": "pod",
	"MemoryPressure": "node", "DiskPressure": "node", "PIDPressure": "node", "NetworkUnavailable": "node",
	"AbleToScale": "horizontalpodautoscaler", "ScalingActive": "horizontalpodautoscaler", "ScalingLimited": "horizontalpodautoscaler",
	"NamespaceDeletionDiscoveryFailure": "namespace", "NamespaceDeletionContentFailure": "namespace", "NamespaceContentRemaining": "namespace", "NamespaceFinalizersRemaining": "namespace",
	"NamesAccepted": "customresourcedefinition", "Established": "customresourcedefinition", "FileSystemResizePending": "persistentvolumeclaim",
}

// status adds what lies below status: the row that kubectl get would print, the states
// of containers, and conditions.
func (p *parser) status(s subject, n, status *node) {
	containers := manifestContainers(status)
	cells := manifestCells(s.object.Kind, n, status, containers)
	if status != nil && status != n || len(cells) > 0 {
		p.statusRow(s, cells, n, status)
	}
	p.addContainers(s, containers)
	if status == nil {
		return
	}
	done := status.str("phase") == "Succeeded"
	p.allConditions(s, status, done)
	if status == n && n.has("type") && n.has("status") {
		p.condition(s, n, done)
	}
}

// allConditions adds the conditions of a status, and those of a Gateway's listeners and of
// a route's parents. https://gateway-api.sigs.k8s.io/reference/spec/
func (p *parser) allConditions(s subject, status *node, done bool) {
	p.conditions(s, status.get("conditions"), done)
	for _, l := range status.get("listeners").items() {
		p.conditions(s, l.get("conditions"), false)
	}
	for _, l := range status.get("parents").items() {
		p.conditions(s, l.get("conditions"), false)
	}
}

// statusRow adds the row of an object. Its message is that of the status, unless a
// condition repeats it.
func (p *parser) statusRow(s subject, cells []Cell, n, status *node) {
	if len(cells) == 0 && !knownKind(s.object.Kind) {
		return
	}
	o := Observation{Place: Row, Object: s.object, Owner: s.owner, Related: s.related, Cells: cells, Line: s.line}
	if status != nil && status != n {
		o.Line = status.line
	}
	if status != n {
		if r := status.str("reason"); r != "" {
			o.Cells = append(o.Cells, Cell{Column: "REASON", Value: r})
		}
		if m := status.str("message"); m != "" {
			o.Cells = append(o.Cells, Cell{Column: "MESSAGE", Value: m})
		}
	}
	if len(o.Cells) == 0 {
		return
	}
	p.addRow(o)
	judgeExtra(&p.text.Observations[len(p.text.Observations)-1])
}

// conditions adds the conditions of a list.
func (p *parser) conditions(s subject, list *node, done bool) {
	for _, c := range list.items() {
		p.condition(s, c, done)
	}
}

// condition adds a condition. Those of Argo CD have a type and message only; they are
// there while they are true. https://argo-cd.readthedocs.io/en/stable/operator-manual/
func (p *parser) condition(s subject, c *node, done bool) {
	o := Observation{Place: Condition, Object: s.object, Owner: s.owner, Field: c.str("type"), Value: c.str("status"), Reason: c.str("reason"), Message: c.str("message"), Line: c.line}
	if o.Field == "" || strings.Contains(o.Field, " ") {
		return
	}
	if o.Value == "" && o.Message != "" {
		o.Value = "True"
	}
	p.addCondition(o, done)
}

// addCondition judges a condition and adds it. If a Pod is done, its containers need not
// be ready.
func (p *parser) addCondition(o Observation, done bool) {
	o.Verdict = judgeCondition(o.Object.Kind, o.Field, o.Value, o.Reason)
	if done && (o.Field == "Ready" || o.Field == "ContainersReady" || o.Field == "PodReadyToStartContainers") || o.Field == "PodReadyToStartContainers" && o.Object.Kind != "pod" {
		o.Verdict = Healthy
	}
	p.add(o)
}
