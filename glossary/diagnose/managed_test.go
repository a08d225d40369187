package diagnose

import (
	"fmt"
	"testing"
)

// TestManaged checks that a row with Crossplane's columns is read as a managed resource, even if the
// kind has the name of a kind of Flux, Cluster API or Kubernetes.
func TestManaged(t *testing.T) {
	d := load(t)
	for _, kind := range []string{"buckets", "clusters", "policies", "instances"} {
		for _, tt := range []struct{ synced, ready, want string }{
			{"True", "True", ""}, {"False", "True", "crossplane-not-synced"}, {"False", "False", "crossplane-not-synced"}, {"True", "False", "no term"},
		} {
			text := fmt.Sprintf("$ kubectl get %s\nNAME   SYNCED   READY   EXTERNAL-NAME   AGE\nweb    %-9s%-8sweb-7f2b        3d\n", kind, tt.synced, tt.ready)
			got := ""
			if issues := diagnose(d, text).Issues; len(issues) > 0 {
				if got = "no term"; issues[0].Term != nil {
					got = issues[0].Term.ID
				}
			}
			if got != tt.want {
				t.Errorf("%s: SYNCED %s, READY %s: got %q, want %q", kind, tt.synced, tt.ready, got, tt.want)
			}
		}
	}
}
