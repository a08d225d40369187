package observe

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
)

// unhealthyTaints are the taints that Kubernetes adds to an unhealthy or cordoned node.
// https://kubernetes.io/docs/reference/labels-annotations-taints/
var unhealthyTaints = lex.Set("not-ready|unreachable|memory-pressure|disk-pressure|pid-pressure|network-unavailable|unschedulable|out-of-service")

// JudgeExtra sets the verdict of cells that do not come from a column of kubectl get: taints,
// endpoints of a Service, reasons of failed Pods, backends of an Ingress. If any of them is bad,
// the row is unhealthy too.
func JudgeExtra(o *Observation) {
	for i := range o.Cells {
		c := &o.Cells[i]
		bad := false
		switch c.Column {
		case "TAINTS":
			key, _, _ := strings.Cut(c.Value, ":")
			key, _, _ = strings.Cut(key, "=")
			name, ok := strings.CutPrefix(key, "node.kubernetes.io/")
			bad = ok && unhealthyTaints[name] || key == "node.cloudprovider.kubernetes.io/uninitialized"
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
			c.Verdict, o.Verdict = Unhealthy, Unhealthy
		}
	}
}

// Family returns the kind whose rules apply to the values of a row. For all Crossplane kinds,
// which have the same columns, it is "managed", even if another kind has the same name, such as
// Bucket.
func Family(o *Observation) string {
	if slices.ContainsFunc(o.Cells, func(c Cell) bool { return c.Column == "EXTERNAL-NAME" }) {
		return "managed"
	}
	return o.Object.Kind
}

// fitsKind reports whether the cells belong to the object's kind, and not to a different kind with
// the same name, such as a Knative Service.
func fitsKind(o *Observation) bool {
	columns := ColumnsOf(o.Object.Kind)
	if len(columns) == 0 || len(o.Cells) < 4 {
		return true
	}
	if Family(o) != o.Object.Kind {
		return false
	}
	known := 0
	for _, c := range o.Cells {
		if slices.Contains(columns, c.Column) || optionalColumns[c.Column] {
			known++
		}
	}
	return known*3 > len(o.Cells)
}

// IsForeign reports whether a row of an unknown kind cannot be about a Pod, because it has a
// column that no table of Pods has.
func IsForeign(o *Observation) bool {
	if o.Place == Row && strings.Contains(o.Cell("READY"), "/") {
		return false // ready containers: the header may have been cut
	}
	return o.Place == Row && slices.ContainsFunc(o.Cells, func(c Cell) bool {
		return !podCells[c.Column] && !slices.Contains(ColumnsOf("pod"), c.Column)
	})
}

// podCells are the columns that tables of Pods may have in addition to those of kubectl get pods.
var podCells = map[string]bool{"NAMESPACE": true, "LABELS": true, "PHASE": true, "STATE": true, "REASON": true, "MESSAGE": true, "CONTAINER": true, "CONTAINERS": true, "IMAGE": true, "POD": true, "EXIT CODE": true, "LAST STATE": true, "CPU": true, "MEM": true}
