package resource

import (
	"strconv"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// A Container is the status of a container in a description or a manifest.
type Container struct {
	Name      string
	Init      bool
	Ready     string // True, False, or "" if unknown
	Restarts  int    // -1 if unknown
	Now, Last ContainerState
}

// A ContainerState is the current or last state of a container.
type ContainerState struct {
	Field   string // waiting, running, terminated or last; "" if there is none
	Reason  string
	Message string
	Exit    string
	Line    int32
}

// AddContainers adds the current and last states of containers, which belong to s.
func AddContainers(p *parse.Parser, s Subject, containers []Container) {
	for _, c := range containers {
		recovered := c.Now.Field == "running" && c.Ready == "True" || c.Init && c.Now.Field == "terminated" && c.Now.healthy()
		for _, st := range []ContainerState{c.Now, c.Last} {
			if st.Field == "" {
				continue
			}
			o := observe.Observation{Place: observe.State, Object: s.Object, Field: st.Field, Value: st.Exit, Reason: st.Reason, Message: st.Message, Line: st.Line}
			o.Object.Container, o.Object.Init = c.Name, c.Init
			o.Verdict = st.verdict(c)
			o.Resolved = st.Field == "last" && recovered
			p.Add(o)
		}
	}
}

// healthy reports whether a terminated container exited without an error.
func (s ContainerState) healthy() bool {
	return s.Exit == "0" && (s.Reason == "" || s.Reason == "Completed") || s.Exit == "" && s.Reason == "Completed"
}

// initialReasons are the reasons that containers give for waiting when they are new.
var initialReasons = lex.Set("|ContainerCreating|PodInitializing")

func (s ContainerState) verdict(c Container) observe.Verdict {
	switch s.Field {
	case "running":
		return observe.Healthy
	case "waiting":
		if initialReasons[s.Reason] {
			return observe.Waiting
		}
		return observe.Unhealthy
	case "last":
		if s.healthy() && c.Now.Field != "waiting" {
			return observe.Healthy
		}
		return observe.Unhealthy
	}
	if s.healthy() {
		return observe.Healthy
	}
	return observe.Unhealthy
}

// PodCells returns the READY, STATUS and RESTARTS cells of a Pod, as kubectl get prints them. It
// omits cells that cannot be derived from the phase and the containers.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go
// (printPod)
func PodCells(phase, reason string, deleting bool, containers []Container) []observe.Cell {
	var c CellList
	ready, total, restarts, initRestarts, known := 0, 0, -1, -1, true
	for _, x := range containers {
		switch {
		case x.Init:
			initRestarts = max(initRestarts, x.Restarts)
			continue
		case x.Restarts >= 0:
			restarts = max(restarts, 0) + x.Restarts
		}
		total++
		known = known && x.Ready != ""
		if x.Ready == "True" {
			ready++
		}
	}
	if total > 0 && known && phase != "" {
		c.Add("READY", strconv.Itoa(ready)+"/"+strconv.Itoa(total))
	}
	if phase != "" || deleting {
		c.Add("STATUS", podStatus(phase, reason, deleting, containers))
	}
	if restarts = max(restarts, initRestarts); restarts > 0 || restarts == 0 && phase != "" {
		c.Add("RESTARTS", strconv.Itoa(restarts))
	}
	return c
}

func podStatus(phase, reason string, deleting bool, containers []Container) string {
	status := OrNone(reason, phase)
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
		if x.Init {
			inits++
		}
	}
	for _, x := range containers {
		if !x.Init {
			continue
		}
		switch {
		case x.Now.Field == "terminated" && x.Now.healthy(), x.Now.Field == "running" && x.Ready == "True":
			done++
			continue
		case x.Now.Field == "terminated":
			return "Init:" + OrNone(x.Now.Reason, "ExitCode:"+x.Now.Exit)
		case x.Now.Field == "waiting" && !initialReasons[x.Now.Reason]:
			return "Init:" + x.Now.Reason
		case x.Now.Field != "":
			return "Init:" + strconv.Itoa(done) + "/" + strconv.Itoa(inits)
		}
	}
	running := false
	for _, x := range containers {
		if x.Init {
			continue
		}
		switch {
		case x.Now.Field == "waiting" && x.Now.Reason != "", x.Now.Field == "terminated" && x.Now.Reason != "":
			status = x.Now.Reason
		case x.Now.Field == "terminated" && x.Now.Exit != "":
			status = "ExitCode:" + x.Now.Exit
		case x.Now.Field == "running" && x.Ready == "True":
			running = true
		}
	}
	if status == "Completed" && running {
		return "Running"
	}
	return status
}

// manifestContainers returns the containers in a Pod's status.
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodStatus
func manifestContainers(status *Node) []Container {
	var all []Container
	for _, k := range []string{"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"} {
		for _, s := range status.Get(k).items() {
			if k != "ephemeralContainerStatuses" {
				all = append(all, manifestContainer(s, k == "initContainerStatuses"))
			}
		}
	}
	if len(all) == 0 && (status.Has("containerID") || status.Has("restartCount") || status.Has("lastState") || status.Has("waiting") || status.Has("terminated") || status.Has("state", "waiting") || status.Has("state", "terminated") || status.Has("state", "running")) {
		all = append(all, manifestContainer(status, false))
	}
	return all
}

func manifestContainer(s *Node, init bool) Container {
	c := Container{Name: s.Str("name"), Init: init, Ready: Title(s.Str("ready")), Restarts: -1}
	if r := s.Str("restartCount"); r != "" {
		c.Restarts = lex.Number(r)
	}
	state := s.Get("state")
	if state == nil {
		state = s
	}
	for _, field := range []string{"waiting", "running", "terminated"} {
		if v := state.Get(field); v != nil {
			c.Now = stateOf(field, v)
		}
	}
	if v := s.Get("lastState", "terminated"); v != nil {
		c.Last = stateOf("last", v)
	}
	return c
}

func stateOf(field string, v *Node) ContainerState {
	s := ContainerState{Field: field, Reason: v.Str("reason"), Message: v.Str("message"), Exit: v.Str("exitCode"), Line: v.Line}
	if _, err := strconv.Atoi(s.Exit); err != nil {
		s.Exit = ""
	}
	return s
}
