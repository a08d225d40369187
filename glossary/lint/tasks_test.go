package lint

import (
	"strings"
	"testing"

	"k8sbot/glossary"
)

// TestCheckAction checks that a command does no more than its effect says.
func TestCheckAction(t *testing.T) {
	for _, tt := range []struct {
		run    string
		effect glossary.Effect
		want   string // part of the error; "" for none
	}{
		{"kubectl rollout restart deployment/NAME -n NS", glossary.Changes, ""},
		{"kubectl rollout restart deployment/NAME -n NS", glossary.Reads, "changes the cluster"},
		{"kubectl rollout status deployment/NAME -n NS", glossary.Reads, ""},
		{"kubectl delete pod POD -n NS", glossary.Changes, "deletes something"},
		{"kubectl delete pod POD -n NS --dry-run=server", glossary.Reads, ""},
		{"kubectl replace --force -f FILE", glossary.Changes, "deletes something"},
		{"kubectl logs POD -n NS > FILE", glossary.Reads, "writes a file"},
		{"kubectl logs POD -n NS > FILE", glossary.Local, ""},
		{"kubectl get pods -n NS | xargs kubectl delete", glossary.Reads, "deletes something"},
		{"kubectl get secret SECRET -o jsonpath='{.data.KEY}' | base64 --decode", glossary.Reads, ""},
		{"kubectl get pods | rm -rf x", glossary.Reads, "is not a kubectl command"},
		{"rm -rf x", glossary.Deletes, "is not a kubectl command"},
		{"kubectl get pods > a b", glossary.Local, "is not the name of a file"},
		{"kubectl get pods; reboot", glossary.Reads, "special to a shell"},
		{"kubectl get pods -n NAMESPACE", glossary.Reads, "unknown placeholder NAMESPACE"},
		{"helm upgrade NAME CHART -n NS", glossary.Changes, ""},
		{"helm upgrade NAME CHART -n NS", glossary.Reads, "changes the cluster"},
		{"helm upgrade NAME CHART -n NS --dry-run=server", glossary.Reads, ""},
		{"helm uninstall NAME -n NS", glossary.Changes, "deletes something"},
		{"helm plugin install x", glossary.Changes, "is not a kubectl command"},
		{"helm status RELEASE", glossary.Reads, "unknown placeholder RELEASE"},
		{"kubectl alpha x", glossary.Reads, "a task may not run kubectl alpha x"},
		{"kubectl get pods", "", "has no effect"},
	} {
		err := checkAction(glossary.Action{Run: tt.run, Effect: tt.effect}, false)
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("checkAction(%q, %s) = %v, want no error", tt.run, tt.effect, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("checkAction(%q, %s) = %v, want an error with %q", tt.run, tt.effect, err, tt.want)
		}
	}
}
