package parse

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// head returns what the function head returns for the line. A line is often asked about several times
// in a row. The result must not be changed.
func (p *Parser) head(s string) *table {
	if s != p.lastHead.text {
		p.lastHead = parsedHead{s, head(s)}
	}
	return p.lastHead.table
}

// kindOf returns what [observe.KindOf] returns. Many tables in a row often have the same columns, which
// must not be changed afterwards.
func (p *Parser) kindOf(columns []string) string {
	if p.columns == nil || !slices.Equal(columns, p.columns) {
		p.columns, p.columnsKind = columns, observe.KindOf(columns)
	}
	return p.columnsKind
}

// filled returns the columns of a row that have a value. kubectl tree prints "-" for an object that
// lacks the column's status.
func filled(columns, cells []string) (c, v []string) {
	for i, value := range cells {
		if value != "" && value != "-" {
			c, v = append(c, columns[i]), append(v, value)
		}
	}
	return c, v
}

// stepMarks maps the marks that argo get prints before the steps of a workflow to statuses.
// https://github.com/argoproj/argo-workflows/blob/main/cmd/argo/commands/common/common.go
var stepMarks = map[string]string{"✖": "Failed", "⚠": "Error", "✔": "Succeeded", "*": "Running", "●": "Running", "◷": "Pending", "○": "Skipped"}

// stepMark returns the mark before the name of a step, and the line without that mark.
func stepMark(s string) (mark, rest string) {
	indent := len(s) - len(strings.TrimLeft(s, " "))
	mark, _, _ = strings.Cut(s[indent:], " ")
	if stepMarks[mark] == "" {
		return "", s
	}
	return mark, s[:indent] + " " + s[indent+len(mark):]
}

// step adds a step of a workflow. If the step has a Pod, the step is added as a row about that Pod.
func (p *Parser) step(columns, cells []string, mark string, number int32) {
	o := observe.Observation{Place: observe.Row, Line: number, From: "argo", Cells: p.cellsOf(columns, cells)}
	o.Cells = append(o.Cells, observe.Cell{Column: "STATUS", Value: stepMarks[mark]})
	if pod := o.Cell("PODNAME"); pod != "" {
		o.Object = observe.Object{Kind: "pod", Name: pod, Namespace: p.Object.Namespace}.Valid()
	}
	if m := stepExit.FindStringSubmatch(o.Cell("MESSAGE")); m != nil && o.Object.Name != "" && m[2] != "0" {
		o.Object.Container = "main"
		p.Add(observe.Observation{Place: observe.State, Object: o.Object, Field: "terminated", Reason: m[1], Value: m[2], Message: m[3], Verdict: observe.Unhealthy, Line: number})
		return
	}
	p.AddRow(o)
}

// manyAttempts is the number of earlier attempts at which an exited container counts as failed.
// With fewer attempts, it may have done its work, or a later attempt may be running: crictl ps -a
// lists all attempts.
const manyAttempts = 3

// container adds a row of crictl ps. It returns false if the row has no state.
// https://github.com/kubernetes-sigs/cri-tools/blob/master/cmd/crictl/container.go
func (p *Parser) container(columns, cells []string, number int32) bool {
	o := observe.Observation{Place: observe.Row, Line: number, From: "crictl", Cells: p.cellsOf(columns, cells)}
	o.Object = observe.Object{Kind: "pod", Namespace: o.Cell("NAMESPACE"), Name: o.Cell("POD"), Container: o.Cell("NAME")}.Valid()
	if staticPods[o.Object.Container] {
		o.Object.Namespace = "kube-system"
	}
	switch o.Cell("STATE") {
	case "Running", "Created":
		o.Verdict = observe.Healthy
	case "Exited":
		if o.Verdict = observe.Healthy; lex.Number(o.Cell("ATTEMPT")) >= manyAttempts {
			o.Verdict = observe.Unhealthy
		}
	case "Unknown":
		o.Verdict = observe.Unhealthy
	default:
		return false
	}
	for i := range o.Cells {
		if c := &o.Cells[i]; c.Column == "STATE" || c.Column == "ATTEMPT" {
			c.Verdict = o.Verdict
		}
	}
	p.Add(o)
	return true
}

// staticPods are the containers of the control plane that kubeadm runs in static Pods.
var staticPods = lex.Set("kube-apiserver|kube-controller-manager|kube-scheduler|etcd")

// stepExit matches the message of a step whose container failed: "Error (exit code 1)".
var stepExit = lazyregexp.New(`^(\w+) \(exit code (\d+)\)(?:: (.*))?$`)

// fewColumns is the largest number of columns that several products may share: a custom
// resource with NAME, STATE and AGE is not necessarily a ResourceClaim.
const fewColumns = 4

// fits reports whether most of the columns belong to the table of the given kind.
func fits(kind string, columns []string) bool {
	all := observe.ColumnsOf(kind)
	if len(all) == 0 {
		return true
	}
	known := 0
	for _, c := range columns {
		if slices.Contains(all, c) {
			known++
		}
	}
	return known*2 > len(columns)
}

// covers reports whether the table of the given kind may have all of the columns.
func covers(kind string, columns []string) bool {
	all := observe.ColumnsOf(kind)
	return len(all) == 0 || !slices.ContainsFunc(columns, func(c string) bool { return c != "NAMESPACE" && c != "LABELS" && !slices.Contains(all, c) })
}

// lacks reports whether a table lacks a column that kubectl get prints for the given built-in kind, up to the
// age.
func lacks(kind string, columns []string) bool {
	if !observe.IsKind(kind) || observe.IsCustom(kind) {
		return false
	}
	all := observe.ColumnsOf(kind)
	return slices.ContainsFunc(all[:slices.Index(all, "AGE")+1], func(c string) bool { return !slices.Contains(columns, c) })
}

// cellsOf returns the cells of a row, which may be shorter than the header.
func (p *Parser) cellsOf(columns, values []string) []observe.Cell {
	n := min(len(columns), len(values))
	if n > len(p.cells) {
		p.cells = make([]observe.Cell, max(n, manyCells))
	}
	cells := p.cells[:n:n]
	p.cells = p.cells[n:]
	for i := range cells {
		cells[i] = observe.Cell{Column: columns[i], Value: values[i]}
	}
	return cells
}

// manyCells is the number of cells that are allocated at once.
const manyCells = 64

// row adds a row with the given cells from the line with the given number. kind is "" if unknown.
func (p *Parser) row(columns, cells []string, kind string, number int32) {
	o := observe.Observation{Place: observe.Row, Line: number, Cells: p.cellsOf(columns, cells)}
	name := o.Cell("NAME")
	if _, after, ok := strings.Cut(name, " - "); ok && strings.Contains(after, "/") { // clusterctl describe: ControlPlane - KubeadmControlPlane/web
		name = after
	}
	if k := o.Cell("KIND"); k != "" && kind == "" {
		kind = observe.KindNamed(k)
	}
	if name == "" {
		for _, c := range []string{"POD", "SERVICE", "NODE", "ENDPOINT", "OBJECT"} {
			if name = o.Cell(c); name != "" {
				break
			}
		}
	}
	if name == "" && slices.Contains(columns, "STARTED") { // tkn describe: the status of the object above
		name, kind = p.Object.Name, p.Object.Kind
	}
	name, ns, _ := strings.Cut(name, " (") // crossplane trace: Claim/web (shop)
	o.Object = observe.ObjectNamed(name, kind)
	if ns = strings.TrimSuffix(ns, ")"); ns != "default" && strings.Contains(name, "/") && observe.IsName(ns) {
		o.Object.Namespace = ns
	}
	switch {
	case o.Object.Kind == "pod" && o.Cell("CLUSTER-IP") != "":
		o.Object.Kind = "service"
	case kind == "" && o.Object.Kind == "" && o.Cell("INSTANCES") != "" && slices.Contains(columns, "PRIMARY"):
		o.Object.Kind = "cluster" // CloudNativePG; other products have a kind of this name too
	case o.Object.Kind == "statefulset" && o.Cell("READY") != "" && !ratioWord(o.Cell("READY")): // a custom resource has the same columns
		o.Object.Kind = ""
	case kind == "" && o.Object.Kind == "" && slices.Equal(columns, namespaceColumns) && matchCell('N', o.Cell("STATUS")):
		o.Object.Kind = "namespace"
	}
	if ns := o.Cell("NAMESPACE"); observe.IsName(ns) && !(o.Object.Kind == "application" && o.Object.Namespace != "") { // of what an application deploys
		o.Object.Namespace = ns
	}
	o.Age = cmp.Or(observe.ParseAge(o.Cell("AGE")), observe.ParseAge(o.Cell("SINCE")))
	p.AddRow(o)
	if last := &p.Text.Observations.Last().Object; last.Kind == "" && slices.Contains(columns, "QOS") {
		last.Kind = "pod" // only Pods have a QoS class; the status is that of a program in them
	} else if pod, ns, ok := strings.Cut(last.Name, "."); last.Kind == "proxy status" && ok {
		*last = observe.Object{Kind: "pod", Name: pod, Namespace: ns}.Valid()
		p.Text.Observations.Last().From = "istioctl"
	}
}

// namespaceColumns are the columns of kubectl get namespaces. Tables of custom resources may have the same.
var namespaceColumns = []string{"NAME", "STATUS", "AGE"}

// AddStatus adds the row of a described object like AddRow, and judges the cells that kubectl get
// doesn't print.
func (p *Parser) AddStatus(o observe.Observation) {
	first := p.Text.Observations.Len()
	p.AddRow(o)
	for i := first; i < p.Text.Observations.Len(); i++ {
		observe.JudgeExtra(p.Text.Observations.At(i))
	}
}

// maxCells is the maximum number of cells in a row. No table has more columns, but the status of an
// object may have any number of fields.
const maxCells = 2 * maxColumns

// AddRow derives the reason, message and related objects of a row from its cells, sets its
// verdict, and adds it. It divides a row with more than maxCells cells.
func (p *Parser) AddRow(o observe.Observation) {
	for len(o.Cells) > maxCells {
		part := o
		part.Cells, part.Related = slices.Clip(o.Cells[:maxCells]), slices.Clip(o.Related)
		o.Cells = o.Cells[maxCells:]
		p.AddRow(part)
	}
	if node := o.Cell("NODE"); observe.IsName(node) && o.Object.Kind != "node" {
		o.Related = append(o.Related, observe.Object{Kind: "node", Name: node})
	}
	if o.Object.Kind == "persistentvolume" {
		if ns, name, ok := strings.Cut(o.Cell("CLAIM"), "/"); ok && observe.IsName(name) {
			o.Related = append(o.Related, observe.Object{Kind: "persistentvolumeclaim", Namespace: ns, Name: name}.Valid())
		}
	}
	if o.Object.Kind == "pod" && strings.HasPrefix(o.Cell("STATUS"), "Init:") {
		o.Object.Init = true
	}
	if before, reason, ok := strings.Cut(o.Cell("STATUS"), "("); ok && o.Cell("REASON") == "" && observe.IsUnhealthyWord(before) && strings.HasSuffix(reason, ")") && !strings.Contains(reason, " ") {
		o.Cells = append(o.Cells, observe.Cell{Column: "REASON", Value: strings.TrimSuffix(reason, ")")}) // tkn: Failed(CouldntGetTask)
	}
	if o.Reason = o.Cell("REASON"); strings.Contains(o.Reason, " ") {
		o.Reason, o.Message = "", o.Reason
	}
	for _, c := range []string{"MESSAGE", "STATUS", "REASON", "ERROR", "ERRORS", "LAST EVENT", "STATUS DESCRIPTION"} {
		if v := o.Cell(c); strings.Contains(v, " ") && len(v) > len(o.Message) {
			o.Message = v
		}
	}
	o.Verdict = observe.Judge(&o)
	p.Add(o)
}
