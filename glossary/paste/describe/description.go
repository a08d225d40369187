package describe

import (
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/resource"
)

// A description is what kubectl describe prints about one object.
// https://github.com/kubernetes/kubectl/blob/v0.34.1/pkg/describe/describe.go
type description struct {
	line          int
	base          int               // indent of its outermost lines
	fields        map[string]string // outermost keys
	order         []string          // keys of fields
	guess         string            // the kind that alone has one of the keys
	section       string            // the outermost key above the current line
	sectionIndent int
	inner         int // indent of the first line of the section; -1 before it
	containers    []resource.Container
	state         *resource.ContainerState // whose further lines are being read
	messageIndent int
	conditions    []observe.Observation
	head          string // of the table of conditions
	taints        []string
	metrics       []string
	backend       string      // the error about a backend of an Ingress
	holder        string      // of the Lease
	status        []line.Line // the lines below Status of a custom resource
	deleting      bool
	raw           bool // within the data of a ConfigMap
}

// wrapped adds a line to a message that has several, and reports false if no more are
// taken.
func (d *description) wrapped(text string) bool {
	if len(d.state.Message) > 4<<10 {
		return false
	}
	d.state.Message += "\n" + text
	return true
}

func (d *description) taint(s string) {
	if s != "" && s != "<none>" {
		d.taints = append(d.taints, s)
	}
}
