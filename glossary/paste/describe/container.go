package describe

import (
	"strconv"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/resource"
)

// containerLine reads a line of the Containers section. It returns false if the key is not part
// of a container's status.
func (d *description) containerLine(key, value string, l line.Line) bool {
	switch key {
	case "State", "Last State":
		c := d.container()
		st := &c.Now
		if key == "Last State" {
			st = &c.Last
		}
		word, rest, _ := strings.Cut(value, " ")
		*st = resource.ContainerState{Field: strings.ToLower(word), Line: l.Number}
		if key == "Last State" {
			st.Field = "last"
		} else if !states[st.Field] {
			st.Field = ""
		}
		if rest = strings.TrimSpace(rest); rest != "" && observe.IsName(strings.ToLower(rest)) {
			st.Reason = rest
		}
		d.state, d.guess = st, "pod"
		return true
	case "Reason", "Message", "Exit Code", "Signal", "Started", "Finished":
		if d.state == nil {
			return false
		}
		switch key {
		case "Reason":
			d.state.Reason = value
		case "Message":
			d.state.Message = value
			d.messageIndent = l.Indent()
		case "Exit Code":
			d.state.Exit = value
		}
		return true
	case "Ready":
		d.container().Ready = value
	case "Restart Count":
		d.guess = "pod"
		if n, err := strconv.Atoi(value); err == nil {
			d.container().Restarts = n
		}
	default:
		d.state = nil
		return false
	}
	d.state = nil
	return true
}

// states are the states of a container.
var states = lex.Set("waiting|running|terminated")

// container returns the container that is being read.
func (d *description) container() *resource.Container {
	if len(d.containers) == 0 {
		d.containers = append(d.containers, resource.Container{Restarts: -1})
	}
	return &d.containers[len(d.containers)-1]
}
