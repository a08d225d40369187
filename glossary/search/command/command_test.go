package command

import "testing"

func TestParse(t *testing.T) {
	for _, tt := range []struct{ text, verb, kind string }{
		{"kubectl get pods", "get", "pods"},
		{"$ kubectl get po -n shop", "get", "po"},
		{"k describe deploy/web", "describe", "deploy"},
		{"kubectl logs web", "logs", "web"},
		{"oc rollout restart deployment web", "rollout", "restart"},
		{"kubectl get pods -o wide --all-namespaces", "get", "pods"},
		{"kubectl get pods -n all", "get", "pods"},
		{"kubectl get no", "get", "no"},
		{"kubectl get all -A", "get", "all"},
		{"kubectl get pod POD -n NAMESPACE", "get", "pod"},
		{"kubectl wait pod/web --for=condition=PodReadyToStartContainers", "wait", "pod"},

		{"kubectl", "", ""},
		{"kubectl get", "", ""},
		{"docker get pods", "", ""},
		{"kubectl top just errors out on the new cluster", "", ""},
		{"kubectl get nodes is slow", "", ""},
		{"kubectl get nodes shows NotReady", "", ""},
		{"kubectl logs not showing anything", "", ""},
		{"kubectl get pods が遅い", "", ""},
	} {
		verb, kind, ok := Parse(tt.text)
		if verb != tt.verb || kind != tt.kind || ok != (tt.verb != "") {
			t.Errorf("Parse(%q) = %q, %q, %t, want %q, %q", tt.text, verb, kind, ok, tt.verb, tt.kind)
		}
	}
}
