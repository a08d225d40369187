package task

import (
	"slices"
	"strings"

	"k8sbot/glossary/lazyregexp"

	"k8sbot/glossary"
	"k8sbot/glossary/template"
)

// Fill returns the commands of a task, with the placeholders replaced by the names and numbers in
// the question. It inserts only names that Kubernetes allows and that do not need quotes in a
// shell.
func Fill(t *glossary.Term, question string) []glossary.Action {
	actions := slices.Clone(t.Do)
	n := NamesIn(question)
	if !n.found() {
		return actions
	}
	if n.kind == "" && n.name != "" {
		n.kind = kindFor(t, n.name)
		if p := placeholders[n.kind]; p != "" {
			n.values[p] = n.name
		}
	}
	for i := range actions {
		actions[i].Run = n.fill(actions[i].Run)
	}
	return actions
}

// kindFor guesses the kind of a named object if the question does not state it and the task has
// commands for both Pods and Deployments: the name of a Pod ends in digits or in random
// letters. It returns "" if the task does not have commands for both.
func kindFor(t *glossary.Term, name string) string {
	hasPod := slices.ContainsFunc(t.Do, func(a glossary.Action) bool { return slices.Contains(template.PlaceholdersIn(a.Run), "POD") })
	hasDeployment := slices.ContainsFunc(t.Do, func(a glossary.Action) bool { return strings.Contains(a.Run, "deployment/NAME") })
	switch {
	case !hasPod || !hasDeployment || name == "":
		return ""
	case podName.MatchString(name):
		return "pod"
	}
	return "deployment"
}

var podName = lazyregexp.New(`-[a-z0-9]*[0-9][a-z0-9]*(?:-[a-z0-9]+)?$`)

// target matches the kind of the object that a command is about, and its placeholder.
var target = lazyregexp.New(`\b(deployment|statefulset|daemonset|replicaset|pod|job|cronjob|service|node|secret|configmap|pvc|hpa|ingress)([/ ])(NAME|POD|SERVICE|NODE|SECRET|CONFIGMAP|PVC)\b`)

// sameCommands lists the kinds to which the same commands apply.
var sameCommands = []string{"deployment", "statefulset", "daemonset", "replicaset"}

// fill replaces the placeholders of a command.
func (n *Names) fill(run string) string {
	values := make(map[string]string, len(n.values)+2)
	for p, v := range n.values {
		values[p] = v
	}
	if m := target.FindStringSubmatch(run); m != nil && m[3] == "NAME" {
		switch {
		case n.kind == "" || n.kind == m[1]:
			values["NAME"] = n.name
		case slices.Contains(sameCommands, n.kind) && slices.Contains(sameCommands, m[1]) && (n.kind != "daemonset" || !strings.Contains(run, "kubectl scale")):
			values["NAME"] = n.name
			run = strings.Replace(run, m[0], n.kind+m[2]+m[3], 1)
		}
	} else if m == nil || n.kind == "" {
		values["KIND"], values["NAME"] = n.kind, n.name
		if n.kind == "" { // replace the first placeholder for a name
			for _, p := range template.PlaceholdersIn(run) {
				if slices.Contains([]string{"POD", "NODE", "SECRET", "CONFIGMAP", "SERVICE", "PVC", "PV", "SA", "CONTEXT"}, p) {
					if values[p] == "" {
						values[p] = n.name
					}
					break
				}
			}
		}
	}
	if strings.Contains(run, "rollout ") && n.kind == "pod" {
		return run
	}
	filled, _ := template.Fill(run, values, template.OptionalFlags)
	return filled
}
