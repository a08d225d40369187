package diagnose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSplit checks that an object is listed only under a cause that the text states for it, or for
// another Pod of its workload.
func TestSplit(t *testing.T) {
	const events = "LAST SEEN   TYPE      REASON   OBJECT   MESSAGE\n"
	const mount = `   MountVolume.SetUp failed for volume "v" : `
	for _, tt := range []struct {
		name, text string
		want       []string // the term of each issue, then its objects
	}{
		{"a missing Secret and a refused pull", events +
			`3m   Warning   Failed   pod/api-6c9f7d5b8c-8hxqv   Error: secret "api-credentials" not found
4m   Warning   Failed   pod/worker-5f7b8c9d6-pl2mn   Failed to pull image "registry.example.com/shop/worker:1.4": unauthorized: authentication required`,
			[]string{"secret-not-found pod/api-6c9f7d5b8c-8hxqv", "pull-access-denied pod/worker-5f7b8c9d6-pl2mn"}},
		{"two Secrets", events +
			"3m   Warning   FailedMount   pod/web-1" + mount + "secret \"web-tls\" not found\n" +
			"3m   Warning   FailedMount   pod/api-1" + mount + "secret \"api-tls\" not found",
			[]string{"secret-not-found pod/web-1", "secret-not-found pod/api-1"}},
		{"one Secret of two workloads", events +
			"3m   Warning   FailedMount   pod/web-1" + mount + "secret \"tls\" not found\n" +
			"3m   Warning   FailedMount   pod/api-1" + mount + "secret \"tls\" not found",
			[]string{"secret-not-found pod/web-1 pod/api-1"}},
		{"a Secret and a ConfigMap", events +
			"3m   Warning   FailedMount   pod/web-1" + mount + "secret \"web-tls\" not found\n" +
			"3m   Warning   FailedMount   pod/api-1" + mount + "configmap \"api-cfg\" not found",
			[]string{"secret-not-found pod/web-1", "secret-not-found pod/api-1"}},
		{"a known cause and an unknown one", events +
			"3m   Warning   FailedMount   pod/web-1" + mount + "secret \"web-tls\" not found\n" +
			"3m   Warning   FailedMount   pod/db-0" + mount + "mount failed: exit status 32",
			[]string{"secret-not-found pod/web-1", "failedmount pod/db-0"}},
		{"two probes", events +
			`3m   Warning   Unhealthy   pod/web-1   Readiness probe failed: HTTP probe failed with statuscode: 500
3m   Warning   Unhealthy   pod/db-0   Readiness probe failed: dial tcp 10.0.0.1:5432: connect: connection refused`,
			[]string{"connection-refused pod/db-0", "http-get-probe pod/web-1"}},
		{"two reasons not to schedule", events +
			`3m   Warning   FailedScheduling   pod/web-1   0/4 nodes are available: 4 Insufficient cpu.
3m   Warning   FailedScheduling   pod/db-0   0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.`,
			[]string{"insufficient-cpu pod/web-1", "node-affinity-mismatch pod/db-0"}},
		{"one Pod of a workload with an event", `NAME                   READY   STATUS             RESTARTS   AGE
web-7d9f8c6b5d-x2v4q   0/1     ImagePullBackOff   0          5m
web-7d9f8c6b5d-b4c7d   0/1     ImagePullBackOff   0          5m
api-6c9f7d5b8c-8hxqv   0/1     ImagePullBackOff   0          7m

` + events + `3m   Warning   Failed   pod/web-7d9f8c6b5d-x2v4q   Failed to pull image "shop/web:9": unauthorized: authentication required`,
			[]string{"pull-access-denied pod/web-7d9f8c6b5d-x2v4q pod/web-7d9f8c6b5d-b4c7d", "imagepullbackoff pod/api-6c9f7d5b8c-8hxqv"}},
		{"rows, then two images", `NAME    READY   STATUS         RESTARTS   AGE
web-1   0/1     ErrImagePull   0          5m
api-1   0/1     ErrImagePull   0          5m

` + events + `3m   Warning   Failed   pod/web-1   Failed to pull image "shop/web:9": rpc error: code = Unknown desc = x
3m   Warning   Failed   pod/api-1   Failed to pull image "shop/api:9": rpc error: code = Unknown desc = x`,
			[]string{"errimagepull pod/web-1", "errimagepull pod/api-1"}},
		{"a last state of one of two", `NAME    READY   STATUS             RESTARTS      AGE
web-1   0/1     CrashLoopBackOff   9 (2m ago)    25m
api-1   0/1     CrashLoopBackOff   9 (2m ago)    25m

Name:         web-1
Namespace:    shop
Status:       Running
Containers:
  web:
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Ready:          False`,
			[]string{"oomkilled pod/web-1", "crashloopbackoff pod/api-1"}},
		{"an event of a custom resource", `LAST SEEN   TYPE      REASON   OBJECT                MESSAGE
3m          Warning   Failed   analysisrun/web-6-0   metric 'error-rate' completed Failed`,
			[]string{"Failed analysisrun/web-6-0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, issue := range diagnose(load(t), tt.text).Issues {
				words := []string{issue.Name}
				if issue.Term != nil {
					words[0] = issue.Term.ID
				}
				for _, o := range issue.Objects {
					words = append(words, o.String())
				}
				got = append(got, strings.Join(words, " "))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSplitNames checks that an issue about many images names none of them in its sentence.
func TestSplitNames(t *testing.T) {
	var text strings.Builder
	text.WriteString("LAST SEEN   TYPE      REASON   OBJECT   MESSAGE\n")
	for _, name := range []string{"web", "api", "worker", "cron", "db"} {
		text.WriteString("3m   Warning   Failed   pod/" + name + "-1   Error: secret \"" + name + "-tls\" not found\n")
	}
	issues := diagnose(load(t), text.String()).Issues
	if len(issues) != 1 || len(issues[0].Objects) != 5 {
		t.Fatalf("got %d issues, want one about five Pods", len(issues))
	}
	if s := issues[0].Sentence("en"); strings.Contains(s, "-tls") {
		t.Errorf("the sentence about five Secrets names one: %s", s)
	}
	for _, c := range issues[0].Commands() {
		if strings.Contains(c.Run, "-tls") {
			t.Errorf("a command about five Secrets names one: %s", c.Run)
		}
	}
}
