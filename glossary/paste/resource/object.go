package resource

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// Add adds the observations about an object's status. n is the whole object, or just some of the
// fields of its status.
func Add(p *parse.Parser, n *Node) {
	status := n.Get("status")
	if status == nil || len(status.Children) == 0 {
		if n.Has("type") && n.Has("status") || isFragment(n) {
			status = n
		}
	}
	s := subjectOf(p, n, status)
	if s.Object.Name != "" {
		p.Object = s.Object
	}
	s.Paused = pausedBy(n.Get("metadata", "annotations"))
	addStatus(p, s, n, status)
}

// pausedBy returns the annotation that pauses an object, such as crossplane.io/paused or
// strimzi.io/pause-reconciliation, or "" if there is none.
func pausedBy(annotations *Node) string {
	if annotations == nil {
		return ""
	}
	for _, a := range annotations.Children {
		if a.Text == "true" && (strings.HasSuffix(a.Key, "/paused") || strings.HasSuffix(a.Key, "/pause-reconciliation") || strings.HasSuffix(a.Key, "/pause")) {
			return a.Key + `: "true"`
		}
	}
	return ""
}

// isFragment reports whether n has fields that belong under status.
func isFragment(n *Node) bool {
	for _, k := range []string{"conditions", "containerStatuses", "initContainerStatuses", "containerID", "restartCount", "waiting", "terminated", "lastState", "phase", "loadBalancer", "readyReplicas", "parents", "listeners", "ancestors", "operationState",
		"unavailableReplicas", "availableReplicas", "updatedReplicas", "numberReady", "numberUnavailable", "violations", "results", "readyInstances", "failed", "currentHealthy", "health"} {
		if n.Get(k) != nil {
			return !n.Has("metadata") && !n.Has("spec")
		}
	}
	return n.Get("state") != nil && !n.Has("metadata") && !n.Has("spec")
}

// subjectOf returns the object of a manifest. If the kind or name is missing, it is taken from
// the command above, or from fields that only one kind has.
func subjectOf(p *parse.Parser, n, status *Node) Subject {
	meta := n.Get("metadata")
	s := Subject{Line: n.Line, Object: observe.Object{Kind: observe.KindIn(n.Str("kind"), n.Str("apiVersion")), Name: meta.Str("name"), Namespace: meta.Str("namespace")}.Valid()}
	if c := p.Command; c != nil && (c.Verb == "get" || c.Verb == "edit" || c.Verb == "describe") && s.Object.Name == "" && (s.Object.Kind == "" || s.Object.Kind == c.Object.Kind) {
		ns := s.Object.Namespace
		s.Object = c.Object.Whole()
		if ns != "" {
			s.Object.Namespace = ns
		}
	}
	if s.Object.Kind == "" {
		s.Object.Kind = KindOfStatus(n, status)
	}
	if node := n.Str("spec", "nodeName"); observe.IsName(node) {
		s.Related = append(s.Related, observe.Object{Kind: "node", Name: node})
	}
	return s
}

// KindOfStatus determines the kind of an object from fields that only one kind has. It returns
// "" if there are none.
func KindOfStatus(n, status *Node) string {
	for _, f := range []struct{ field, kind string }{
		{"containerStatuses", "pod"}, {"initContainerStatuses", "pod"}, {"qosClass", "pod"}, {"podIP", "pod"}, {"hostIP", "pod"}, {"containerID", "pod"}, {"restartCount", "pod"}, {"lastState", "pod"}, {"waiting", "pod"}, {"terminated", "pod"},
		{"nodeInfo", "node"}, {"kubeletConfigKey", "node"}, {"numberReady", "daemonset"}, {"desiredNumberScheduled", "daemonset"}, {"disruptionsAllowed", "poddisruptionbudget"}, {"acceptedNames", "customresourcedefinition"},
		{"unavailableReplicas", "deployment"}, {"numberUnavailable", "daemonset"}, {"fullyLabeledReplicas", "replicaset"}, {"uncountedTerminatedPods", "job"}, {"updateRevision", "statefulset"},
		{"connectorStatus", "kafkaconnector"}, {"listeners", "gateway"}, {"presented", "challenge"}, {"finalizeURL", "order"}, {"operationState", "application"}, {"reconciledAt", "application"}, {"lastAppliedRevision", "kustomization"},
	} {
		if status.Get(f.field) != nil {
			return f.kind
		}
	}
	spec := n.Get("spec")
	switch {
	case spec.Get("finalizers") != nil:
		return "namespace"
	case spec.Get("jobTemplate") != nil:
		return "cronjob"
	case spec.Get("containers") != nil:
		return "pod"
	}
	return kindOfConditions(status.Get("conditions"))
}

// kindOfConditions determines the kind of an object from its condition types. It returns "" if
// several kinds have these conditions.
func kindOfConditions(conditions *Node) string {
	for _, c := range conditions.items() {
		if kind := ConditionKinds[c.Str("type")]; kind != "" {
			return kind
		}
	}
	return ""
}

// ConditionKinds contains the kind for each condition type that only one kind has.
var ConditionKinds = map[string]string{
	"PodScheduled": "pod", "ContainersReady": "pod", "PodReadyToStartContainers": "pod",
	"MemoryPressure": "node", "DiskPressure": "node", "PIDPressure": "node", "NetworkUnavailable": "node",
	"AbleToScale": "horizontalpodautoscaler", "ScalingActive": "horizontalpodautoscaler", "ScalingLimited": "horizontalpodautoscaler",
	"NamespaceDeletionDiscoveryFailure": "namespace", "NamespaceDeletionContentFailure": "namespace", "NamespaceContentRemaining": "namespace", "NamespaceFinalizersRemaining": "namespace",
	"NamesAccepted": "customresourcedefinition", "Established": "customresourcedefinition", "FileSystemResizePending": "persistentvolumeclaim",
}

// addStatus adds the observations of a status: the row that kubectl get would print, the
// states of containers, and conditions.
func addStatus(p *parse.Parser, s Subject, n, status *Node) {
	containers := manifestContainers(status)
	cells := Cells(s.Object.Kind, n, status, containers)
	if status != nil && status != n || len(cells) > 0 {
		addRow(p, s, cells, n, status)
	}
	AddContainers(p, s, containers)
	addProblems(p, s, n, status)
	if status == nil {
		return
	}
	addSteps(p, s, status)
	done := status.Str("phase") == "Succeeded"
	AddConditions(p, s, status, done)
	if status == n && n.Has("type") && n.Has("status") {
		addManifestCondition(p, s, n, done)
	}
}

// addSteps adds the failed steps of a workflow, and the unhealthy resources of an application, that have a
// message of their own.
// https://argo-workflows.readthedocs.io/en/latest/fields/#nodestatus
// https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
func addSteps(p *parse.Parser, s Subject, status *Node) {
	switch s.Object.Kind {
	case "application":
		for _, r := range status.Get("resources").items() {
			health := r.Get("health")
			if message := health.Str("message"); message != "" && observe.IsUnhealthyWord(health.Str("status")) {
				p.AddError("argocd", message, observe.Object{Kind: observe.KindIn(r.Str("kind"), r.Str("group")+"/"), Namespace: r.Str("namespace"), Name: r.Str("name")}, r.Line)
			}
		}
	case "workflow":
		if nodes := status.Get("nodes"); nodes != nil {
			for _, step := range nodes.Children {
				if message := step.Str("message"); message != "" && step.Str("type") == "Pod" && observe.IsUnhealthyWord(step.Str("phase")) {
					p.AddError("argo", step.First("displayName", "name")+": "+message, s.Object, step.Line)
				}
			}
		}
	}
}

// AddConditions adds the conditions of a status, including those of a Gateway's listeners and
// of a route's parents. https://gateway-api.sigs.k8s.io/reference/spec/
func AddConditions(p *parse.Parser, s Subject, status *Node, done bool) {
	addConditions(p, s, status.Get("conditions"), done)
	for _, l := range status.Get("listeners").items() {
		addConditions(p, s, l.Get("conditions"), false)
	}
	for _, l := range slices.Concat(status.Get("parents").items(), status.Get("ancestors").items()) {
		addConditions(p, s, l.Get("conditions"), false)
	}
}

// addRow adds the row of an object. The row gets the message in the status, unless a condition
// has the same message.
func addRow(p *parse.Parser, s Subject, cells []observe.Cell, n, status *Node) {
	if len(cells) == 0 && !observe.KnownKind(s.Object.Kind) {
		return
	}
	o := observe.Observation{Place: observe.Row, Object: s.Object, Related: s.Related, Cells: cells, Line: s.Line}
	if status != nil && status != n {
		o.Line = status.Line
	}
	if status != n {
		if r := status.Str("reason"); r != "" {
			o.Cells = append(o.Cells, observe.Cell{Column: "REASON", Value: r})
		}
		if m := MessageOf(status); m != "" {
			o.Cells = append(o.Cells, observe.Cell{Column: "MESSAGE", Value: m})
		}
	}
	if len(o.Cells) == 0 {
		return
	}
	p.AddStatus(o)
}

// MessageOf returns the message of a status, or that of its error, as VolumeSnapshots have it.
func MessageOf(status *Node) string {
	if m := status.Str("message"); m != "" {
		return m
	}
	if m := status.Str("error", "message"); m != "" {
		return m
	}
	return status.First("failureMessage", "errorMessage", "lastError")
}

// addConditions adds the conditions in a list.
func addConditions(p *parse.Parser, s Subject, list *Node, done bool) {
	for _, c := range list.items() {
		addManifestCondition(p, s, c, done)
	}
}

// addManifestCondition adds a condition. An Argo CD condition has only a type and a message,
// and exists only as long as it is true.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/
func addManifestCondition(p *parse.Parser, s Subject, c *Node, done bool) {
	o := observe.Observation{Place: observe.Condition, Object: s.Object, Field: c.Str("type"), Value: c.Str("status"), Reason: c.Str("reason"), Message: c.Str("message"), Line: c.Line}
	if o.Field == "" || strings.Contains(o.Field, " ") {
		return
	}
	if o.Value == "" && o.Message != "" {
		o.Value = "True"
	}
	if o.Message == "" && strings.Contains(o.Reason, "Paused") {
		o.Message = s.Paused
	}
	AddCondition(p, o, done)
}

// AddCondition adds the condition o, with its verdict. done is set for the conditions of a finished
// Pod, whose containers need not be ready.
func AddCondition(p *parse.Parser, o observe.Observation, done bool) {
	o.Verdict = observe.JudgeCondition(o.Object.Kind, o.Field, o.Value, o.Reason)
	if done && (o.Field == "Ready" || o.Field == "ContainersReady" || o.Field == "PodReadyToStartContainers") || o.Field == "PodReadyToStartContainers" && o.Object.Kind != "pod" {
		o.Verdict = observe.Healthy
	}
	p.Add(o)
}
