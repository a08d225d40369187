package lint

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
)

// readOnly maps the kubectl verbs that a term may show to their allowed subcommands, or to
// nil if the verb never writes.
// https://kubernetes.io/docs/reference/kubectl/generated/
var readOnly = map[string][]string{
	"api-resources": nil,
	"api-versions":  nil,
	"auth":          {"can-i", "whoami"},
	"cluster-info":  nil,
	"config":        {"view", "get-contexts", "get-clusters", "current-context"},
	"describe":      nil,
	"events":        nil,
	"explain":       nil,
	"get":           nil,
	"logs":          nil,
	"rollout":       {"status", "history"},
	"top":           {"pod", "pods", "node", "nodes"},
	"version":       nil,
}

// leastEffects maps the kubectl commands that a task may contain, by verb or by verb and
// subcommand, to their minimum effects. https://kubernetes.io/docs/reference/kubectl/generated/
var leastEffects = map[string]glossary.Effect{
	"annotate": glossary.Changes, "apply": glossary.Changes, "apply view-last-applied": glossary.Reads, "attach": glossary.Reads,
	"autoscale": glossary.Changes, "certificate": glossary.Changes, "completion": glossary.Reads, "config use-context": glossary.Local,
	"config set-context": glossary.Local, "config delete-context": glossary.Local, "config rename-context": glossary.Local, "config delete-cluster": glossary.Local, "cordon": glossary.Changes, "cp": glossary.Local,
	"create": glossary.Changes, "create token": glossary.Reads, "debug": glossary.Changes, "delete": glossary.Deletes,
	"diff": glossary.Reads, "drain": glossary.Deletes, "edit": glossary.Changes, "exec": glossary.Reads, "expose": glossary.Changes,
	"kustomize": glossary.Reads, "label": glossary.Changes, "patch": glossary.Changes, "port-forward": glossary.Reads, "proxy": glossary.Reads,
	"replace": glossary.Changes, "rollout pause": glossary.Changes, "rollout restart": glossary.Changes, "rollout resume": glossary.Changes,
	"rollout undo": glossary.Changes, "run": glossary.Changes, "scale": glossary.Changes, "set": glossary.Changes,
	"taint": glossary.Changes, "uncordon": glossary.Changes, "wait": glossary.Reads,
}

// otherEffects maps the commands of other programs that a task may contain to their effects, by their
// first words: the program, and its subcommands.
var otherEffects = map[string]glossary.Effect{
	"helm get": glossary.Reads, "helm history": glossary.Reads, "helm install": glossary.Changes, "helm list": glossary.Reads, "helm repo add": glossary.Local,
	"helm rollback": glossary.Changes, "helm show": glossary.Reads, "helm status": glossary.Reads, "helm uninstall": glossary.Deletes, "helm upgrade": glossary.Changes,
	"kubeadm certs check-expiration": glossary.Reads, "kubeadm certs renew": glossary.Changes, "kubeadm token create": glossary.Changes,
	"kubeadm upgrade apply": glossary.Changes, "kubeadm upgrade node": glossary.Changes, "kubeadm upgrade plan": glossary.Reads,
	"etcdctl snapshot save": glossary.Local, "etcdutl snapshot status": glossary.Reads,
	"kind create cluster": glossary.Local, "kind load docker-image": glossary.Local, "minikube start": glossary.Local, "minikube image load": glossary.Local,
	"aws eks update-kubeconfig": glossary.Local, "az aks get-credentials": glossary.Local, "gcloud container clusters get-credentials": glossary.Local,
}

// otherEffect returns the effect of a command of another program than kubectl. It ignores flags, also
// those before the subcommands.
func otherEffect(words []string) (effect glossary.Effect, ok bool) {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return strings.HasPrefix(w, "-") })
	for n := 2; n <= min(4, len(words)) && !ok; n++ {
		effect, ok = otherEffects[strings.Join(words[:n], " ")]
	}
	return effect, ok
}

// isVerb reports whether a word is a built-in verb of kubectl, not of a plugin.
func isVerb(word string) bool {
	for known := range leastEffects {
		if verb, _, _ := strings.Cut(known, " "); verb == word {
			return true
		}
	}
	return strings.HasPrefix(word, "-") || readOnly[word] != nil || slices.Contains(verbs(), word)
}

var programName = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9._/+-]*$`)

// checkProgram returns an error if a team may not show commands of the given program. Programs
// that run another command are not allowed, because they hide that command.
func checkProgram(name string) error {
	switch {
	case !programName.MatchString(name):
		return fmt.Errorf("%q is not the name of a program: begin the command with one", name)
	case slices.Contains([]string{"sudo", "sh", "bash", "zsh", "env", "eval", "exec", "xargs"}, name):
		return fmt.Errorf("%s hides the command that it runs: write that command alone", name)
	}
	return nil
}

func verbs() []string {
	var v []string
	for verb := range readOnly {
		v = append(v, verb)
	}
	slices.Sort(v)
	return v
}
