package describe

import (
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/resource"
)

// A description is the reader's state while the reader reads the kubectl describe output for one
// object. https://github.com/kubernetes/kubectl/blob/v0.34.1/pkg/describe/describe.go
type description struct {
	line          int32
	base          int               // indent of the top-level lines
	fields        map[string]string // values by top-level key
	order         []string          // keys of fields in the order of the text
	guess         string            // the only kind that has one of the keys
	section       string            // the top-level key above the current line
	sectionIndent int
	inner         int // indent of the first line of the section; -1 before it
	containers    []resource.Container
	state         *resource.ContainerState // container state that the current line belongs to
	messageIndent int
	conditions    []condition
	head          string // header line of the conditions table
	taints        []string
	metrics       []string
	backend       string      // the error about a backend of an Ingress
	holder        string      // holder of the Lease
	status        []line.Line // the lines below Status of a custom resource
	errors        []condition // the errors of a Velero backup, in message
	deleting      bool
	raw           bool // within the data of a ConfigMap or a Secret
	whole         bool // where the data ends is known
	joiner        lex.Joiner
}

// A condition is a row of the conditions table.
type condition struct {
	field, value, reason, message string
	line                          int32
}

// wrapped appends a continuation line to the message of the current state. It returns false if
// the message is already long enough.
func (d *description) wrapped(text string) bool {
	if len(d.state.Message) > 4<<10 {
		return false
	}
	d.state.Message = d.joiner.Append(d.state.Message, "\n", text)
	return true
}

// maxErrors is the maximum number of errors of a description.
const maxErrors = 20

// errorLine reads a line below Errors: "Velero:    name: /db-0 error: …". An error may be wrapped.
// https://github.com/vmware-tanzu/velero/blob/main/pkg/cmd/util/output/backup_describer.go
func (d *description) errorLine(value string, isKey bool, number int32, text string) {
	switch {
	case isKey && (value == "" || value == "<none>"):
	case isKey && len(d.errors) < maxErrors:
		if key, _, _, _ := describeKey(text); key == "name" || key == "resource" || key == "message" { // below a namespace
			value = text
		}
		d.errors = append(d.errors, condition{message: value, line: number})
	case len(d.errors) > 0:
		last := &d.errors[len(d.errors)-1]
		if len(last.message) < 4<<10 {
			last.message += " " + text
		}
	}
}

func (d *description) taint(s string) {
	if s != "" && s != "<none>" {
		d.taints = append(d.taints, s)
	}
}
