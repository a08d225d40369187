package paste

import (
	"context"
	"testing"

	"k8sbot/glossary/paste/observe"
)

// TestStates checks which events the row of their object shows to be over.
func TestStates(t *testing.T) {
	const claim = "Name:          data\nNamespace:     shop\nStorageClass:  gp3\nUsed By:       <none>\n"
	const pod = "NAME   READY   STATUS    RESTARTS   AGE\n"
	for _, test := range []struct {
		text   string
		over   bool
		reason string // of the row
	}{
		{claim + "Status:        Bound\nEvents:\n  Type    Reason                Age   From                         Message\n  Normal  WaitForFirstConsumer  11s   persistentvolume-controller  waiting for first consumer\n", true, ""},
		{claim + "Status:        Bound\nEvents:\n  Type     Reason              Age   From                         Message\n  Warning  ProvisioningFailed  11m   persistentvolume-controller  no\n", true, ""},
		{claim + "Status:        Pending\nEvents:\n  Type     Reason              Age   From                         Message\n  Warning  ProvisioningFailed  11m   persistentvolume-controller  no\n", false, ""},
		{claim + "Status:        Pending\nEvents:\n  Type    Reason                Age   From                         Message\n  Normal  WaitForFirstConsumer  11s   persistentvolume-controller  waiting for first consumer\n", false, "WaitForFirstConsumer"},
		{pod + "web    1/1     Running   0          19m\n\n18m   Warning   Unhealthy   pod/web   Startup probe failed: no\n", true, ""},
		{pod + "web    1/1     Running   0          19m\n\n10s   Warning   Unhealthy   pod/web   Readiness probe failed: no\n", false, ""},
		{pod + "web    1/1     Running   3          19m\n\n18m   Warning   Unhealthy   pod/web   Liveness probe failed: no\n", false, ""},
		{pod + "web    0/1     Running   0          19m\n\n18m   Warning   Unhealthy   pod/web   Readiness probe failed: no\n", false, ""},
		{pod + "api    1/1     Running   0          19m\n\n18m   Warning   FailedMount   pod/web   no\n", false, ""},
		{"Name:           web\nNamespace:      shop\nMin available:  1\nStatus:\n    Allowed disruptions:  0\n    Total:                1\nEvents:\n  Type    Reason  Age   From               Message\n  Normal  NoPods  50m   controllermanager  No matching pods found\n", true, ""},
		{"Name:           web\nNamespace:      shop\nMin available:  1\nStatus:\n    Allowed disruptions:  0\n    Total:                0\nEvents:\n  Type    Reason  Age   From               Message\n  Normal  NoPods  50m   controllermanager  No matching pods found\n", false, ""},
	} {
		read := Read(context.Background(), test.text)
		events := 0
		for _, o := range read.Observations.All() {
			switch o.Place {
			case observe.Event:
				if events++; o.Resolved != test.over {
					t.Errorf("event %s in\n%sis over: %t, want %t", o.Reason, test.text, o.Resolved, test.over)
				}
			case observe.Row:
				if got := o.Cell("REASON"); got != test.reason {
					t.Errorf("row in\n%shas the reason %q, want %q", test.text, got, test.reason)
				}
			}
		}
		if events != 1 {
			t.Errorf("%d events in\n%s", events, test.text)
		}
	}
}
