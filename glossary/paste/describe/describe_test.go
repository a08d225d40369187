package describe_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/describe"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse/parsetest"
)

func TestReadDescribe(t *testing.T) {
	web := observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}
	app := web
	app.Container = "app"
	for _, test := range []struct {
		name, text string
		want       []observe.Observation
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
`, []observe.Observation{
			{Place: observe.Row, Object: web, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Verdict: observe.Unhealthy, Line: 1,
				Cells: []observe.Cell{{Column: "READY", Value: "0/1", Verdict: observe.Healthy}, {Column: "STATUS", Value: "CrashLoopBackOff", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "7", Verdict: observe.Unhealthy}}},
			{Place: observe.State, Object: app, Field: "waiting", Reason: "CrashLoopBackOff", Verdict: observe.Unhealthy, Line: 12},
			{Place: observe.State, Object: app, Field: "last", Value: "1", Reason: "Error", Message: "boom\nat main.go:3", Verdict: observe.Unhealthy, Line: 14},
			{Place: observe.Condition, Object: web, Field: "Ready", Value: "False", Verdict: observe.Unhealthy, Line: 26},
			{Place: observe.Line, Message: "how do I mend it?", Prose: true, Line: 29},
		}},
		{"last state of a container that runs again", "    State:          Running\n    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n    Ready:          True\n", []observe.Observation{
			{Place: observe.State, Object: observe.Object{Kind: "pod"}, Field: "running", Line: 1},
			{Place: observe.State, Object: observe.Object{Kind: "pod"}, Field: "last", Value: "137", Reason: "OOMKilled", Verdict: observe.Unhealthy, Resolved: true, Line: 2},
		}},
		{"evicted", "Status:  Failed\nReason:  Evicted\nMessage: The node was low on resource: memory.\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "pod"}, Reason: "Evicted", Message: "The node was low on resource: memory.", Verdict: observe.Unhealthy, Line: 1,
				Cells: []observe.Cell{{Column: "STATUS", Value: "Evicted", Verdict: observe.Unhealthy}, {Column: "REASON", Value: "Evicted", Verdict: observe.Unhealthy}, {Column: "MESSAGE", Value: "The node was low on resource: memory.", Verdict: observe.Healthy}}},
		}},
		{"node", "Taints:             node.kubernetes.io/disk-pressure:NoSchedule\n                    dedicated=db:NoSchedule\nUnschedulable:      true\nLease:\n  HolderIdentity:  node-7\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "node", Name: "node-7"}, Verdict: observe.Unhealthy, Line: 1,
				Cells: []observe.Cell{{Column: "STATUS", Value: "SchedulingDisabled", Verdict: observe.Unhealthy}, {Column: "TAINTS", Value: "node.kubernetes.io/disk-pressure:NoSchedule", Verdict: observe.Unhealthy}, {Column: "TAINTS", Value: "dedicated=db:NoSchedule", Verdict: observe.Healthy}}},
		}},
		{"conditions", "Conditions:\n  Type           Status  LastHeartbeatTime                 Reason         Message\n  ----           ------  -----------------                 ------         -------\n  DiskPressure   True    Sun, 28 Apr 2024 17:49:14 +0900   KubeletHasIt   kubelet has disk pressure\n", []observe.Observation{
			{Place: observe.Condition, Object: observe.Object{Kind: "node"}, Field: "DiskPressure", Value: "True", Reason: "KubeletHasIt", Message: "kubelet has disk pressure", Verdict: observe.Unhealthy, Line: 4},
		}},
		{"conditions of a custom resource", "Name:         tls\nNamespace:    shop\nAPI Version:  cert-manager.io/v1\nKind:         Certificate\nStatus:\n  Conditions:\n    Last Transition Time:  2024-01-01T00:00:00Z\n    Message:               secret is gone\n    Reason:                DoesNotExist\n    Status:                False\n    Type:                  Ready\n    Message:               it goes on\n    Status:                True\n    Type:                  Issuing\nEvents:  <none>\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "certificate", Name: "tls", Namespace: "shop"}, Verdict: observe.Unhealthy, Line: 5, Cells: []observe.Cell{{Column: "READY", Value: "False", Verdict: observe.Unhealthy}}},
			{Place: observe.Condition, Object: observe.Object{Kind: "certificate", Name: "tls", Namespace: "shop"}, Field: "Ready", Value: "False", Reason: "DoesNotExist", Message: "secret is gone", Verdict: observe.Unhealthy, Line: 7},
			{Place: observe.Condition, Object: observe.Object{Kind: "certificate", Name: "tls", Namespace: "shop"}, Field: "Issuing", Value: "True", Message: "it goes on", Line: 12},
		}},
		{"Deployment", "Name:       web\nNamespace:  shop\nReplicas:   3 desired | 3 updated | 3 total | 1 available | 2 unavailable\nStrategyType:  RollingUpdate\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "deployment", Name: "web", Namespace: "shop"}, Verdict: observe.Unhealthy, Line: 1, Cells: []observe.Cell{{Column: "READY", Value: "1/3", Verdict: observe.Unhealthy}, {Column: "UP-TO-DATE", Value: "3", Verdict: observe.Healthy}, {Column: "AVAILABLE", Value: "1", Verdict: observe.Healthy}}},
		}},
		{"Service", "Name:              web\nNamespace:         shop\nType:              LoadBalancer\nTargetPort:        80/TCP\nEndpoints:         <none>\nSession Affinity:  None\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "service", Name: "web", Namespace: "shop"}, Verdict: observe.Unhealthy, Line: 1, Cells: []observe.Cell{{Column: "TYPE", Value: "LoadBalancer", Verdict: observe.Healthy}, {Column: "EXTERNAL-IP", Value: "<pending>", Verdict: observe.Unhealthy}, {Column: "ENDPOINTS", Value: "<none>", Verdict: observe.Unhealthy}}},
		}},
		{"HPA", "Reference:                                             Deployment/web\nMetrics:                                               ( current / target )\n  resource cpu on pods  (as a percentage of request):  <unknown> / 50%\nMin replicas:                                          3\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "horizontalpodautoscaler"}, Verdict: observe.Unhealthy, Message: "<unknown>/50%", Line: 1, Cells: []observe.Cell{{Column: "REFERENCE", Value: "Deployment/web", Verdict: observe.Healthy}, {Column: "TARGETS", Value: "<unknown>/50%", Verdict: observe.Unhealthy}, {Column: "MINPODS", Value: "3", Verdict: observe.Healthy}}},
		}},
		{"a backup of Velero", "Name:         daily\nNamespace:    velero\nPhase:  PartiallyFailed (run `velero backup logs daily` for more information)\n\nErrors:\n  Velero:    name: /db-0 error: /a\n             b\n  Cluster:    <none>\n  Namespaces:\n    shop:  resource: /pods name: /c\n\nNamespaces:\n  Included:  *\n", []observe.Observation{
			{Place: observe.Row, Object: observe.Object{Kind: "backup", Name: "daily", Namespace: "velero"}, Verdict: observe.Unhealthy, Line: 1, Cells: []observe.Cell{{Column: "PHASE", Value: "PartiallyFailed", Verdict: observe.Unhealthy}}},
			{Place: observe.Error, Object: observe.Object{Kind: "backup", Name: "daily", Namespace: "velero"}, Message: "name: /db-0 error: /a b", From: "velero", Verdict: observe.Unhealthy, Line: 6},
			{Place: observe.Error, Object: observe.Object{Kind: "backup", Name: "daily", Namespace: "velero"}, Message: "resource: /pods name: /c", From: "velero", Verdict: observe.Unhealthy, Line: 10},
		}},
		{"prose", "Status: it has been broken since yesterday\nReason: I changed the image\n", []observe.Observation{
			{Place: observe.Line, Message: "Status: it has been broken since yesterday", Prose: true, Line: 1},
			{Place: observe.Line, Message: "Reason: I changed the image", Prose: true, Line: 2},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, paste.Read(t.Context(), test.text).Observations.Slice()); diff != "" {
				t.Errorf("observations (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzReadDescribe checks that the reader accepts no more lines than there are and only
// returns valid names.
func FuzzReadDescribe(f *testing.F) {
	f.Add("Name: x\nContainers:\n  a:\n    State: Waiting\n      Reason: X\nConditions:\n  Type Status\n  Ready False\n")
	f.Add("Status:\n  Conditions:\n    Type: A\n    Status: False\nTaints: a:b\nEvents:\n")
	f.Fuzz(func(t *testing.T, text string) { parsetest.Check(t, describe.Read, text) })
}
