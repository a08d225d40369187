package diagnose

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// optionalFlags returns the flags that may be omitted from a command about an object if the paste
// does not contain their values. For an init container, -c must stay: without it, kubectl logs
// reads an app container, which has not started yet.
func optionalFlags(o observe.Object) []string {
	if o.Init {
		return grammar.OptionalFlags[:1]
	}
	return grammar.OptionalFlags
}

// Commands returns the commands to run next, with names filled in, best first: the commands of the
// issue's terms about its objects, then kubectl describe for the object, then the terms' general
// commands. Commands with unfilled placeholders come last. Commands that the paste already contains
// are excluded. Commands computes them at each call, since few of the issues of a long paste are
// shown.
func (t *Issue) Commands() []Command {
	var list commandList
	for _, f := range append([]Finding{*t.Finding}, t.Symptoms...) {
		if len(f.Objects) == 0 {
			f.Objects = t.Objects
		}
		var o observe.Object
		if len(f.Objects) > 0 {
			o = f.Objects[0]
		}
		if i := slices.IndexFunc(f.Objects, func(x observe.Object) bool { return x.Kind == "pod" }); i > 0 && o.Owns(&f.Objects[i]) && !runs[o.Kind] {
			o = f.Objects[i] // a Pod is more informative than its Deployment
		}
		list.taken = 0
		advise(&list, f, o, t)
	}
	if t.From == "docker" && len(t.Objects) == 0 {
		list.ranks[incomplete] = nil // Docker on the user's machine cannot show Pods
	}
	// The description of the object does not explain why the user's command failed.
	return list.best(t.place == observe.Error && t.Term != nil || t.From == "hubble")
}

// runs contains the kinds whose objects own Pods and show in their own status which step failed.
var runs = map[string]bool{"workflow": true, "pipelinerun": true, "taskrun": true}

// advise adds the commands for the finding f about the object o: the commands of the finding's
// term, and kubectl describe for o.
func advise(list *commandList, f Finding, o observe.Object, t *Issue) {
	values := valuesFor(o, f)
	named := false
	fill := func(run string) (string, bool) {
		if m := kindWord.FindStringSubmatch(run); m != nil && o.Kind != "" && f.Captured["name"] == "" {
			kind := observe.KindNamed(m[1])
			same := func(x observe.Object) bool { return x.Kind == kind }
			if i := slices.IndexFunc(f.Objects, same); i >= 0 && kind != o.Kind { // of several kinds, the command is about another
				return fillPlaceholders(run, valuesFor(f.Objects[i], f), kind, optionalFlags(f.Objects[i]))
			}
		}
		return fillPlaceholders(run, values, aboutKind(o, f), optionalFlags(o))
	}
	for _, c := range checks(f) {
		if strings.HasPrefix(c.Run, "kubectl config ") && !strings.Contains(f.Fact, "localhost:8080") && f.place != observe.Error && f.place != observe.Line {
			continue // errors of a component are not about the user's kubeconfig
		}
		filled, complete := fill(c.Run)
		if rest, ok := strings.CutPrefix(filled, "kubectl describe node NODE"); ok && !complete && rest == "" {
			filled, complete = "kubectl describe nodes", true // the paste does not say which
		}
		rank := general
		switch {
		case !complete:
			rank = incomplete
		case len(t.Objects) == 0 && len(t.Symptoms) > 0 && t.place == observe.Condition:
			named = true // a condition without its object: one command of each finding comes first
		case names(filled, t):
			rank = about
		}
		if !pasted(t.pasted, filled) {
			named = named || rank == about
			list.add(Command{filled, glossary.Text{EN: c.EN, JA: c.JA}, complete}, rank)
		}
	}
	if o.Name == "" || o.Kind == "" || strings.Contains(o.Kind, " ") {
		if f.Term == nil && t.Term == nil && o.Name == "" {
			list.unknown(f.From, o.Namespace, t.pasted)
		}
		return
	}
	rank := about
	if named {
		rank = described
	}
	show := "kubectl describe " + o.Kind + " NAME"
	if o.Kind == "release" {
		show = "helm status NAME"
	}
	if o.Namespace != "" && observe.Namespaced(o.Kind) {
		show += " -n NS"
	}
	own := maps.Clone(values)
	own["NAME"] = o.Name // the message may name another object
	show, _ = fillPlaceholders(show, own, o.Kind, optionalFlags(o))
	if !pasted(t.pasted, show) {
		list.add(Command{show, describeNote, true}, rank)
	} else if whole, ok := strings.CutPrefix(show, "kubectl describe"); ok {
		list.add(Command{"kubectl get" + whole + " -o yaml", statusNote, true}, rank)
	}
}

// checks returns the commands of the finding's variant or, if it has none, of its term.
func checks(f Finding) []glossary.Command {
	if f.Term == nil || f.Name != "" {
		return nil
	}
	if v, ok := f.Term.Variant(f.Variant); ok && len(v.Checks) > 0 {
		return v.Checks
	}
	if len(f.Term.Checks) == 0 {
		return f.Term.Try
	}
	return f.Term.Checks
}

// The ranks of commands, best first.
const (
	about      = iota // names the object of the finding
	general           // a term's command that names no object
	described         // kubectl describe, if the term has a better command about the object
	incomplete        // has unfilled placeholders
)

// A commandList collects the commands of an issue by rank.
type commandList struct {
	ranks  [incomplete + 1][]Command
	keys   []string // the commands without their namespaces
	firsts int      // number of findings that have a general command
	taken  int      // number of general commands for the current finding
}

// add adds a command unless the list already has it, ignoring the namespace.
func (l *commandList) add(c Command, rank int) {
	key := withoutNamespace(c.Run)
	if slices.Contains(l.keys, key) {
		return
	}
	l.keys = append(l.keys, key)
	if rank != general {
		l.ranks[rank] = append(l.ranks[rank], c)
		return
	}
	// The first general command of each finding comes before the second ones.
	at := len(l.ranks[general])
	if l.taken == 0 {
		at = min(l.firsts, at)
		l.firsts++
	}
	l.taken++
	l.ranks[general] = slices.Insert(l.ranks[general], at, c)
}

// best returns the commands in order of rank. If termFirst is set, kubectl describe comes after
// the first command of the term.
func (l *commandList) best(termFirst bool) []Command {
	if i := slices.IndexFunc(l.ranks[about], func(c Command) bool { return c.Note == describeNote }); termFirst && i >= 0 && len(l.ranks[general]) > 0 {
		describe, first := l.ranks[about][i], l.ranks[general][0]
		l.ranks[about] = append(slices.Delete(l.ranks[about], i, i+1), first, describe)
		l.ranks[general] = l.ranks[general][1:]
	}
	if all := slices.Concat(l.ranks[about], l.ranks[general], l.ranks[described]); len(all) > 0 {
		return append(all, l.ranks[incomplete]...)
	}
	return l.ranks[incomplete]
}

// programPods maps the name prefix of a cluster program to the flags with which kubectl get
// pods selects its Pods.
var programPods = []struct{ program, flags string }{
	{"coredns", "-n kube-system -l k8s-app=kube-dns"}, {"kube-proxy", "-n kube-system -l k8s-app=kube-proxy"}, {"kube-", "-n kube-system -l tier=control-plane"}, {"etcd", "-n kube-system -l component=etcd"},
	{"metrics-server", "-n kube-system -l k8s-app=metrics-server"}, {"cilium", "-n kube-system -l k8s-app=cilium"}, {"hubble", "-n kube-system -l k8s-app=cilium"}, {"calico", "-A -l k8s-app=calico-node"}, {"flannel", "-A -l app=flannel"},
	{"nginx", "-A -l app.kubernetes.io/name=ingress-nginx"}, {"cert-manager", "-n cert-manager"}, {"argocd-", "-n argocd"}, {"velero", "-n velero"}, {"rook", "-n rook-ceph"}, {"karpenter", "-A -l app.kubernetes.io/name=karpenter"}, {"cluster-autoscaler", "-n kube-system"},
}

// clusterTools are the tools whose errors are mostly about what happens in the cluster.
var clusterTools = map[string]bool{"kubectl": true, "helm": true, "argocd": true, "flux": true, "skaffold": true, "tilt": true, "kn": true, "tkn": true, "argo": true}

// unknown adds a command for an error that no term explains and that does not name an object. The
// command shows the nodes, the warnings in the cluster, or the Pods of the program that reports
// the error. unknown adds nothing for a tool that fails outside the cluster.
func (l *commandList) unknown(from, namespace string, earlier []observe.Command) {
	run, note := "", glossary.Text{}
	for _, p := range programPods {
		if strings.HasPrefix(from, p.program) {
			run = "kubectl get pods " + p.flags + " -o wide"
			note = glossary.Text{EN: "Check whether all Pods of this program are running, and whether they have restarted.", JA: "このプログラムのPodがすべて動いているか、再起動していないかを確認します。"}
			break
		}
	}
	switch {
	case run != "":
	case from == "kubelet" || from == "containerd" || from == "crictl" || from == "systemd" || from == "k3s":
		run, note = "kubectl get nodes -o wide", glossary.Text{EN: "Check whether the node is Ready.", JA: "ノードがReadyかを確認します。"}
	case clusterTools[from]:
		where := "-A"
		if namespace != "" {
			where = "-n " + namespace
		}
		run = "kubectl get events " + where + " --field-selector type=Warning"
		note = glossary.Text{EN: "Look for warnings in the cluster around that time.", JA: "同じ頃にクラスターで出た警告を確認します。"}
	default:
		return
	}
	if !pasted(earlier, run) {
		l.add(Command{run, note, true}, general)
	}
}

// describeNote says what to look for in the output of kubectl describe.
var describeNote = glossary.Text{EN: "Look at the status and conditions, and the events at the end.", JA: "StatusとConditions、末尾のEventsを確認します。"}

// statusNote says what to look for in the YAML of an object.
var statusNote = glossary.Text{EN: "Look at the fields under status.", JA: "status以下のフィールドを確認します。"}

// names reports whether a command contains a captured value, such as the name of one of the
// issue's objects. It returns true if the issue has no objects.
func names(run string, t *Issue) bool {
	if len(t.Objects) == 0 {
		return true
	}
	whole := withoutNamespace(run) // an object may have the name of its namespace
	for _, o := range t.Objects[:min(len(t.Objects), 8)] {
		if strings.Contains(whole, o.Name) {
			return true
		}
	}
	for _, types := range grammar.Placeholders {
		for _, slot := range types {
			if v := t.Captured[slot]; v != "" && slot != "namespace" && strings.Contains(run, v) {
				return true
			}
		}
	}
	return false
}

// withoutNamespace returns a command without the flag -n. In a kubectl describe command, it
// replaces the kind with its canonical name.
func withoutNamespace(run string) string {
	if before, after, ok := strings.Cut(run, " -n "); ok {
		_, rest, more := strings.Cut(after, " ")
		if run = before; more {
			run += " " + rest
		}
	}
	if words := strings.Fields(run); len(words) == 4 && words[1] == "describe" {
		kind, _, _ := strings.Cut(words[2], ".") // describe deployments.apps web is the same as describe deployment web
		words[2] = observe.KindNamed(kind)
		return strings.Join(words, " ")
	}
	return run
}

// valuesFor returns values for the placeholders. They come from the object and from the captured
// values.
func valuesFor(o observe.Object, f Finding) map[string]string {
	names := map[string]string{"NS": o.Namespace}
	if kind := aboutKind(o, f); kind != "" && (o.Name != "" || f.Captured["name"] != "") && !strings.Contains(kind, " ") {
		names["KIND"] = kind
	}
	for p, types := range grammar.Placeholders {
		for _, slot := range types {
			v := f.Captured[slot]
			if p == "KIND" {
				v = observe.ResourceName(v)
			}
			if v != "" && names[p] == "" && grammar.IsSafe(v) && (p == "IMAGE" || p == "RESOURCE" || !strings.Contains(v, "/")) {
				names[p] = v
			}
		}
	}
	for _, r := range append([]observe.Object{o}, f.related...) {
		set := func(p, v string) {
			if v != "" && names[p] == "" {
				names[p] = v
			}
		}
		switch r.Kind {
		case "pod":
			set("POD", r.Name)
			set("CONTAINER", r.Container)
		case "node":
			set("NODE", r.Name)
		case "persistentvolumeclaim":
			set("PVC", r.Name)
		case "persistentvolume":
			set("PV", r.Name)
		case "service":
			set("SERVICE", r.Name)
		case "secret":
			set("SECRET", r.Name)
		case "configmap":
			set("CONFIGMAP", r.Name)
		}
	}
	if o.Name != "" {
		names["NAME"] = o.Name
	}
	if kind, name := observe.ResourceName(f.Captured["kind"]), f.Captured["name"]; kind != "" && name != "" && grammar.IsSafe(kind) && observe.IsName(name) {
		names["KIND"], names["NAME"] = strings.ToLower(kind), name // of the object in the message
	}
	return names
}

// aboutKind returns the kind of the object that a finding names, or "" if it is not known.
func aboutKind(o observe.Object, f Finding) string {
	if kind := observe.KindNamed(observe.ResourceName(f.Captured["kind"])); kind != "" && f.Captured["name"] != "" {
		return kind // of the object in the message
	}
	return cmp.Or(o.Kind, observe.KindNamed(f.Captured["resource"]), observe.KindNamed(observe.ResourceName(f.Captured["kind"])))
}

// kindWord matches a command about an object, and captures the object's kind.
var kindWord = lazyregexp.New(`kubectl (?:get|describe|rollout status|rollout history|logs|edit|delete|scale) ([a-z.]+)[ /]NAME`)

// fillPlaceholders fills in a command like [grammar.Fill], but replaces NAME only if the command
// is about kind.
func fillPlaceholders(run string, names map[string]string, kind string, optional []string) (string, bool) {
	if workloads[kind] && kind != "deployment" && (kind == "replicaset" || !strings.Contains(run, "ReplicaFailure")) { // others lack that condition
		run = strings.Replace(run, "kubectl get deployment NAME", "kubectl get "+kind+" NAME", 1)
	}
	if kind != "" && strings.Contains(run, "NAME") {
		if m := kindWord.FindStringSubmatch(run); m != nil && kind != observe.KindNamed(m[1]) || kind == "pod" && strings.Contains(run, "=NAME") {
			names = withoutName(names)
		}
	}
	if main, sub, ok := strings.Cut(names["RESOURCE"], "/"); ok { // pods/log
		names = maps.Clone(names)
		delete(names, "RESOURCE")
		if strings.Contains(run, " auth can-i ") {
			names["RESOURCE"] = main + " --subresource=" + sub
		}
	}
	return grammar.Fill(run, names, optional)
}

// workloads are the kinds that a command about a Deployment can be adapted to.
var workloads = map[string]bool{"deployment": true, "statefulset": true, "daemonset": true, "replicaset": true}

func withoutName(names map[string]string) map[string]string {
	out := make(map[string]string, len(names))
	for k, v := range names {
		if k != "NAME" {
			out[k] = v
		}
	}
	return out
}

// pasted reports whether the paste contains a command equivalent to run, with the same verb and the
// same object.
func pasted(commands []observe.Command, run string) bool {
	for _, c := range commands {
		if strings.TrimSpace(c.Text) == run {
			return true
		}
		ours := strings.Fields(run)
		if c.Program == "kubectl" && len(ours) > 2 && ours[0] == "kubectl" && ours[1] == c.Verb && c.Object.Name != "" && slices.Contains(ours, c.Object.Name) && strings.HasPrefix(c.Object.Kind, strings.TrimSuffix(ours[2], "s")) && (c.Verb == "describe" || c.Verb == "get" && (c.Output == "" || strings.HasSuffix(run, " -o "+c.Output))) {
			return true
		}
	}
	return false
}
