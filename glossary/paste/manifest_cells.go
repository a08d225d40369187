package paste

import (
	"slices"
	"strconv"
	"strings"
)

// A cellList collects the cells of a row in the order in which they are added.
type cellList []Cell

// add adds a cell unless its value is empty.
func (c *cellList) add(column, value string) {
	if value != "" {
		*c = append(*c, Cell{Column: column, Value: value})
	}
}

// manifestCells returns the cells that kubectl get would print for an object with this
// manifest, as far as its status tells them.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
func manifestCells(kind string, n, status *node, containers []container) []Cell {
	var c cellList
	spec := n.get("spec")
	deleting := n.has("metadata", "deletionTimestamp")
	number := func(field string) string { return orZero(status.str(field)) }
	live := status != nil && status != n
	switch kind {
	case "pod":
		c = podCells(status.str("phase"), status.str("reason"), deleting, containers)
		deleting = false
	case "deployment":
		if live {
			c.add("READY", number("readyReplicas")+"/"+orOne(spec.str("replicas"), status.str("replicas")))
			c.add("UP-TO-DATE", number("updatedReplicas"))
			c.add("AVAILABLE", number("availableReplicas"))
		}
	case "statefulset":
		if live {
			c.add("READY", number("readyReplicas")+"/"+orOne(spec.str("replicas"), status.str("replicas")))
		}
	case "replicaset", "replicationcontroller":
		if live {
			c.add("DESIRED", orOne(spec.str("replicas"), status.str("replicas")))
			c.add("CURRENT", number("replicas"))
			c.add("READY", number("readyReplicas"))
		}
	case "daemonset":
		if status.has("desiredNumberScheduled") {
			c.add("DESIRED", number("desiredNumberScheduled"))
			c.add("CURRENT", number("currentNumberScheduled"))
			c.add("READY", number("numberReady"))
			c.add("UP-TO-DATE", number("updatedNumberScheduled"))
			c.add("AVAILABLE", number("numberAvailable"))
		}
	case "job":
		c = jobCells(spec, status)
	case "cronjob":
		c.add("SUSPEND", title(spec.str("suspend")))
	case "service":
		c.add("TYPE", spec.str("type"))
		if spec.str("type") == "LoadBalancer" && (live || n.get("status") != nil) {
			c.add("EXTERNAL-IP", orNone(addresses(status.get("loadBalancer", "ingress")), "<pending>"))
		}
	case "ingress":
		c.add("CLASS", spec.str("ingressClassName"))
		if n.get("status") != nil {
			c = append(c, Cell{Column: "ADDRESS", Value: addresses(status.get("loadBalancer", "ingress"))})
		}
	case "endpoints":
		if n.has("metadata") {
			var all []string
			for _, s := range n.get("subsets").items() {
				if a := addresses(s.get("addresses")); a != "" {
					all = append(all, a)
				}
			}
			c.add("ENDPOINTS", orNone(strings.Join(all, ","), "<none>"))
		}
	case "persistentvolumeclaim":
		c.add("STATUS", status.str("phase"))
		c.add("VOLUME", spec.str("volumeName"))
		c.add("CAPACITY", status.str("capacity", "storage"))
		c.add("STORAGECLASS", spec.str("storageClassName"))
	case "persistentvolume":
		c.add("STATUS", status.str("phase"))
		if claim := spec.str("claimRef", "name"); claim != "" {
			c.add("CLAIM", spec.str("claimRef", "namespace")+"/"+claim)
		}
		c.add("STORAGECLASS", spec.str("storageClassName"))
	case "volumeattachment":
		c.add("ATTACHED", status.str("attached"))
	case "node":
		c = nodeCells(conditionOf(status, "Ready").str("status"), spec.str("unschedulable") == "true")
		for _, t := range spec.get("taints").items() {
			c.add("TAINTS", t.str("key")+":"+t.str("effect"))
		}
	case "horizontalpodautoscaler":
		if live && spec.has("metrics") && !status.has("currentMetrics") && conditionOf(status, "ScalingActive").str("status") == "False" {
			c.add("TARGETS", "<unknown>")
		}
		c.add("REPLICAS", status.str("currentReplicas"))
	case "poddisruptionbudget":
		c.add("ALLOWED DISRUPTIONS", status.str("disruptionsAllowed"))
	case "apiservice":
		if a := conditionOf(status, "Available"); a != nil && live {
			c.add("AVAILABLE", a.str("status"))
		}
	case "application":
		c.add("SYNC STATUS", status.str("sync", "status"))
		c.add("HEALTH STATUS", status.str("health", "status"))
		c.add("PHASE", status.str("operationState", "phase"))
		c.add("MESSAGE", orNone(status.str("operationState", "message"), status.str("health", "message")))
	case "gateway":
		c.add("PROGRAMMED", conditionOf(status, "Programmed").str("status"))
	case "volumesnapshot", "volumesnapshotcontent":
		c.add("READYTOUSE", status.str("readyToUse"))
	default:
		c = otherCells(kind, spec, status)
	}
	if deleting {
		c = slices.DeleteFunc(c, func(x Cell) bool { return x.Column == "STATUS" })
		c.add("STATUS", "Terminating")
		var all []string
		for _, f := range append(n.get("metadata", "finalizers").items(), spec.get("finalizers").items()...) {
			all = append(all, f.text)
		}
		c.add("FINALIZERS", strings.Join(all, ","))
	}
	return c
}

// otherCells returns the cells of kinds without rules of their own, mostly custom
// resources: the fields by which their controllers tell how they are.
func otherCells(kind string, spec, status *node) []Cell {
	var c cellList
	columns := []string(nil)
	if k := kindNames[kind]; k != nil {
		columns = k.columns
	}
	for _, f := range []struct{ field, column, other string }{
		{"phase", "PHASE", "STATUS"}, {"state", "STATE", "STATUS"}, {"health", "HEALTH", ""}, {"status", "STATUS", ""}, {"robustness", "ROBUSTNESS", ""}, {"printableStatus", "STATUS", ""}, {"error", "ERROR", ""}, {"errorMessage", "ERROR", ""},
	} {
		v := status.str(f.field)
		if v == "" {
			v = status.first2(f.field, "status", "state")
		}
		column := f.column
		if f.other != "" && !slices.Contains(columns, column) && slices.Contains(columns, f.other) {
			column = f.other
		}
		if v != "" && status.str("type") == "" && !strings.ContainsAny(v, "{}[]") {
			c.add(column, v)
		}
	}
	for _, col := range columns {
		switch col {
		case "READY", "ACCEPTED", "AVAILABLE", "SYNCED":
			if v := conditionOf(status, title(strings.ToLower(col))).str("status"); v != "" && status.get("replicas") == nil {
				c.add(col, v)
			}
		}
	}
	if s := spec.str("suspend"); s == "true" {
		c.add("SUSPENDED", "True")
	}
	return c
}

// first2 returns a scalar that lies one level deeper: health.status.
func (n *node) first2(field string, keys ...string) string {
	if n = n.get(field); n == nil || n.list {
		return ""
	}
	return n.first(keys...)
}

func jobCells(spec, status *node) []Cell {
	var c cellList
	if status == nil || len(status.kids) == 0 {
		return nil
	}
	for _, t := range []string{"Failed", "Complete", "Suspended"} {
		if conditionOf(status, t).str("status") == "True" {
			c.add("STATUS", t)
			break
		}
	}
	done, want := orZero(status.str("succeeded")), orNone(spec.str("completions"), "1")
	if len(c) > 0 || atoi(status.str("failed")) > 0 || atoi(done) >= atoi(want) {
		c.add("COMPLETIONS", done+"/"+want)
	}
	c.add("ACTIVE", status.str("active"))
	c.add("FAILED", status.str("failed"))
	return c
}

// nodeCells returns STATUS of a node as kubectl get prints it.
func nodeCells(ready string, unschedulable bool) []Cell {
	var c cellList
	status := map[string]string{"": "", "True": "Ready"}
	s, ok := status[ready]
	if !ok {
		s = "NotReady"
	}
	if unschedulable {
		s = strings.TrimPrefix(s+",SchedulingDisabled", ",")
	}
	c.add("STATUS", s)
	return c
}

// conditionOf returns the condition of a type, and nil if there is none.
func conditionOf(status *node, conditionType string) *node {
	for _, c := range status.get("conditions").items() {
		if c.str("type") == conditionType {
			return c
		}
	}
	return nil
}

// addresses returns the addresses of a list, divided by commas.
func addresses(list *node) string {
	var all []string
	for _, a := range list.items() {
		if s := a.first("ip", "hostname"); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all[:min(3, len(all))], ",")
}

func orZero(s string) string { return orNone(s, "0") }

// orOne returns the first value that is set, and 1: the default of replicas.
func orOne(s, t string) string { return orNone(orNone(s, t), "1") }

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

func title(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// manifestContainers returns the states of a Pod's containers.
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodStatus
func manifestContainers(status *node) []container {
	var all []container
	for _, k := range []string{"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"} {
		for _, s := range status.get(k).items() {
			if k != "ephemeralContainerStatuses" {
				all = append(all, manifestContainer(s, k == "initContainerStatuses"))
			}
		}
	}
	if len(all) == 0 && (status.has("containerID") || status.has("restartCount") || status.has("lastState") || status.has("waiting") || status.has("terminated") || status.has("state", "waiting") || status.has("state", "terminated") || status.has("state", "running")) {
		all = append(all, manifestContainer(status, false))
	}
	return all
}

func manifestContainer(s *node, init bool) container {
	c := container{name: s.str("name"), init: init, ready: title(s.str("ready")), restarts: -1}
	if r := s.str("restartCount"); r != "" {
		c.restarts = atoi(r)
	}
	state := s.get("state")
	if state == nil {
		state = s
	}
	for _, field := range []string{"waiting", "running", "terminated"} {
		if v := state.get(field); v != nil {
			c.now = stateOf(field, v)
		}
	}
	if v := s.get("lastState", "terminated"); v != nil {
		c.last = stateOf("last", v)
	}
	return c
}

func stateOf(field string, v *node) containerState {
	s := containerState{field: field, reason: v.str("reason"), message: v.str("message"), exit: v.str("exitCode"), line: v.line}
	if _, err := strconv.Atoi(s.exit); err != nil {
		s.exit = ""
	}
	return s
}
