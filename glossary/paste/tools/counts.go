package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

var (
	// countedWorkload matches the counts of a workload: "DaemonSet  cilium  Desired: 3, Ready: 1/3,
	// Available: 1/3".
	countedWorkload = lazyregexp.New(`^(DaemonSet|Deployment|StatefulSet|ReplicaSet) +([a-z0-9.-]+) +Desired: (\d+)(?:, (.*))?$`)
	// readyCount and availableCount match the parts of the counts.
	readyCount     = lazyregexp.New(`\bReady: (\d+)`)
	availableCount = lazyregexp.New(`\bAvailable: (\d+)`)
	// subtotal matches a value that is only a number of errors and warnings.
	subtotal = lazyregexp.New(`^[1-9]\d* errors?(?:, \d+ warnings?)?$|^[1-9]\d* warnings?$`)
)

// workloadCounts reads the counts of a workload as a row of kubectl get. It returns false if s has
// none. https://github.com/cilium/cilium/blob/main/cilium-cli/status/status.go
func workloadCounts(p *parse.Parser, s string, number int32) bool {
	m := countedWorkload.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	desired, ready, available := m[3], "0", "0"
	if r := readyCount.FindStringSubmatch(m[4]); r != nil {
		ready = r[1]
	}
	if a := availableCount.FindStringSubmatch(m[4]); a != nil {
		available = a[1]
	}
	o := observe.Observation{Place: observe.Row, Line: number, Object: observe.Object{Kind: strings.ToLower(m[1]), Name: m[2], Namespace: p.NamespaceOnly().Namespace}.Valid()}
	switch o.Object.Kind {
	case "deployment", "statefulset":
		o.Cells = []observe.Cell{{Column: "READY", Value: ready + "/" + desired}}
	default:
		o.Cells = []observe.Cell{{Column: "DESIRED", Value: desired}, {Column: "READY", Value: ready}}
	}
	if o.Object.Kind == "daemonset" {
		o.Cells = append(o.Cells, observe.Cell{Column: "AVAILABLE", Value: available})
	}
	p.AddRow(o)
	return true
}

// summaryColumns maps the fields in the summary of kubectl cnpg status to columns of kubectl get.
var summaryColumns = map[string]string{"Status": "STATUS", "Instances": "INSTANCES", "Ready instances": "READY"}

// clusterSummary reads the summary of kubectl cnpg status as a row of kubectl get. It returns the number
// of lines. https://github.com/cloudnative-pg/cloudnative-pg/tree/main/internal/cmd/plugin/status
func clusterSummary(p *parse.Parser, lines []line.Line, s string) int {
	if s != "Cluster Summary" {
		return 0
	}
	o := observe.Observation{Place: observe.Row, Line: lines[0].Number, Object: p.NamespaceOnly()}
	o.Object.Kind = "cluster"
	n := 1
	for ; n < len(lines); n++ {
		key, value, ok := strings.Cut(lines[n].Text, "  ")
		if !ok {
			break
		}
		key, value = strings.TrimSuffix(key, ":"), strings.TrimSpace(value)
		if key == "Name" {
			if ns, name, ok := strings.Cut(value, "/"); ok {
				o.Object.Namespace, value = ns, name
			}
			o.Object.Name = value
		} else if column := summaryColumns[key]; column != "" {
			o.Cells = append(o.Cells, observe.Cell{Column: column, Value: value})
		}
	}
	p.AddRow(o)
	return n
}

// isSubtotal reports whether a line only counts messages that the report lists below: "Cilium:  2
// errors, 2 warnings" before "Errors:  …".
func isSubtotal(lines []line.Line, s string) bool {
	_, value, ok := strings.Cut(s, ":  ")
	if !ok || !subtotal.MatchString(strings.TrimSpace(value)) {
		return false
	}
	wanted := "Errors:"
	if !strings.Contains(value, "error") {
		wanted = "Warnings:"
	}
	for _, l := range lines[1:min(len(lines), 40)] {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(l.Text), wanted); ok && strings.TrimSpace(rest) != "" {
			return true
		}
	}
	return false
}
