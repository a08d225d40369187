package paste

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadDescribe(t *testing.T) {
	web := Object{Kind: "pod", Name: "web-1", Namespace: "shop"}
	app := web
	app.Container = "app"
	replicas := Object{Kind: "replicaset", Name: "web", Namespace: "shop"}
	for _, test := range []struct {
		name, text string
		want       []Observation
	}{
		{"Pod", `Name:             web-1
Namespace:        shop
Node:             node-1/10.0.0.1
Labels:           app=web
                  tier=front
Status:           Running
IP:               10.1.1.1
Controlled By:    ReplicaSet/web
Containers:
  app:
    Image:          web:1
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Message:      boom
at main.go:3
      Exit Code:    1
    Ready:          False
    Restart Count:  7
    Limits:
      memory:  64Mi
    Environment:    <none>
Conditions:
  Type    Status
  Ready   False
QoS Class:  Burstable

how do I mend it?
`, []Observation{
			{Place: Row, Object: web, Owner: replicas, Related: []Object{{Kind: "node", Name: "node-1"}}, Verdict: Trouble, Line: 1,
				Cells: []Cell{{"READY", "0/1", Healthy}, {"STATUS", "CrashLoopBackOff", Trouble}, {"RESTARTS", "7", Trouble}}},
			{Place: State, Object: app, Owner: replicas, Field: "waiting", Reason: "CrashLoopBackOff", Verdict: Trouble, Line: 12},
			{Place: State, Object: app, Owner: replicas, Field: "last", Value: "1", Reason: "Error", Message: "boom\nat main.go:3", Verdict: Trouble, Line: 14},
			{Place: Condition, Object: web, Owner: replicas, Field: "Ready", Value: "False", Verdict: Trouble, Line: 26},
			{Place: Line, Message: "how do I mend it?", Prose: true, Line: 29},
		}},
		{"last state of a container that runs again", "    State:          Running\n    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n    Ready:          True\n", []Observation{
			{Place: State, Object: Object{Kind: "pod"}, Field: "running", Line: 1},
			{Place: State, Object: Object{Kind: "pod"}, Field: "last", Value: "137", Reason: "OOMKilled", Verdict: Trouble, Over: true, Line: 2},
		}},
		{"evicted", "Status:  Failed\nReason:  Evicted\nMessage: The node was low on resource: memory.\n", []Observation{
			{Place: Row, Object: Object{Kind: "pod"}, Reason: "Evicted", Message: "The node was low on resource: memory.", Verdict: Trouble, Line: 1,
				Cells: []Cell{{"STATUS", "Evicted", Trouble}, {"REASON", "Evicted", Trouble}, {"MESSAGE", "The node was low on resource: memory.", Healthy}}},
		}},
		{"node", "Taints:             node.kubernetes.io/disk-pressure:NoSchedule\n                    dedicated=db:NoSchedule\nUnschedulable:      true\nLease:\n  HolderIdentity:  node-7\n", []Observation{
			{Place: Row, Object: Object{Kind: "node", Name: "node-7"}, Verdict: Trouble, Line: 1,
				Cells: []Cell{{"STATUS", "SchedulingDisabled", Trouble}, {"TAINTS", "node.kubernetes.io/disk-pressure:NoSchedule", Trouble}, {"TAINTS", "dedicated=db:NoSchedule", Healthy}}},
		}},
		{"conditions", "Conditions:\n  Type           Status  LastHeartbeatTime                 Reason         Message\n  ----           ------  -----------------                 ------         -------\n  DiskPressure   True    Sun, 28 Apr 2024 17:49:14 +0900   KubeletHasIt   kubelet has disk pressure\n", []Observation{
			{Place: Condition, Object: Object{Kind: "node"}, Field: "DiskPressure", Value: "True", Reason: "KubeletHasIt", Message: "kubelet has disk pressure", Verdict: Trouble, Line: 4},
		}},
		{"conditions of a custom resource", "Name:         tls\nNamespace:    shop\nAPI Version:  cert-manager.io/v1\nKind:         Certificate\nStatus:\n  Conditions:\n    Last Transition Time:  2024-01-01T00:00:00Z\n    Message:               secret is gone\n    Reason:                DoesNotExist\n    Status:                False\n    Type:                  Ready\n    Message:               it goes on\n    Status:                True\n    Type:                  Issuing\nEvents:  <none>\n", []Observation{
			{Place: Row, Object: Object{Kind: "certificate", Name: "tls", Namespace: "shop"}, Verdict: Trouble, Line: 5, Cells: []Cell{{"READY", "False", Trouble}}},
			{Place: Condition, Object: Object{Kind: "certificate", Name: "tls", Namespace: "shop"}, Field: "Ready", Value: "False", Reason: "DoesNotExist", Message: "secret is gone", Verdict: Trouble, Line: 7},
			{Place: Condition, Object: Object{Kind: "certificate", Name: "tls", Namespace: "shop"}, Field: "Issuing", Value: "True", Message: "it goes on", Line: 12},
		}},
		{"Deployment", "Name:       web\nNamespace:  shop\nReplicas:   3 desired | 3 updated | 3 total | 1 available | 2 unavailable\nStrategyType:  RollingUpdate\n", []Observation{
			{Place: Row, Object: Object{Kind: "deployment", Name: "web", Namespace: "shop"}, Verdict: Trouble, Line: 1, Cells: []Cell{{"READY", "1/3", Trouble}, {"UP-TO-DATE", "3", Healthy}, {"AVAILABLE", "1", Healthy}}},
		}},
		{"Service", "Name:              web\nNamespace:         shop\nType:              LoadBalancer\nTargetPort:        80/TCP\nEndpoints:         <none>\nSession Affinity:  None\n", []Observation{
			{Place: Row, Object: Object{Kind: "service", Name: "web", Namespace: "shop"}, Verdict: Trouble, Line: 1, Cells: []Cell{{"TYPE", "LoadBalancer", Healthy}, {"EXTERNAL-IP", "<pending>", Trouble}, {"ENDPOINTS", "<none>", Trouble}}},
		}},
		{"HPA", "Reference:                                             Deployment/web\nMetrics:                                               ( current / target )\n  resource cpu on pods  (as a percentage of request):  <unknown> / 50%\nMin replicas:                                          3\n", []Observation{
			{Place: Row, Object: Object{Kind: "horizontalpodautoscaler"}, Verdict: Trouble, Message: "<unknown>/50%", Line: 1, Cells: []Cell{{"REFERENCE", "Deployment/web", Healthy}, {"TARGETS", "<unknown>/50%", Trouble}, {"MINPODS", "3", Healthy}}},
		}},
		{"prose", "Status: it has been broken since yesterday\nReason: I changed the image\n", []Observation{
			{Place: Line, Message: "Status: it has been broken since yesterday", Prose: true, Line: 1},
			{Place: Line, Message: "Reason: I changed the image", Prose: true, Line: 2},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Read(t.Context(), test.text).Observations); diff != "" {
				t.Errorf("observations (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzReadDescribe checks that a description takes no more lines than there are and names
// only what can be a name.
func FuzzReadDescribe(f *testing.F) {
	f.Add("Name: x\nContainers:\n  a:\n    State: Waiting\n      Reason: X\nConditions:\n  Type Status\n  Ready False\n")
	f.Add("Status:\n  Conditions:\n    Type: A\n    Status: False\nTaints: a:b\nEvents:\n")
	f.Fuzz(func(t *testing.T, text string) { checkReader(t, text, readDescribe) })
}

// checkReader tries a reader on each line of a text.
func checkReader(t *testing.T, text string, read reader) {
	t.Helper()
	if len(text) > 4<<10 {
		return
	}
	lines := clean(decodeText(text))
	p := &parser{ctx: t.Context()}
	for i := range lines {
		if lines[i].text == "" {
			continue
		}
		if n := read(p, lines[i:]); n < 0 || n > len(lines)-i {
			t.Fatalf("line %d: took %d lines of %d", i+1, n, len(lines)-i)
		}
	}
	for _, o := range p.text.Observations {
		for _, obj := range append([]Object{o.Object, o.Owner}, o.Related...) {
			if obj != obj.valid() {
				t.Errorf("line %d: %#v is not valid", o.Line, obj)
			}
		}
	}
}
