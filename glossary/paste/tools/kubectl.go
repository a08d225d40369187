package tools

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// explainHead matches the heads in the output of kubectl explain, whose text is indented.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl
var explainHead = lazyregexp.New(`^(?:GROUP|KIND|VERSION|RESOURCE|FIELD|DESCRIPTION|FIELDS|ENUM):`)

// kubectlNotes are the beginnings of messages that say what kubectl or kind does.
var kubectlNotes = [...]string{"Defaulted container ", "Defaulting container name to ", "If you don't see a command prompt", "Forwarding from ", "Handling connection for ", "Switched to context ", "Edit cancelled, no changes made", "Use '--show-labels", "Kubernetes control plane is running at", "CoreDNS is running at", "To further debug and diagnose cluster problems",
	`Creating cluster "`, `Set kubectl context to "`, "You can now use your cluster with:", "Client Version: v", "Kustomize Version: v", "Server Version: v", "Have a nice day!", "Have a question, bug, or feature request?", "Not sure what to do next?", "Thanks for using kind!", "Awesome, you're up-to-date! Enjoy!", "Your Kubernetes control-plane has initialized successfully!", "mkdir -p $HOME/.kube", "sudo cp -i /etc/kubernetes/admin.conf ", "sudo chown $(id -u):$(id -g) $HOME/.kube/config", "export KUBECONFIG=/etc/kubernetes/admin.conf", "https://kubernetes.io/docs/concepts/cluster-administration/addons/"} // the last ones are those of kind and kubeadm

// readKubectl reads kubectl's own messages: the progress of a rollout or a drain,
// confirmations, warnings, and the answer from auth can-i.
// https://github.com/kubernetes/kubernetes/tree/v1.36.0/staging/src/k8s.io/kubectl/pkg/cmd
func readKubectl(p *parse.Parser, lines []line.Line, s string) int {
	number := lines[0].Number
	switch s[0] {
	case 'W', 'w':
		if strings.HasPrefix(s, "Waiting for ") || strings.HasPrefix(s, "waiting for statefulset rolling update") {
			return rolloutProgress(p, s, number)
		}
		if strings.HasPrefix(s, "Warning: ") && !line.IsPersonal(s) {
			return kubectlWarning(p, lines, s)
		}
	case 'e':
		if strings.HasPrefix(s, "error: ") || strings.HasPrefix(s, "error when ") || strings.HasPrefix(s, "evicting pod ") {
			return kubectlError(p, lines, s)
		}
	case 'c':
		if strings.HasPrefix(s, "command terminated with ") {
			addError(p, "kubectl", "", s, observe.Object{}, number)
			return 1
		}
	case 'y', 'n':
		if p.Command != nil && p.Command.Verb == "auth can-i" {
			return canI(p, s, number)
		}
	}
	if strings.HasPrefix(s, "KIND:  ") && len(lines) > 1 && strings.HasPrefix(lines[1].Text, "VERSION:  ") || strings.HasPrefix(s, "GROUP:  ") && len(lines) > 1 && strings.HasPrefix(lines[1].Text, "KIND:  ") {
		n := 2
		for n < len(lines) && lines[n].Fenced == lines[0].Fenced && (lines[n].Text == "" || lines[n].Indent() > 0 || explainHead.MatchString(lines[n].Text)) {
			n++ // anything else isn't part of it
		}
		addProgress(p, "kubectl explain", s, observe.Object{}, observe.Healthy, number)
		return n
	}
	if len(lines) > 1 && BeginsHistory(lines[1].Text) && strings.Contains(s, "/") {
		addProgress(p, "kubectl", s, observe.ObjectNamed(s, ""), observe.Healthy, number)
		return 1
	}
	if obj, ok := rolledOut(s); ok {
		addProgress(p, "kubectl", s, obj, observe.Healthy, number)
		return 1
	}
	if obj, ok := confirmation(s); ok {
		addProgress(p, "kubectl", s, obj, observe.Healthy, number)
		return 1
	}
	for _, start := range kubectlNotes {
		if s[0] == start[0] && strings.HasPrefix(s, start) {
			addProgress(p, "kubectl", s, commandObject(p), observe.Healthy, number)
			return 1
		}
	}
	return 0
}

// BeginsHistory reports whether a line is the head of kubectl rollout history, which comes after the name of
// the object.
func BeginsHistory(s string) bool { return strings.HasPrefix(s, "REVISION ") }

// rolloutKinds contains the kinds, keyed by the names that kubectl rollout status prints.
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go
var rolloutKinds = map[string]string{"deployment": "deployment", "daemon set": "daemonset", "statefulset": "statefulset", "stateful set": "statefulset", "deployment spec update": "deployment"}

// rolloutProgress reads "Waiting for deployment "web" rollout to finish: 1 out of 3 new
// replicas have been updated...".
func rolloutProgress(p *parse.Parser, s string, number int32) int {
	obj := commandObject(p)
	if strings.Contains(s, " rollout to finish: ") {
		if kind, _, ok := strings.Cut(strings.TrimPrefix(s, "Waiting for "), ` "`); ok {
			name, _ := quoted(s)
			obj = observe.Object{Kind: rolloutKinds[kind], Name: name}.Valid()
		}
	} else if !strings.HasSuffix(s, "...") {
		return 0
	}
	addProgress(p, "kubectl", s, obj, observe.Waiting, number)
	return 1
}

// rolledOut reads `deployment "web" successfully rolled out`.
func rolledOut(s string) (observe.Object, bool) {
	if !strings.HasSuffix(s, " successfully rolled out") {
		rest := strings.HasPrefix(s, "statefulset rolling update complete") || strings.HasPrefix(s, "partitioned roll out complete")
		return observe.Object{}, rest
	}
	kind, _, _ := strings.Cut(s, ` "`)
	name, _ := quoted(s)
	return observe.Object{Kind: rolloutKinds[kind], Name: name}.Valid(), true
}

// confirmations are the last words of messages about completed operations.
var confirmations = lex.Set("created|configured|unchanged|deleted|scaled|restarted|patched|labeled|unlabeled|annotated|edited|replaced|exposed|cordoned|uncordoned|" +
	"drained|evicted|tainted|untainted|autoscaled|pruned|approved|paused|resumed|serverside-applied|already cordoned|already uncordoned|" +
	"rolled back|image updated|env updated|force deleted|condition met|modified|not labeled|not patched|no change|resource requirements updated|" +
	"serviceaccount updated|selector updated|subjects updated|migrated|reconciled|converted")

// confirmation reads "deployment.apps/web created" and `pod "web-1" deleted`.
func confirmation(s string) (observe.Object, bool) {
	word, rest, ok := strings.Cut(s, " ")
	if !ok || len(rest) > 300 || word == "" || word[0] < 'A' {
		return observe.Object{}, false
	}
	if kind, name, ok := strings.Cut(word, "/"); ok {
		rest = strings.TrimSpace(rest)
		if i := strings.Index(rest, " ("); i > 0 { // (dry run), (server dry run)
			rest = rest[:i]
		}
		done := confirmations[rest] || strings.HasPrefix(rest, "deleted from ")
		return observe.Object{Kind: observe.KindNamed(kind), Name: name}.Valid(), done && kind != ""
	}
	if rest[0] != '"' {
		return observe.Object{}, false
	}
	name, done := quoted(rest)
	done = strings.TrimSpace(done)
	if i := strings.Index(done, " ("); i > 0 {
		done = done[:i]
	}
	obj := observe.Object{Kind: observe.KindNamed(word), Name: name}
	if ns, ok := strings.CutPrefix(done, "deleted from "); ok { // since v1.34
		obj.Namespace, _, _ = strings.Cut(ns, " ")
		done = "deleted"
	}
	return obj.Valid(), confirmations[done]
}

// kubectlWarning reads "Warning: …". A deprecation is not a failure, since the feature still
// works.
func kubectlWarning(p *parse.Parser, lines []line.Line, s string) int {
	n, text := block(s, lines)
	v := observe.Unjudged
	if strings.Contains(s, " deprecated") || strings.Contains(s, "kubectl apply should be used on resource") || strings.Contains(s, "ignoring DaemonSet-managed") || strings.Contains(s, "last-applied-configuration") {
		v = observe.Healthy
	}
	from := "kubectl"
	if p.Command != nil && strings.HasPrefix(p.Command.Program, "kubectl ") { // the result of a plugin's check
		from, v = p.Command.Program, observe.Unhealthy
	}
	p.Add(observe.Observation{Place: observe.Log, Value: "warning", Message: text, From: from, Object: commandObject(p), Verdict: v, Line: lines[0].Number})
	return n
}

// kubectlError reads kubectl errors that name their object, and the progress of a drain. It
// leaves other errors to [parse.ReadError].
func kubectlError(p *parse.Parser, lines []line.Line, s string) int {
	number := lines[0].Number
	var obj observe.Object
	switch {
	case strings.HasPrefix(s, "evicting pod "):
		name := strings.Trim(s[len("evicting pod "):], `"`)
		if ns, pod, ok := strings.Cut(name, "/"); ok {
			obj = observe.Object{Kind: "pod", Namespace: ns, Name: pod}.Valid()
		} else {
			obj = observe.Object{Kind: "pod", Name: name}.Valid()
		}
		if obj.Name == "" {
			return 0
		}
		addProgress(p, "kubectl", s, obj, observe.Healthy, number)
		return 1
	case strings.HasPrefix(s, "error when "): // error when evicting pods/"web-1" -n "shop" (will retry after 5s): …
		name, rest := quoted(s)
		obj = observe.Object{Kind: "pod", Name: name}
		if strings.HasPrefix(rest, ` -n "`) || strings.HasPrefix(rest, ` in namespace "`) {
			obj.Namespace, _ = quoted(rest)
		}
		obj = obj.Valid()
	case strings.HasSuffix(s, " exceeded its progress deadline"), strings.HasPrefix(s, "error: no rollout history found for"):
		kind, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(s, "error: "), "no rollout history found for "), ` "`)
		name, _ := quoted(s)
		obj = observe.Object{Kind: rolloutKinds[kind], Name: name}.Valid()
	case strings.HasPrefix(s, "error: timed out waiting for the condition on "):
		obj = observe.ObjectNamed(strings.TrimSpace(s[len("error: timed out waiting for the condition on "):]), "")
	case strings.HasPrefix(s, `error: unable to drain node "`):
		name, _ := quoted(s)
		obj = observe.Object{Kind: "node", Name: name}.Valid()
	default:
		return 0
	}
	n, text := block(s, lines)
	addError(p, "kubectl", "", text, obj, number)
	return n
}

// canI reads the answer from kubectl auth can-i.
func canI(p *parse.Parser, s string, number int32) int {
	switch {
	case s == "yes":
		addProgress(p, "kubectl", s, p.NamespaceOnly(), observe.Healthy, number)
	case s == "no", strings.HasPrefix(s, "no - "):
		asked := p.Command.Text
		if i := strings.Index(asked, "can-i "); i >= 0 {
			asked = asked[i+len("can-i "):]
		}
		addError(p, "kubectl", "", "can-i "+asked+": "+s, p.NamespaceOnly(), number)
	default:
		return 0
	}
	return 1
}
