package paste

import (
	"strconv"
	"strings"
)

// A container is what a description or a manifest tells about a container of a Pod.
type container struct {
	name      string
	init      bool
	ready     string // True, False, and "" if unknown
	restarts  int    // -1 if unknown
	now, last containerState
}

// A containerState is the state of a container, or the last one.
type containerState struct {
	field   string // waiting, running, terminated or last; "" if there is none
	reason  string
	message string
	exit    string
	line    int
}

// addContainers adds the states of containers.
func (p *parser) addContainers(s subject, containers []container) {
	for _, c := range containers {
		recovered := c.now.field == "running" && c.ready == "True" || c.init && c.now.field == "terminated" && c.now.healthy()
		for _, st := range []containerState{c.now, c.last} {
			if st.field == "" {
				continue
			}
			o := Observation{Place: State, Object: s.object, Owner: s.owner, Field: st.field, Value: st.exit, Reason: st.reason, Message: st.message, Line: st.line}
			o.Object.Container, o.Object.Init = c.name, c.init
			o.Verdict = st.verdict(c)
			o.Over = st.field == "last" && recovered
			p.add(o)
		}
	}
}

// healthy reports whether a container that ended did so without an error.
func (s containerState) healthy() bool {
	return s.exit == "0" && (s.reason == "" || s.reason == "Completed") || s.exit == "" && s.reason == "Completed"
}

// passing are the reasons for which a container waits at first.
var passing = setOf("", "ContainerCreating", "PodInitializing")

func (s containerState) verdict(c container) Verdict {
	switch s.field {
	case "running":
		return Healthy
	case "waiting":
		if passing[s.reason] {
			return Waiting
		}
		return Trouble
	case "last":
		if s.healthy() && c.now.field != "waiting" {
			return Healthy
		}
		return Trouble
	}
	if s.healthy() {
		return Healthy
	}
	return Trouble
}

// podCells returns READY, STATUS and RESTARTS of a Pod as kubectl get prints them, as far
// as its phase and containers tell them.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go (printPod)
func podCells(phase, reason string, deleting bool, containers []container) []Cell {
	var c cellList
	ready, total, restarts, initRestarts, known := 0, 0, -1, -1, true
	for _, x := range containers {
		switch {
		case x.init:
			initRestarts = max(initRestarts, x.restarts)
			continue
		case x.restarts >= 0:
			restarts = max(restarts, 0) + x.restarts
		}
		total++
		known = known && x.ready != ""
		if x.ready == "True" {
			ready++
		}
	}
	if total > 0 && known && phase != "" {
		c.add("READY", strconv.Itoa(ready)+"/"+strconv.Itoa(total))
	}
	if phase != "" || deleting {
		c.add("STATUS", podStatus(phase, reason, deleting, containers))
	}
	if restarts = max(restarts, initRestarts); restarts > 0 || restarts == 0 && phase != "" {
		c.add("RESTARTS", strconv.Itoa(restarts))
	}
	return c
}

func podStatus(phase, reason string, deleting bool, containers []container) string {
	status := orNone(reason, phase)
	switch {
	case deleting && reason == "NodeLost":
		return "Unknown"
	case deleting && phase != "Failed" && phase != "Succeeded":
		return "Terminating"
	case reason != "":
		return status
	case phase == "Succeeded":
		return "Completed"
	}
	inits, done := 0, 0
	for _, x := range containers {
		if x.init {
			inits++
		}
	}
	for _, x := range containers {
		if !x.init {
			continue
		}
		switch {
		case x.now.field == "terminated" && x.now.healthy(), x.now.field == "running" && x.ready == "True":
			done++
			continue
		case x.now.field == "terminated":
			return "Init:" + orNone(x.now.reason, "ExitCode:"+x.now.exit)
		case x.now.field == "waiting" && !passing[x.now.reason]:
			return "Init:" + x.now.reason
		case x.now.field != "":
			return "Init:" + strconv.Itoa(done) + "/" + strconv.Itoa(inits)
		}
	}
	running := false
	for _, x := range containers {
		if x.init {
			continue
		}
		switch {
		case x.now.field == "waiting" && x.now.reason != "", x.now.field == "terminated" && x.now.reason != "":
			status = x.now.reason
		case x.now.field == "terminated" && x.now.exit != "":
			status = "ExitCode:" + x.now.exit
		case x.now.field == "running" && x.ready == "True":
			running = true
		}
	}
	if status == "Completed" && running {
		return "Running"
	}
	return status
}

// containerLine reads a line below Containers, and reports false if its key is not one of
// a container's status.
func (d *description) containerLine(key, value string, l line) bool {
	switch key {
	case "State", "Last State":
		c := d.container()
		st := &c.now
		if key == "Last State" {
			st = &c.last
		}
		word, rest, _ := strings.Cut(value, " ")
		*st = containerState{field: strings.ToLower(word), line: l.number}
		if key == "Last State" {
			st.field = "last"
		} else if !states[st.field] {
			st.field = ""
		}
		if rest = strings.TrimSpace(rest); rest != "" && IsName(strings.ToLower(rest)) {
			st.reason = rest
		}
		d.state, d.guess = st, "pod"
		return true
	case "Reason", "Message", "Exit Code", "Signal", "Started", "Finished":
		if d.state == nil {
			return false
		}
		switch key {
		case "Reason":
			d.state.reason = value
		case "Message":
			d.state.message = value
			d.messageIndent = l.indent()
		case "Exit Code":
			d.state.exit = value
		}
		return true
	case "Ready":
		d.container().ready = value
	case "Restart Count":
		d.guess = "pod"
		if n, err := strconv.Atoi(value); err == nil {
			d.container().restarts = n
		}
	default:
		d.state = nil
		return false
	}
	d.state = nil
	return true
}

// states are the states of a container.
var states = setOf("waiting", "running", "terminated")

// container returns the container that is being read.
func (d *description) container() *container {
	if len(d.containers) == 0 {
		d.containers = append(d.containers, container{restarts: -1})
	}
	return &d.containers[len(d.containers)-1]
}
