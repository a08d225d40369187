package parse_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/parse/parsetest"
)

// eventCases are event rows without a header, and their observations.
var eventCases = []struct {
	text string
	want observe.Observation
}{
	{"3s   Warning   BackOff   pod/web   Back-off restarting failed container", observe.Observation{Place: observe.Event, Object: observe.Object{Kind: "pod", Name: "web"}, Value: "Warning", Reason: "BackOff", Message: "Back-off restarting failed container", Age: 3 * time.Second, Verdict: observe.Unhealthy, Line: 1}},
	{"Warning  BackOff  5s (x4 over 2m)  kubelet  Back-off restarting", observe.Observation{Place: observe.Event, Value: "Warning", Reason: "BackOff", Message: "Back-off restarting", From: "kubelet", Age: 5 * time.Second, Count: 4, Verdict: observe.Unhealthy, Line: 1}},
	{"Warning Failed 40m", observe.Observation{Place: observe.Event, Value: "Warning", Reason: "Failed", Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 1}}, // cut after the age
	{"2m43s (x4 over 4m19s)   Warning   BackOff   Pod/web   Back-off restarting", observe.Observation{Place: observe.Event, Object: observe.Object{Kind: "pod", Name: "web"}, Value: "Warning", Reason: "BackOff", Message: "Back-off restarting", Age: 2*time.Minute + 43*time.Second, Count: 4, Verdict: observe.Unhealthy, Line: 1}},
	{"Warning  FailedCreate  3s  statefulset-controller  create Pod db-0 in StatefulSet db failed error: no", observe.Observation{Place: observe.Event, Object: observe.Object{Kind: "statefulset", Name: "db"}, Value: "Warning", Reason: "FailedCreate", Message: "create Pod db-0 in StatefulSet db failed error: no", From: "statefulset-controller", Age: 3 * time.Second, Verdict: observe.Unhealthy, Line: 1}},
	{"Warning Failed 40m kubelet", observe.Observation{Place: observe.Event, Value: "Warning", Reason: "Failed", From: "kubelet", Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 1}},
}

func TestEventRow(t *testing.T) {
	for _, c := range eventCases {
		p := new(parse.Parser)
		parse.ReadEventRow(p, line.Clean(c.text))
		if diff := cmp.Diff([]observe.Observation{c.want}, p.Text.Observations.Slice()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func FuzzEventRow(f *testing.F) {
	for _, c := range eventCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) { parsetest.Check(t, parse.ReadEventRow, text) })
}

func FuzzEvents(f *testing.F) {
	f.Add("LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n3s   Warning   BackOff   pod/web   Back-off\n")
	f.Add("Type  Reason  Age  From  Message\n----  ------  ---  ----  -------\nWarning  BackOff  5s  kubelet  Back-off\n")
	f.Add("  TYPE   REASON    MESSAGE\n0") // a row that ends before the first column
	f.Fuzz(func(t *testing.T, text string) { parsetest.Check(t, parse.ReadEvents, text) })
}
