package resource

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// Cells returns the cells that kubectl get would print for an object, as far as its status
// contains them. n is the whole object, and status is its status.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func Cells(kind string, n, status *Node, containers []Container) []observe.Cell {
	var c CellList
	spec := n.Get("spec")
	deleting := n.Has("metadata", "deletionTimestamp")
	number := func(field string) string { return orZero(status.Str(field)) }
	live := status != nil && status != n
	switch kind {
	case "pod":
		c = PodCells(status.Str("phase"), status.Str("reason"), deleting, containers)
		deleting = false
	case "deployment":
		if live {
			c.Add("READY", number("readyReplicas")+"/"+orOne(spec.Str("replicas"), status.Str("replicas")))
			c.Add("UP-TO-DATE", number("updatedReplicas"))
			c.Add("AVAILABLE", number("availableReplicas"))
		}
	case "statefulset":
		if live {
			c.Add("READY", number("readyReplicas")+"/"+orOne(spec.Str("replicas"), status.Str("replicas")))
		}
	case "replicaset", "replicationcontroller":
		if live {
			c.Add("DESIRED", orOne(spec.Str("replicas"), status.Str("replicas")))
			c.Add("CURRENT", number("replicas"))
			c.Add("READY", number("readyReplicas"))
		}
	case "daemonset":
		if status.Has("desiredNumberScheduled") {
			c.Add("DESIRED", number("desiredNumberScheduled"))
			c.Add("CURRENT", number("currentNumberScheduled"))
			c.Add("READY", number("numberReady"))
			c.Add("UP-TO-DATE", number("updatedNumberScheduled"))
			c.Add("AVAILABLE", number("numberAvailable"))
		}
	case "job":
		c = jobCells(spec, status)
	case "cronjob":
		c.Add("SUSPEND", Title(spec.Str("suspend")))
	case "service":
		c.Add("TYPE", spec.Str("type"))
		if spec.Str("type") == "LoadBalancer" && (live || n.Get("status") != nil) {
			c.Add("EXTERNAL-IP", OrNone(addresses(status.Get("loadBalancer", "ingress")), "<pending>"))
		}
	case "ingress":
		c.Add("CLASS", spec.Str("ingressClassName"))
		if n.Get("status") != nil {
			c = append(c, observe.Cell{Column: "ADDRESS", Value: addresses(status.Get("loadBalancer", "ingress"))})
		}
	case "endpoints":
		if n.Has("metadata") {
			var all []string
			for _, s := range n.Get("subsets").items() {
				if a := addresses(s.Get("addresses")); a != "" {
					all = append(all, a)
				}
			}
			c.Add("ENDPOINTS", OrNone(strings.Join(all, ","), "<none>"))
		}
	case "persistentvolumeclaim":
		c.Add("STATUS", status.Str("phase"))
		c.Add("VOLUME", spec.Str("volumeName"))
		c.Add("CAPACITY", status.Str("capacity", "storage"))
		c.Add("STORAGECLASS", spec.Str("storageClassName"))
	case "persistentvolume":
		c.Add("STATUS", status.Str("phase"))
		if claim := spec.Str("claimRef", "name"); claim != "" {
			c.Add("CLAIM", spec.Str("claimRef", "namespace")+"/"+claim)
		}
		c.Add("STORAGECLASS", spec.Str("storageClassName"))
	case "volumeattachment":
		c.Add("ATTACHED", status.Str("attached"))
	case "node":
		c = NodeCells(conditionOf(status, "Ready").Str("status"), spec.Str("unschedulable") == "true")
		for _, t := range spec.Get("taints").items() {
			c.Add("TAINTS", t.Str("key")+":"+t.Str("effect"))
		}
	case "horizontalpodautoscaler":
		if live && spec.Has("metrics") && !status.Has("currentMetrics") && conditionOf(status, "ScalingActive").Str("status") == "False" {
			c.Add("TARGETS", "<unknown>")
		}
		c.Add("REPLICAS", status.Str("currentReplicas"))
	case "poddisruptionbudget":
		c.Add("ALLOWED DISRUPTIONS", status.Str("disruptionsAllowed"))
	case "apiservice":
		if a := conditionOf(status, "Available"); a != nil && live {
			c.Add("AVAILABLE", a.Str("status"))
		}
	case "application":
		c.Add("SYNC STATUS", status.Str("sync", "status"))
		c.Add("HEALTH STATUS", status.Str("health", "status"))
		c.Add("PHASE", status.Str("operationState", "phase"))
		c.Add("MESSAGE", OrNone(status.Str("operationState", "message"), status.Str("health", "message")))
	case "gateway":
		c.Add("PROGRAMMED", conditionOf(status, "Programmed").Str("status"))
	case "volumesnapshot", "volumesnapshotcontent":
		c.Add("READYTOUSE", status.Str("readyToUse"))
	default:
		c = otherCells(kind, spec, status)
	}
	if deleting {
		c = slices.DeleteFunc(c, func(x observe.Cell) bool { return x.Column == "STATUS" })
		c.Add("STATUS", "Terminating")
		var all []string
		for _, f := range append(n.Get("metadata", "finalizers").items(), spec.Get("finalizers").items()...) {
			all = append(all, f.Text)
		}
		c.Add("FINALIZERS", strings.Join(all, ","))
	}
	return c
}

// otherCells returns the cells of an object whose kind has no case in Cells, usually a custom
// resource. The cells show the fields in which controllers usually report health.
func otherCells(kind string, spec, status *Node) []observe.Cell {
	var c CellList
	columns := observe.ColumnsOf(kind)
	for _, f := range []struct{ field, column, other string }{
		{"phase", "PHASE", "STATUS"}, {"state", "STATE", "STATUS"}, {"health", "HEALTH", ""}, {"status", "STATUS", ""}, {"robustness", "ROBUSTNESS", ""}, {"printableStatus", "STATUS", ""}, {"error", "ERROR", ""}, {"errorMessage", "ERROR", ""},
	} {
		v := status.Str(f.field)
		if v == "" {
			v = status.nested(f.field, "status", "state")
		}
		column := f.column
		if f.other != "" && !slices.Contains(columns, column) && slices.Contains(columns, f.other) {
			column = f.other
		}
		if v != "" && status.Str("type") == "" && !strings.ContainsAny(v, "{}[]") {
			c.Add(column, v)
		}
	}
	for _, col := range columns {
		switch col {
		case "READY", "ACCEPTED", "AVAILABLE", "SYNCED":
			if v := conditionOf(status, Title(strings.ToLower(col))).Str("status"); v != "" && status.Get("replicas") == nil {
				c.Add(col, v)
			}
		}
	}
	if s := spec.Str("suspend"); s == "true" {
		c.Add("SUSPENDED", "True")
	}
	told := make(map[string]bool, len(c)) // the values of columns
	for _, have := range c {
		told[have.Value] = true
	}
	for _, f := range fieldCells(spec, status) {
		if told[f.Value] {
			continue
		}
		if c = append(c, f); !observe.IsField(f.Column) {
			told[f.Value] = true
		}
	}
	return c
}

func jobCells(spec, status *Node) []observe.Cell {
	var c CellList
	if status == nil || len(status.Children) == 0 {
		return nil
	}
	for _, t := range []string{"Failed", "Complete", "Suspended"} {
		if conditionOf(status, t).Str("status") == "True" {
			c.Add("STATUS", t)
			break
		}
	}
	done, want := orZero(status.Str("succeeded")), OrNone(spec.Str("completions"), "1")
	if len(c) > 0 || lex.Number(status.Str("failed")) > 0 || lex.Number(done) >= lex.Number(want) {
		c.Add("COMPLETIONS", done+"/"+want)
	}
	c.Add("ACTIVE", status.Str("active"))
	c.Add("FAILED", status.Str("failed"))
	return c
}

// NodeCells returns the STATUS of a node as kubectl get prints it. ready is the status of the
// condition Ready, or "".
func NodeCells(ready string, unschedulable bool) []observe.Cell {
	var c CellList
	status := map[string]string{"": "", "True": "Ready"}
	s, ok := status[ready]
	if !ok {
		s = "NotReady"
	}
	if unschedulable {
		s = strings.TrimPrefix(s+",SchedulingDisabled", ",")
	}
	c.Add("STATUS", s)
	return c
}

// conditionOf returns the condition of the given type, or nil if there is none.
func conditionOf(status *Node, conditionType string) *Node {
	for _, c := range status.Get("conditions").items() {
		if c.Str("type") == conditionType {
			return c
		}
	}
	return nil
}

// addresses returns the addresses in a list, separated by commas.
func addresses(list *Node) string {
	var all []string
	for _, a := range list.items() {
		if s := a.First("ip", "hostname"); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all[:min(3, len(all))], ",")
}
