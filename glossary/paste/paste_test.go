package paste

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRead has one paste for each reader, and its statements: one per line, each with its
// details.
func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"rows without a head", "web-1   0/1   Running   7   3m", `
Running [pod/web-1] whole age=3m0s
READY 0/1 [pod/web-1] whole age=3m0s symptom
RESTARTS [pod/web-1] whole age=3m0s`},
		{"a row of a node", "worker-2   NotReady   <none>   5d   v1.36.0", `
NotReady [node/worker-2] whole age=120h0m0s`},
		{"a table", "NAMESPACE   NAME   STATUS   VOLUME   CAPACITY   AGE\nshop        data   Pending                       5m", `
Pending [persistentvolumeclaim/data in shop] whole age=5m0s`},
		{"an unknown value", "NAME   REFERENCE        TARGETS         MINPODS\nweb    Deployment/web   <unknown>/80%   1", `
TARGETS <unknown> [web] whole`},
		{"events", "2m   Warning   BackOff   pod/web-1   Back-off restarting failed container", `
BackOff [pod/web-1] whole event
Back-off restarting failed container [pod/web-1]`},
		{"an error of the API server", `Error from server (NotFound): pods "web" not found`, `
NotFound whole
pods "web" not found`},
		{"a description", "Name:         web-1\nNamespace:    shop\nContainers:\n  app:\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n    Last State:     Terminated\n      Exit Code:    137\nConditions:\n  Type    Status\n  Ready   False", `
CrashLoopBackOff [pod/web-1 in shop, app] whole
exit code 137 [pod/web-1 in shop, app] whole
Ready [pod/web-1 in shop] whole status=false symptom`},
		{"YAML", "kind: Node\nmetadata:\n  name: worker-2\nstatus:\n  conditions:\n  - reason: KubeletNotReady\n    status: \"False\"\n    type: Ready", `
KubeletNotReady [node/worker-2] whole status=false condition=Ready
Ready [node/worker-2] whole status=false reason=KubeletNotReady symptom`},
		{"JSON", `{"kind":"Pod","metadata":{"name":"web-1"},"status":{"phase":"Failed","reason":"Evicted"}}`, `
Failed [pod/web-1] whole
Evicted [pod/web-1] whole`},
		{"JSON with braces in a string", `{"kind":"Pod","metadata":{"name":"web-1"},"status":{"phase":"Failed","message":"x {y}"}}`, `
Failed [pod/web-1] whole
x {y} [pod/web-1]`},
		{"a log", `E1124 00:30:00.000000 1 pod_workers.go:1301] "Error syncing pod" pod="shop/web-1"`, `
E1124 00:30:00.000000 1 pod_workers.go:1301] "Error syncing pod" pod="shop/web-1" [pod/web-1 in shop]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, s := range read(tt.text) {
				got += "\n" + describe(s)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Read (-want +got):\n%s", diff)
			}
		})
	}
}

func read(text string) []Statement {
	said, _ := Read(context.Background(), text)
	return said
}

func describe(s Statement) string {
	var b strings.Builder
	b.WriteString(s.Text)
	if o := s.Object; o != (Object{}) {
		fmt.Fprintf(&b, " [%s", o)
		if o.Namespace != "" {
			b.WriteString(" in " + o.Namespace)
		}
		if o.Container != "" {
			b.WriteString(", " + o.Container)
		}
		b.WriteString("]")
	}
	for _, mark := range []struct {
		set  bool
		name string
	}{{s.Whole, "whole"}, {s.Event, "event"}} {
		if mark.set {
			b.WriteString(" " + mark.name)
		}
	}
	if s.Age > 0 {
		fmt.Fprintf(&b, " age=%s", s.Age)
	}
	if s.Status != nil {
		fmt.Fprintf(&b, " status=%t", *s.Status)
	}
	if s.Condition != "" {
		b.WriteString(" condition=" + s.Condition)
	}
	if s.Reason != "" {
		b.WriteString(" reason=" + s.Reason)
	}
	if s.IsSymptom() {
		b.WriteString(" symptom")
	}
	return b.String()
}

func TestLooksLikeOutput(t *testing.T) {
	for text, want := range map[string]bool{
		"NAME   READY   STATUS    RESTARTS   AGE\nweb   1/1   Running   0   5m": true,
		"web-1   0/1   CrashLoopBackOff   5   3m":                               true,
		"Name:         web-1\nNamespace:    default":                            true,
		`Error from server (NotFound): pods "web" not found`:                    true,
		"  Warning  BackOff  3s  kubelet  Back-off restarting failed container": true,
		"CrashLoopBackOff":          false,
		"what is a pod":             false,
		"podって何?":                   false,
		"my NAME is AGE":            false,
		"":                          false,
		"Normal people like pizza.": false,
	} {
		if got := LooksLikeOutput(text); got != want {
			t.Errorf("LooksLikeOutput(%q) = %v, want %v", text, got, want)
		}
	}
}

// objectName matches the names that Kubernetes allows.
var objectName = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)

// FuzzRead checks that the names of objects are safe in commands, and that statements
// come in the order of the text.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"NAME\tREADY\xff\nweb-1\t0/1", "web-1 0/1 Running 7 (3m ago) 3m", "Name:  a\nContainers:\n  b:\n    Reason:  c",
		`{"kind":"Pod","metadata":{"name":"$(id)"}}`, "x   Warning   y   pod/-z   m",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		LooksLikeOutput(text)
		last := 0
		for _, s := range read(text) {
			if s.At < last || s.At > len(text) || s.Text == "" {
				t.Errorf("%q at %d, after %d of %d", s.Text, s.At, last, len(text))
			}
			last = s.At
			for _, name := range []string{s.Object.Name, s.Object.Namespace, s.Object.Container} {
				if name != "" && !objectName.MatchString(name) {
					t.Errorf("%q is not a name of an object", name)
				}
			}
		}
	})
}
