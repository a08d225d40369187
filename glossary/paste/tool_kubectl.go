package paste

import "strings"

// readKubectl reads kubectl's own messages: the progress of a rollout and of a drain,
// confirmations, warnings, and the answer of auth can-i.
// https://github.com/kubernetes/kubernetes/tree/v1.36.0/staging/src/k8s.io/kubectl/pkg/cmd
func readKubectl(p *parser, lines []line, s string) int {
	number := lines[0].number
	switch s[0] {
	case 'W', 'w':
		if strings.HasPrefix(s, "Waiting for ") || strings.HasPrefix(s, "waiting for statefulset rolling update") {
			return rolloutProgress(p, s, number)
		}
		if strings.HasPrefix(s, "Warning: ") {
			return kubectlWarning(p, lines, s)
		}
	case 'e':
		if strings.HasPrefix(s, "error: ") || strings.HasPrefix(s, "error when ") || strings.HasPrefix(s, "evicting pod ") {
			return kubectlError(p, lines, s)
		}
	case 'c':
		if strings.HasPrefix(s, "command terminated with ") {
			p.fail("kubectl", "", s, Object{}, number)
			return 1
		}
	case 'y', 'n':
		if p.command != nil && p.command.Verb == "auth can-i" {
			return canI(p, s, number)
		}
	}
	if obj, ok := rolledOut(s); ok {
		p.say("kubectl", s, obj, Healthy, number)
		return 1
	}
	if obj, ok := confirmation(s); ok {
		p.say("kubectl", s, obj, Healthy, number)
		return 1
	}
	for _, start := range [...]string{"Defaulted container ", "Defaulting container name to ", "If you don't see a command prompt", "Forwarding from ", "Handling connection for ", "Switched to context ", "Edit cancelled, no changes made", "Use '--show-labels", "Kubernetes control plane is running at", "CoreDNS is running at", "To further debug and diagnose cluster problems"} {
		if strings.HasPrefix(s, start) {
			p.say("kubectl", s, p.commandObject(), Healthy, number)
			return 1
		}
	}
	return 0
}

// rolloutKinds are the words for kinds in the messages of kubectl rollout status.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go
var rolloutKinds = map[string]string{"deployment": "deployment", "daemon set": "daemonset", "statefulset": "statefulset", "stateful set": "statefulset", "deployment spec update": "deployment"}

// rolloutProgress reads "Waiting for deployment "web" rollout to finish: 1 out of 3 new
// replicas have been updated...".
func rolloutProgress(p *parser, s string, number int) int {
	obj := p.commandObject()
	if strings.Contains(s, " rollout to finish: ") {
		if kind, _, ok := strings.Cut(strings.TrimPrefix(s, "Waiting for "), ` "`); ok {
			name, _ := quoted(s)
			obj = Object{Kind: rolloutKinds[kind], Name: name}.valid()
		}
	} else if !strings.HasSuffix(s, "...") {
		return 0
	}
	p.say("kubectl", s, obj, Waiting, number)
	return 1
}

// rolledOut reads `deployment "web" successfully rolled out`.
func rolledOut(s string) (Object, bool) {
	if !strings.HasSuffix(s, " successfully rolled out") {
		rest := strings.HasPrefix(s, "statefulset rolling update complete") || strings.HasPrefix(s, "partitioned roll out complete")
		return Object{}, rest
	}
	kind, _, _ := strings.Cut(s, ` "`)
	name, _ := quoted(s)
	return Object{Kind: rolloutKinds[kind], Name: name}.valid(), true
}

// confirmations are the words with which kubectl says that it has done something.
var confirmations = setOf("created", "configured", "unchanged", "deleted", "scaled", "restarted", "patched", "labeled", "unlabeled", "annotated", "edited", "replaced", "exposed", "cordoned", "uncordoned", "drained", "evicted", "tainted", "untainted", "autoscaled", "pruned", "approved", "paused", "resumed",
	"serverside-applied", "already cordoned", "already uncordoned", "rolled back", "image updated", "env updated", "force deleted", "condition met", "modified", "not labeled", "not patched", "no change", "resource requirements updated", "serviceaccount updated", "selector updated", "subjects updated", "migrated", "reconciled", "converted")

// confirmation reads "deployment.apps/web created" and `pod "web-1" deleted`.
func confirmation(s string) (Object, bool) {
	word, rest, ok := strings.Cut(s, " ")
	if !ok || len(rest) > 300 || word == "" || word[0] < 'A' {
		return Object{}, false
	}
	if kind, name, ok := strings.Cut(word, "/"); ok {
		rest = strings.TrimSpace(rest)
		if i := strings.Index(rest, " ("); i > 0 { // (dry run), (server dry run)
			rest = rest[:i]
		}
		done := confirmations[rest] || strings.HasPrefix(rest, "deleted from ")
		return Object{Kind: kindNamed(kind), Name: name}.valid(), done && kind != ""
	}
	if rest[0] != '"' {
		return Object{}, false
	}
	name, done := quoted(rest)
	done = strings.TrimSpace(done)
	if i := strings.Index(done, " ("); i > 0 {
		done = done[:i]
	}
	obj := Object{Kind: kindNamed(word), Name: name}
	if ns, ok := strings.CutPrefix(done, "deleted from "); ok { // since v1.34
		obj.Namespace, _, _ = strings.Cut(ns, " ")
		done = "deleted"
	}
	return obj.valid(), confirmations[done]
}

// kubectlWarning reads "Warning: …". That something is deprecated is no trouble today.
func kubectlWarning(p *parser, lines []line, s string) int {
	n, text := block(s, lines)
	v := Unjudged
	if strings.Contains(s, " deprecated") || strings.Contains(s, "kubectl apply should be used on resource") || strings.Contains(s, "ignoring DaemonSet-managed") || strings.Contains(s, "last-applied-configuration") {
		v = Healthy
	}
	p.add(Observation{Place: Log, Value: "warning", Message: text, From: "kubectl", Object: p.commandObject(), Verdict: v, Line: lines[0].number})
	return n
}

// kubectlError reads those errors of kubectl that name their object, and the progress of
// a drain. Other errors are left to readError.
func kubectlError(p *parser, lines []line, s string) int {
	number := lines[0].number
	var obj Object
	switch {
	case strings.HasPrefix(s, "evicting pod "):
		name := strings.Trim(s[len("evicting pod "):], `"`)
		if ns, pod, ok := strings.Cut(name, "/"); ok {
			obj = Object{Kind: "pod", Namespace: ns, Name: pod}.valid()
		} else {
			obj = Object{Kind: "pod", Name: name}.valid()
		}
		if obj.Name == "" {
			return 0
		}
		p.say("kubectl", s, obj, Healthy, number)
		return 1
	case strings.HasPrefix(s, "error when "): // error when evicting pods/"web-1" -n "shop" (will retry after 5s): …
		name, rest := quoted(s)
		obj = Object{Kind: "pod", Name: name}
		if strings.HasPrefix(rest, ` -n "`) || strings.HasPrefix(rest, ` in namespace "`) {
			obj.Namespace, _ = quoted(rest)
		}
		obj = obj.valid()
	case strings.HasSuffix(s, " exceeded its progress deadline"), strings.HasPrefix(s, "error: no rollout history found for"):
		kind, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(s, "error: "), "no rollout history found for "), ` "`)
		name, _ := quoted(s)
		obj = Object{Kind: rolloutKinds[kind], Name: name}.valid()
	case strings.HasPrefix(s, "error: timed out waiting for the condition on "):
		obj = objectNamed(strings.TrimSpace(s[len("error: timed out waiting for the condition on "):]), "")
	case strings.HasPrefix(s, `error: unable to drain node "`):
		name, _ := quoted(s)
		obj = Object{Kind: "node", Name: name}.valid()
	default:
		return 0
	}
	n, text := block(s, lines)
	p.fail("kubectl", "", text, obj, number)
	return n
}

// canI reads the answer of kubectl auth can-i.
func canI(p *parser, s string, number int) int {
	switch {
	case s == "yes":
		p.say("kubectl", s, p.namespaceOnly(), Healthy, number)
	case s == "no", strings.HasPrefix(s, "no - "):
		p.fail("kubectl", "", s, p.namespaceOnly(), number)
	default:
		return 0
	}
	return 1
}
