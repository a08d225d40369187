package paste

import (
	"fmt"
	"strconv"
	"strings"
)

// cells returns the cells that kubectl get would print for the object.
func (d *description) cells(kind string) []Cell {
	f := d.fields
	var c cellList
	_, hasStatus := f["Status"]
	if len(d.status) > 0 {
		hasStatus = false
	}
	switch kind {
	case "pod":
		status, _, _ := strings.Cut(f["Status"], " ")
		c = podCells(status, f["Reason"], status == "Terminating", d.containers)
		c.add("REASON", f["Reason"])
		c.add("MESSAGE", f["Message"])
	case "node":
		c = nodeCells(d.condition("Ready"), f["Unschedulable"] == "true")
		for _, t := range d.taints {
			c.add("TAINTS", t)
		}
	case "deployment", "statefulset", "replicaset", "replicationcontroller":
		c = d.replicaCells(kind)
	case "daemonset":
		for _, x := range []struct{ key, column string }{{"Desired Number of Nodes Scheduled", "DESIRED"}, {"Current Number of Nodes Scheduled", "CURRENT"},
			{"Number of Nodes Scheduled with Up-to-date Pods", "UP-TO-DATE"}, {"Number of Nodes Scheduled with Available Pods", "AVAILABLE"}} {
			c.add(x.column, f[x.key])
		}
		c.add("PODS", f["Pods Status"])
	case "job":
		c = d.jobCells()
	case "cronjob":
		c.add("SUSPEND", f["Suspend"])
	case "service":
		c = d.serviceCells()
	case "ingress":
		c.add("CLASS", f["Ingress Class"])
		if a, ok := f["Address"]; ok {
			c = append(c, Cell{Column: "ADDRESS", Value: a})
		}
		c.add("MESSAGE", d.backend)
	case "persistentvolumeclaim", "persistentvolume":
		if status, _, _ := strings.Cut(f["Status"], " "); hasStatus {
			c.add("STATUS", status)
		}
		for _, key := range []string{"Volume", "Capacity", "StorageClass", "Claim", "Message"} {
			c.add(strings.ToUpper(key), f[key])
		}
	case "horizontalpodautoscaler":
		c.add("REFERENCE", f["Reference"])
		for _, m := range d.metrics {
			c.add("TARGETS", strings.ReplaceAll(m, " / ", "/"))
		}
		c.add("MINPODS", f["Min replicas"])
		c.add("MAXPODS", f["Max replicas"])
		if n, _, ok := strings.Cut(f["Deployment pods"]+f["StatefulSet pods"], " current"); ok {
			c.add("REPLICAS", n)
		}
	case "poddisruptionbudget":
		c.add("MIN AVAILABLE", f["Min available"])
		c.add("MAX UNAVAILABLE", f["Max unavailable"])
		c.add("ALLOWED DISRUPTIONS", f["Allowed disruptions"])
	default:
		if hasStatus {
			c.add("STATUS", f["Status"])
		}
		c.add("PHASE", f["Phase"])
		c.add("STATE", f["State"])
		c.add("HEALTH", f["Health"])
		c.add("REASON", f["Reason"])
		c.add("MESSAGE", f["Message"])
		if e, ok := f["Endpoints"]; ok {
			c.add("ENDPOINTS", orNone(e, "<none>"))
		}
	}
	return c
}

func (d *description) condition(conditionType string) string {
	for _, c := range d.conditions {
		if c.Field == conditionType {
			return c.Value
		}
	}
	return ""
}

// replicaCells reads "3 desired | 3 updated | 3 total | 1 available | 2 unavailable" of a
// Deployment, and "3 current / 3 desired" with "2 Running / 1 Waiting / …" of the others.
func (d *description) replicaCells(kind string) []Cell {
	var c cellList
	counts := countsOf(d.fields["Replicas"])
	pods := countsOf(d.fields["Pods Status"])
	desired, ok := counts["desired"]
	switch {
	case !ok:
	case kind == "deployment":
		c.add("READY", fmt.Sprintf("%d/%d", counts["available"], desired))
		c.add("UP-TO-DATE", strconv.Itoa(counts["updated"]))
		c.add("AVAILABLE", strconv.Itoa(counts["available"]))
	case kind == "statefulset":
		if running, ok := pods["running"]; ok && running < desired {
			c.add("READY", fmt.Sprintf("%d/%d", running, desired))
		}
	default:
		c.add("DESIRED", strconv.Itoa(desired))
		c.add("CURRENT", strconv.Itoa(counts["current"]))
		if running, ok := pods["running"]; ok {
			c.add("READY", strconv.Itoa(running))
		}
	}
	c.add("PODS", d.fields["Pods Status"])
	return c
}

// countsOf reads numbers with a word behind each: 1 Active (0 Ready) / 0 Succeeded.
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

func (d *description) jobCells() []Cell {
	var c cellList
	pods := countsOf(d.fields["Pods Statuses"])
	done, known := pods["succeeded"]
	want, err := strconv.Atoi(d.fields["Completions"])
	switch {
	case !known || err != nil:
	case done >= want:
		c.add("STATUS", "Complete")
		c.add("COMPLETIONS", fmt.Sprintf("%d/%d", done, want))
	case pods["failed"] > 0 && pods["active"]+pods["running"] == 0:
		c.add("STATUS", "Failed")
		c.add("COMPLETIONS", fmt.Sprintf("%d/%d", done, want))
	case pods["failed"] > 0:
		c.add("COMPLETIONS", fmt.Sprintf("%d/%d", done, want))
	}
	c.add("PODS", d.fields["Pods Statuses"])
	return c
}

// serviceCells returns the cells of a Service. Its load balancer has no address if that
// line is missing although lines that stand behind it are there.
func (d *description) serviceCells() []Cell {
	var c cellList
	f := d.fields
	c.add("TYPE", f["Type"])
	ingress, ok := f["LoadBalancer Ingress"]
	_, complete := f["Session Affinity"]
	switch {
	case ok:
		ip, _, _ := strings.Cut(ingress, " ")
		c.add("EXTERNAL-IP", orNone(ip, "<pending>"))
	case f["Type"] == "LoadBalancer" && complete:
		c.add("EXTERNAL-IP", "<pending>")
	}
	if e, ok := f["Endpoints"]; ok && f["Type"] != "ExternalName" {
		c.add("ENDPOINTS", orNone(e, "<none>"))
	}
	return c
}
