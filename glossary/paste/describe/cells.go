package describe

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/resource"
)

// cells returns the cells that kubectl get would print for the object.
func (d *description) cells(kind string) []observe.Cell {
	f := d.fields
	var c resource.CellList
	_, hasStatus := f["Status"]
	if len(d.status) > 0 {
		hasStatus = false
	}
	switch kind {
	case "pod":
		status, _, _ := strings.Cut(f["Status"], " ")
		c = resource.PodCells(status, f["Reason"], status == "Terminating", d.containers)
		c.Add("REASON", f["Reason"])
		c.Add("MESSAGE", f["Message"])
	case "node":
		c = resource.NodeCells(d.condition("Ready"), f["Unschedulable"] == "true")
		for _, t := range d.taints {
			c.Add("TAINTS", t)
		}
	case "deployment", "statefulset", "replicaset", "replicationcontroller":
		c = d.replicaCells(kind)
	case "daemonset":
		for _, x := range []struct{ key, column string }{{"Desired Number of Nodes Scheduled", "DESIRED"}, {"Current Number of Nodes Scheduled", "CURRENT"},
			{"Number of Nodes Scheduled with Up-to-date Pods", "UP-TO-DATE"}, {"Number of Nodes Scheduled with Available Pods", "AVAILABLE"}} {
			c.Add(x.column, f[x.key])
		}
		c.Add("PODS", f["Pods Status"])
	case "job":
		c = d.jobCells()
	case "cronjob":
		c.Add("SUSPEND", f["Suspend"])
	case "service":
		c = d.serviceCells()
	case "ingress":
		c.Add("CLASS", f["Ingress Class"])
		if a, ok := f["Address"]; ok {
			c = append(c, observe.Cell{Column: "ADDRESS", Value: a})
		}
		c.Add("MESSAGE", d.backend)
	case "persistentvolumeclaim", "persistentvolume":
		if status, _, _ := strings.Cut(f["Status"], " "); hasStatus {
			c.Add("STATUS", status)
		}
		for _, key := range []string{"Volume", "Capacity", "StorageClass", "Claim", "Message"} {
			c.Add(strings.ToUpper(key), f[key])
		}
	case "horizontalpodautoscaler":
		c.Add("REFERENCE", f["Reference"])
		for _, m := range d.metrics {
			c.Add("TARGETS", strings.ReplaceAll(m, " / ", "/"))
		}
		c.Add("MINPODS", f["Min replicas"])
		c.Add("MAXPODS", f["Max replicas"])
		if n, _, ok := strings.Cut(f["Deployment pods"]+f["StatefulSet pods"], " current"); ok {
			c.Add("REPLICAS", n)
		}
	case "poddisruptionbudget":
		c.Add("MIN AVAILABLE", f["Min available"])
		c.Add("MAX UNAVAILABLE", f["Max unavailable"])
		c.Add("ALLOWED DISRUPTIONS", f["Allowed disruptions"])
		c.Add("TOTAL", f["Total"])
	default:
		if hasStatus {
			c.Add("STATUS", f["Status"])
		}
		phase, _, _ := strings.Cut(f["Phase"], " (run ") // velero adds a command to run
		c.Add("PHASE", phase)
		c.Add("STATE", f["State"])
		c.Add("HEALTH", f["Health"])
		c.Add("ERRORS", f["Errors"])
		c.Add("REASON", f["Reason"])
		c.Add("MESSAGE", cmp.Or(f["Message"], f["Validation errors"], f["Failure Reason"]))
		if e, ok := f["Endpoints"]; ok {
			c.Add("ENDPOINTS", resource.OrNone(e, "<none>"))
		}
	}
	return c
}

func (d *description) condition(conditionType string) string {
	for _, c := range d.conditions {
		if c.field == conditionType {
			return c.value
		}
	}
	return ""
}

// replicaCells returns the cells of a workload with replicas. A Deployment has "3 desired | 3
// updated | 3 total | 1 available | 2 unavailable", and other kinds have "3 current / 3 desired"
// and "2 Running / 1 Waiting / …".
func (d *description) replicaCells(kind string) []observe.Cell {
	var c resource.CellList
	counts := countsOf(d.fields["Replicas"])
	pods := countsOf(d.fields["Pods Status"])
	desired, ok := counts["desired"]
	switch {
	case !ok:
	case kind == "deployment":
		c.Add("READY", fmt.Sprintf("%d/%d", counts["available"], desired))
		c.Add("UP-TO-DATE", strconv.Itoa(counts["updated"]))
		c.Add("AVAILABLE", strconv.Itoa(counts["available"]))
	case kind == "statefulset":
		if running, ok := pods["running"]; ok && running < desired {
			c.Add("READY", fmt.Sprintf("%d/%d", running, desired))
		}
	default:
		c.Add("DESIRED", strconv.Itoa(desired))
		c.Add("CURRENT", strconv.Itoa(counts["current"]))
		if running, ok := pods["running"]; ok {
			c.Add("READY", strconv.Itoa(running))
		}
	}
	c.Add("PODS", d.fields["Pods Status"])
	return c
}

// countsOf returns the numbers in s, such as "1 Active (0 Ready) / 0 Succeeded", keyed by the word
// that follows each number, in lower case.
func countsOf(s string) map[string]int {
	counts := make(map[string]int)
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" |/()", r) })
	for i := 0; i+1 < len(words); i++ {
		if n, err := strconv.Atoi(words[i]); err == nil {
			counts[strings.ToLower(words[i+1])] = n
		}
	}
	return counts
}

func (d *description) jobCells() []observe.Cell {
	var c resource.CellList
	pods := countsOf(d.fields["Pods Statuses"])
	done, known := pods["succeeded"]
	want, err := strconv.Atoi(d.fields["Completions"])
	switch {
	case !known || err != nil:
	case done >= want:
		c.Add("STATUS", "Complete")
		c.Add("COMPLETIONS", fmt.Sprintf("%d/%d", done, want))
	case pods["failed"] > 0 && pods["active"]+pods["running"] == 0:
		c.Add("STATUS", "Failed")
		c.Add("COMPLETIONS", fmt.Sprintf("%d/%d", done, want))
	case pods["failed"] > 0:
		c.Add("COMPLETIONS", fmt.Sprintf("%d/%d", done, want))
	}
	c.Add("PODS", d.fields["Pods Statuses"])
	return c
}

// serviceCells returns the cells of a Service. If the load balancer's line is missing but later
// lines are present, the load balancer has no address yet.
func (d *description) serviceCells() []observe.Cell {
	var c resource.CellList
	f := d.fields
	c.Add("TYPE", f["Type"])
	ingress, ok := f["LoadBalancer Ingress"]
	_, complete := f["Session Affinity"]
	switch {
	case ok:
		ip, _, _ := strings.Cut(ingress, " ")
		c.Add("EXTERNAL-IP", resource.OrNone(ip, "<pending>"))
	case f["Type"] == "LoadBalancer" && complete:
		c.Add("EXTERNAL-IP", "<pending>")
	}
	if e, ok := f["Endpoints"]; ok && f["Type"] != "ExternalName" {
		c.Add("ENDPOINTS", resource.OrNone(e, "<none>"))
	}
	return c
}
