package paste

import (
	"context"
	"testing"

	"k8sbot/glossary/paste/observe"
)

// TestPodBelow checks that a crashing Pod below a healthy table or description isn't taken for a part of it.
func TestPodBelow(t *testing.T) {
	for _, above := range []string{
		"NAME   ADDRESSTYPE   PORTS   ENDPOINTS   AGE\nweb-1  IPv4   8080   10.1.4.22   12d",
		"NAME   CLASS   HOSTS   ADDRESS   PORTS   AGE\nweb    nginx   www.example.com   10.0.0.1   80   88d",
		"NAME   DATA   AGE\nconfigmap/web   4   88d",
		"deployment.apps/web\nREVISION  CHANGE-CAUSE\n4         <none>",
		"POD     NAME   CPU(cores)   MEMORY(bytes)\nweb-1   web    12m          118Mi",
		"Name:         allow\nNamespace:    shop\nCreated on:   2025-01-14 10:02:11 +0900 JST\nSpec:\n  PodSelector:     app=web",
		"Name:         web\nNamespace:    shop\nLabels:       <none>\n\nType:  Opaque\n\nData\n====\ntls.crt:  1164 bytes",
		"NAME: web\nNAMESPACE: shop\nSTATUS: deployed\nREVISION: 12\nNOTES:\n1. Get the URL:\n  echo http://127.0.0.1:8080\nThanks.",
		"ATTRIBUTE   VALUE\nUsername    system:admin",
		"Name:         shop\nLabels:       <none>\nStatus:       Active\n\nNo resource quota.\n\nNo LimitRange resource.",
	} {
		read := Read(context.Background(), above+"\nweb-6c9d4f7b8d-8kq2x   0/1   CrashLoopBackOff   12 (41s ago)   38m\n")
		found := false
		for _, o := range read.Observations.All() {
			found = found || o.Place == observe.Row && o.Cell("STATUS") == "CrashLoopBackOff" && o.Verdict == observe.Unhealthy
		}
		if !found {
			t.Errorf("no crashing Pod below\n%s", above)
		}
	}
}

// TestCommandElsewhere checks that a table isn't read as the kind of a command that has not printed it.
func TestCommandElsewhere(t *testing.T) {
	const pods = "NAME   READY   STATUS   RESTARTS   AGE\nweb-1   0/1   CrashLoopBackOff   3   4m\n"
	for _, text := range []string{
		"$ kubectl get deployment web\nNAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb   1/1   1   1   4d\n\n" + pods,
		"$ kubectl get sts db\nNAME   READY   AGE\ndb   1/1   4d\n\n" + pods,
		"$ kubectl describe deployment web\nName: web\nNamespace: shop\n\n" + pods,
		"$ kubectl get deployment web -o yaml\nkind: Deployment\nmetadata:\n  name: web\n\n" + pods,
		pods + "$ kubectl describe deployment web\n",
		"$ kubectl get svc\nNAME   TYPE   CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nweb   ClusterIP   10.0.0.1   <none>   80/TCP   9d\n\nNAME   DESIRED   CURRENT   READY   AGE\nweb-1   3   3   0   9d\n",
		"$ kubectl get deployment\nNAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb   1/1   1   1   9d\n\nNAME   STATUS   AGE\nweb-1   Terminating   9d\n",
		"This is it:\n" + pods + "$ kubectl get deployment web -o yaml\n",
	} {
		read := Read(context.Background(), text)
		found := false
		for _, o := range read.Observations.All() {
			found = found || o.Object.Name == "web-1" && o.Verdict == observe.Unhealthy
		}
		if !found {
			t.Errorf("web-1 is not unhealthy in\n%s", text)
		}
	}
}
