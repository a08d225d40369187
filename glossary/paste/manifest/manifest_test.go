package manifest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/manifest"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse/parsetest"
	"k8sbot/glossary/paste/resource"
)

const podYAML = `apiVersion: v1
kind: Pod
metadata:
  name: web-1
  namespace: shop
  ownerReferences:
  - kind: ReplicaSet
    name: web
    controller: true
spec:
  nodeName: node-1
status:
  phase: Running
  conditions:
  - type: Ready
    status: "False"
    reason: ContainersNotReady
    message: 'containers with unready status:
      [app]'
  containerStatuses:
  - name: app
    ready: false
    restartCount: 7
    state:
      waiting:
        reason: CrashLoopBackOff
    lastState:
      terminated:
        exitCode: 137
        reason: OOMKilled
`

func podObservations(row, condition, now, last int32) []observe.Observation {
	web := observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}
	app := web
	app.Container = "app"
	return []observe.Observation{
		{Place: observe.Row, Object: web, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Verdict: observe.Unhealthy, Line: row,
			Cells: []observe.Cell{{Column: "READY", Value: "0/1", Verdict: observe.Healthy}, {Column: "STATUS", Value: "CrashLoopBackOff", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "7", Verdict: observe.Unhealthy}}},
		{Place: observe.State, Object: app, Field: "waiting", Reason: "CrashLoopBackOff", Verdict: observe.Unhealthy, Line: now},
		{Place: observe.State, Object: app, Field: "last", Value: "137", Reason: "OOMKilled", Verdict: observe.Unhealthy, Line: last},
		{Place: observe.Condition, Object: web, Field: "Ready", Value: "False", Reason: "ContainersNotReady", Message: "containers with unready status: [app]", Verdict: observe.Unhealthy, Line: condition},
	}
}

const podJSON = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-1","namespace":"shop","ownerReferences":[{"kind":"ReplicaSet","name":"web"}]},"spec":{"nodeName":"node-1"},"status":{"phase":"Running",
"conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady","message":"containers with unready status: [app]"}],
"containerStatuses":[{"name":"app","ready":false,"restartCount":7,"state":{"waiting":{"reason":"CrashLoopBackOff"}},
"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}}
`

func TestReadManifest(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []observe.Observation
	}{
		{"Pod in YAML", podYAML, podObservations(12, 15, 25, 28)},
		{"Pod in JSON", podJSON, podObservations(1, 2, 3, 4)},
		{"Pod in cut JSON", strings.TrimSuffix(podJSON, "}}}]}}\n"), podObservations(1, 2, 3, 4)},
		{"spec only", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n", nil},
		{"part of a status", "status:\n  conditions:\n  - lastTransitionTime: 2019-01-22T14:49:21Z\n    message: no response\n    reason: FailedDiscoveryCheck\n    status: \"False\"\n    type: Available\n", []observe.Observation{
			{Place: observe.Condition, Field: "Available", Value: "False", Reason: "FailedDiscoveryCheck", Message: "no response", Verdict: observe.Unhealthy, Line: 3},
		}},
		{"Terminating", "kind: Namespace\napiVersion: v1\nmetadata:\n  deletionTimestamp: \"2020-06-19T09:19:16Z\"\n  name: shop\nspec:\n  finalizers:\n  - kubernetes\nstatus:\n  phase: Terminating\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "namespace", Name: "shop"}, Verdict: observe.Unhealthy, Line: 9, Cells: []observe.Cell{{Column: "STATUS", Value: "Terminating", Verdict: observe.Unhealthy}, {Column: "FINALIZERS", Value: "kubernetes", Verdict: observe.Healthy}}},
		}},
		{"Event", `{"kind": "Event", "type": "Warning", "reason": "BackOff", "message": "Back-off", "count": 3,
"involvedObject": {"kind": "Pod", "name": "web-1", "namespace": "shop", "fieldPath": "spec.containers{app}"}, "source": {"component": "kubelet"}}`, []observe.Observation{
			{Place: observe.Event, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop", Container: "app"}, Value: "Warning", Reason: "BackOff", Message: "Back-off", Count: 3, From: "kubelet", Verdict: observe.Unhealthy, Line: 1},
		}},
		{"error", `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods \"web-1\" not found","reason":"NotFound","details":{"name":"web-1","kind":"pods"},"code":404}`, []observe.Observation{
			{Place: observe.Error, Object: observe.Object{Kind: "pod", Name: "web-1"}, Value: "404", Reason: "NotFound", Message: `pods "web-1" not found`, Verdict: observe.Unhealthy, Line: 1},
		}},
		{"Application", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: web\nstatus:\n  sync:\n    status: OutOfSync\n  health:\n    status: Healthy\n  conditions:\n  - type: ComparisonError\n    message: no repository\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "application", Name: "web"}, Verdict: observe.Unhealthy, Line: 5, Cells: []observe.Cell{{Column: "SYNC STATUS", Value: "OutOfSync", Verdict: observe.Unhealthy}, {Column: "HEALTH STATUS", Value: "Healthy", Verdict: observe.Healthy}}},
			{Place: observe.Condition, Object: observe.Object{Kind: "application", Name: "web"}, Field: "ComparisonError", Value: "True", Message: "no repository", Verdict: observe.Unhealthy, Line: 11},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, paste.Read(t.Context(), test.text).Observations.Slice()); diff != "" {
				t.Errorf("observations (-want +got):\n%s", diff)
			}
		})
	}
}

// TestReadManifestLogs checks that the reader doesn't accept JSON log lines.
func TestReadManifestLogs(t *testing.T) {
	for _, text := range []string{`{"level":"error","msg":"failed","kind":"Pod","status":"x"}`, `{"ts":1,"kind":"Pod"}`, "level: info", "name: web"} {
		parsetest.Refuse(t, manifest.Read, text)
	}
}

// TestYAMLByLine checks that reading line by line gives the same tree as the YAML parser.
func TestYAMLByLine(t *testing.T) {
	lines := line.Clean(strings.TrimSuffix(podYAML, "\n"))
	if diff := cmp.Diff(manifest.ParseYAML(lines), manifest.ReadYAML(lines), cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore()), cmpopts.IgnoreUnexported(resource.Node{})); diff != "" {
		t.Errorf("(-parsed +line by line):\n%s", diff)
	}
}

// TestManyFields checks that no unhealthy field of a long status is lost.
func TestManyFields(t *testing.T) {
	var text strings.Builder
	text.WriteString("kind: Widget\nmetadata:\n  name: web\nstatus:\n")
	for n := range 250 {
		fmt.Fprintf(&text, "  thing%dFailed: true\n", n)
	}
	unhealthy := make(map[string]bool)
	for _, o := range paste.Read(t.Context(), text.String()).Observations.Slice() {
		for _, c := range o.Cells {
			if c.Verdict == observe.Unhealthy && o.Object.Name == "web" && o.Verdict == observe.Unhealthy {
				unhealthy[c.Column] = true
			}
		}
	}
	if len(unhealthy) != 250 {
		t.Errorf("%d fields are unhealthy, want 250", len(unhealthy))
	}
}

func FuzzReadManifest(f *testing.F) {
	f.Add(podYAML)
	f.Add(podJSON)
	f.Add("status:\n- a: |\n    x\n  b: 'c\n   d'\n- - e\n")
	f.Fuzz(func(t *testing.T, text string) { parsetest.Check(t, manifest.Read, text) })
}

// FuzzReadJSON checks that complete JSON is read as encoding/json reads it. encoding/json
// replaces invalid UTF-8, which a cleaned paste does not contain.
func FuzzReadJSON(f *testing.F) {
	f.Add(podJSON)
	f.Add(`{"a":[1,true,null,{"b":"\u00e9\n"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var want map[string]any
		if strings.ContainsAny(text, "\n\r") || !utf8.ValidString(text) || !strings.HasPrefix(text, "{") || json.Unmarshal([]byte(text), &want) != nil {
			return
		}
		got, _ := manifest.ReadJSON([]line.Line{{Text: text, Number: 1}})
		keys := make(map[string]bool)
		for _, k := range got.Children {
			keys[k.Key] = true
			if s, ok := want[k.Key].(string); ok && len(got.Children) == len(want) && s != k.Text {
				t.Errorf("%q: got %q, want %q", k.Key, k.Text, s)
			}
		}
		for k := range want {
			if !keys[k] {
				t.Errorf("keys = %v, want %q among them", keys, k)
			}
		}
	})
}
