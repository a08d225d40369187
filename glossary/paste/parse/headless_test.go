package parse_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/parse/parsetest"
)

// rowCases are rows without a header and their observations.
var rowCases = []struct {
	name, text string
	want       []observe.Observation
}{
	{"pods", `$ kubectl get pods | grep web
web-1 1/1 Running 0 4d
pod/web-1   1/1   Running   0   4d   10.1.2.3   node-1   <none>   <none>
web-3   0/1   Init:0/2   0   8s`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Cells: []observe.Cell{{Column: "NAME", Value: "pod/web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}, {Column: "IP", Value: "10.1.2.3"}, {Column: "NODE", Value: "node-1"}, {Column: "NOMINATED NODE", Value: "<none>"}, {Column: "READINESS GATES", Value: "<none>"}}, Age: 4 * 24 * time.Hour, Line: 3},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-3", Init: true}, Cells: []observe.Cell{{Column: "NAME", Value: "web-3"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Init:0/2", Verdict: observe.Waiting}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "8s"}}, Age: 8 * time.Second, Verdict: observe.Waiting, Line: 4},
	}},
	{"pods of all namespaces", `shop   api-7d9c6bd5f8-x2v4k   0/1   CrashLoopBackOff   7 (2m11s ago)   14m
kube-system coredns-1   0/1   Pending   0   4d   <none>   <none>   <none>   <none>`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "api-7d9c6bd5f8-x2v4k", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "shop"}, {Column: "NAME", Value: "api-7d9c6bd5f8-x2v4k"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "CrashLoopBackOff", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "7 (2m11s ago)", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "14m"}}, Age: 14 * time.Minute, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "coredns-1", Namespace: "kube-system"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "kube-system"}, {Column: "NAME", Value: "coredns-1"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}, {Column: "IP", Value: "<none>"}, {Column: "NODE", Value: "<none>"}, {Column: "NOMINATED NODE", Value: "<none>"}, {Column: "READINESS GATES", Value: "<none>"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 2},
	}},
	{"joined by a chat", `web-1 1/1 Running 0 4d web-2 0/1 Pending 0 4d
shop web-1 1/1 Running 0 4d shop web-2 0/1 Pending 0 4d`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-2", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-2"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "shop"}, {Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-2", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "shop"}, {Column: "NAME", Value: "web-2"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 2},
	}},
	{"with their head on the line", `NAME READY STATUS RESTARTS AGE web-1 0/1 Pending 0 40m web-2 1/1 Running 3 (2m ago) 5d
NAMESPACE NAME READY STATUS RESTARTS AGE shop web-1 0/1 Pending 0 40m shop web-2 1/1 Running 0 5d
NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS AGE data-0 Pending gp2 40m
NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS AGE data-0 Bound pvc-1 1Gi RWO gp2 40m`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-2", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-2"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "3 (2m ago)", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "5d"}}, Age: 5 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "shop"}, {Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-2", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "shop"}, {Column: "NAME", Value: "web-2"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "5d"}}, Age: 5 * 24 * time.Hour, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "persistentvolumeclaim", Name: "data-0"}, Cells: []observe.Cell{{Column: "NAME", Value: "data-0"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "STORAGECLASS", Value: "gp2"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Row, Object: observe.Object{Kind: "persistentvolumeclaim", Name: "data-0"}, Cells: []observe.Cell{{Column: "NAME", Value: "data-0"}, {Column: "STATUS", Value: "Bound"}, {Column: "VOLUME", Value: "pvc-1"}, {Column: "CAPACITY", Value: "1Gi"}, {Column: "ACCESS MODES", Value: "RWO"}, {Column: "STORAGECLASS", Value: "gp2"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Line: 4},
	}},
	{"kubectl get all", `pod/web-1   1/1   Running   0   4d
pod/web-1   1/1   Running   0   4d   10.1.2.3   node-1   <none>   <none>
deployment.apps/web   0/3   3   0   10m
service/web   ClusterIP   10.96.1.1   <none>   80/TCP   10m
service/web   LoadBalancer   10.96.1.1   <pending>   80:30080/TCP   10m
replicaset.apps/web-5d8f   3   3   0   10m
statefulset.apps/db   0/1   5m
daemonset.apps/x   3   3   2   3   2   <none>   5m
job.batch/x   0/1   5m   5m
job.batch/x   Failed   0/1   5m   5m
cronjob.batch/x   */5 * * * *   False   0   2m   5d
horizontalpodautoscaler.autoscaling/web   Deployment/web   <unknown>/50%   1   3   1   5m
horizontalpodautoscaler.autoscaling/web   Deployment/web   cpu: <unknown>/50%   1   3   1   5m
persistentvolumeclaim/data   Pending   gp2   40m`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "pod/web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Cells: []observe.Cell{{Column: "NAME", Value: "pod/web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}, {Column: "IP", Value: "10.1.2.3"}, {Column: "NODE", Value: "node-1"}, {Column: "NOMINATED NODE", Value: "<none>"}, {Column: "READINESS GATES", Value: "<none>"}}, Age: 4 * 24 * time.Hour, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "deployment", Name: "web"}, Cells: []observe.Cell{{Column: "NAME", Value: "deployment.apps/web"}, {Column: "READY", Value: "0/3", Verdict: observe.Unhealthy}, {Column: "UP-TO-DATE", Value: "3"}, {Column: "AVAILABLE", Value: "0"}, {Column: "AGE", Value: "10m"}}, Age: 10 * time.Minute, Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Row, Object: observe.Object{Kind: "service", Name: "web"}, Cells: []observe.Cell{{Column: "NAME", Value: "service/web"}, {Column: "TYPE", Value: "ClusterIP"}, {Column: "CLUSTER-IP", Value: "10.96.1.1"}, {Column: "EXTERNAL-IP", Value: "<none>"}, {Column: "PORT(S)", Value: "80/TCP"}, {Column: "AGE", Value: "10m"}}, Age: 10 * time.Minute, Line: 4},
		{Place: observe.Row, Object: observe.Object{Kind: "service", Name: "web"}, Cells: []observe.Cell{{Column: "NAME", Value: "service/web"}, {Column: "TYPE", Value: "LoadBalancer"}, {Column: "CLUSTER-IP", Value: "10.96.1.1"}, {Column: "EXTERNAL-IP", Value: "<pending>", Verdict: observe.Unhealthy}, {Column: "PORT(S)", Value: "80:30080/TCP"}, {Column: "AGE", Value: "10m"}}, Age: 10 * time.Minute, Verdict: observe.Unhealthy, Line: 5},
		{Place: observe.Row, Object: observe.Object{Kind: "replicaset", Name: "web-5d8f"}, Cells: []observe.Cell{{Column: "NAME", Value: "replicaset.apps/web-5d8f"}, {Column: "DESIRED", Value: "3"}, {Column: "CURRENT", Value: "3"}, {Column: "READY", Value: "0", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "10m"}}, Age: 10 * time.Minute, Verdict: observe.Unhealthy, Line: 6},
		{Place: observe.Row, Object: observe.Object{Kind: "statefulset", Name: "db"}, Cells: []observe.Cell{{Column: "NAME", Value: "statefulset.apps/db"}, {Column: "READY", Value: "0/1", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "5m"}}, Age: 5 * time.Minute, Verdict: observe.Unhealthy, Line: 7},
		{Place: observe.Row, Object: observe.Object{Kind: "daemonset", Name: "x"}, Cells: []observe.Cell{{Column: "NAME", Value: "daemonset.apps/x"}, {Column: "DESIRED", Value: "3"}, {Column: "CURRENT", Value: "3"}, {Column: "READY", Value: "2", Verdict: observe.Unhealthy}, {Column: "UP-TO-DATE", Value: "3"}, {Column: "AVAILABLE", Value: "2", Verdict: observe.Unhealthy}, {Column: "NODE SELECTOR", Value: "<none>"}, {Column: "AGE", Value: "5m"}}, Age: 5 * time.Minute, Verdict: observe.Unhealthy, Line: 8},
		{Place: observe.Row, Object: observe.Object{Kind: "job", Name: "x"}, Cells: []observe.Cell{{Column: "NAME", Value: "job.batch/x"}, {Column: "COMPLETIONS", Value: "0/1", Verdict: observe.Unhealthy}, {Column: "DURATION", Value: "5m"}, {Column: "AGE", Value: "5m"}}, Age: 5 * time.Minute, Verdict: observe.Unhealthy, Line: 9},
		{Place: observe.Row, Object: observe.Object{Kind: "job", Name: "x"}, Cells: []observe.Cell{{Column: "NAME", Value: "job.batch/x"}, {Column: "STATUS", Value: "Failed", Verdict: observe.Unhealthy}, {Column: "COMPLETIONS", Value: "0/1", Verdict: observe.Unhealthy}, {Column: "DURATION", Value: "5m"}, {Column: "AGE", Value: "5m"}}, Age: 5 * time.Minute, Verdict: observe.Unhealthy, Line: 10},
		{Place: observe.Row, Object: observe.Object{Kind: "cronjob", Name: "x"}, Cells: []observe.Cell{{Column: "NAME", Value: "cronjob.batch/x"}, {Column: "SCHEDULE", Value: "*/5 * * * *"}, {Column: "SUSPEND", Value: "False"}, {Column: "ACTIVE", Value: "0"}, {Column: "LAST SCHEDULE", Value: "2m"}, {Column: "AGE", Value: "5d"}}, Age: 5 * 24 * time.Hour, Line: 11},
		{Place: observe.Row, Object: observe.Object{Kind: "horizontalpodautoscaler", Name: "web"}, Cells: []observe.Cell{{Column: "NAME", Value: "horizontalpodautoscaler.autoscaling/web"}, {Column: "REFERENCE", Value: "Deployment/web"}, {Column: "TARGETS", Value: "<unknown>/50%", Verdict: observe.Unhealthy}, {Column: "MINPODS", Value: "1"}, {Column: "MAXPODS", Value: "3"}, {Column: "REPLICAS", Value: "1"}, {Column: "AGE", Value: "5m"}}, Message: "<unknown>/50%", Age: 5 * time.Minute, Verdict: observe.Unhealthy, Line: 12},
		{Place: observe.Row, Object: observe.Object{Kind: "horizontalpodautoscaler", Name: "web"}, Cells: []observe.Cell{{Column: "NAME", Value: "horizontalpodautoscaler.autoscaling/web"}, {Column: "REFERENCE", Value: "Deployment/web"}, {Column: "TARGETS", Value: "cpu: <unknown>/50%", Verdict: observe.Unhealthy}, {Column: "MINPODS", Value: "1"}, {Column: "MAXPODS", Value: "3"}, {Column: "REPLICAS", Value: "1"}, {Column: "AGE", Value: "5m"}}, Message: "cpu: <unknown>/50%", Age: 5 * time.Minute, Verdict: observe.Unhealthy, Line: 13},
		{Place: observe.Row, Object: observe.Object{Kind: "persistentvolumeclaim", Name: "data"}, Cells: []observe.Cell{{Column: "NAME", Value: "persistentvolumeclaim/data"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "STORAGECLASS", Value: "gp2"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 14},
	}},
	{"claims and a service", `data-db-0   Bound   pvc-1234   10Gi   RWO   gp2   4d
data-db-0   Pending   gp2   4d
frontend 10.233.38.145 <pending> 80:30007/TCP 1h`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "persistentvolumeclaim", Name: "data-db-0"}, Cells: []observe.Cell{{Column: "NAME", Value: "data-db-0"}, {Column: "STATUS", Value: "Bound"}, {Column: "VOLUME", Value: "pvc-1234"}, {Column: "CAPACITY", Value: "10Gi"}, {Column: "ACCESS MODES", Value: "RWO"}, {Column: "STORAGECLASS", Value: "gp2"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "persistentvolumeclaim", Name: "data-db-0"}, Cells: []observe.Cell{{Column: "NAME", Value: "data-db-0"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "STORAGECLASS", Value: "gp2"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "service", Name: "frontend"}, Cells: []observe.Cell{{Column: "NAME", Value: "frontend"}, {Column: "CLUSTER-IP", Value: "10.233.38.145"}, {Column: "EXTERNAL-IP", Value: "<pending>", Verdict: observe.Unhealthy}, {Column: "PORT(S)", Value: "80:30007/TCP"}, {Column: "AGE", Value: "1h"}}, Age: 1 * time.Hour, Verdict: observe.Unhealthy, Line: 3},
	}},
	{"nodes", `node-1   NotReady   <none>   4d   v1.30.1
node-1   Ready,SchedulingDisabled   control-plane   4d   v1.30.1   10.0.0.1   <none>   Ubuntu 22.04.1 LTS   5.15.0-1   containerd://1.6.8`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "node", Name: "node-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "node-1"}, {Column: "STATUS", Value: "NotReady", Verdict: observe.Unhealthy}, {Column: "ROLES", Value: "<none>"}, {Column: "AGE", Value: "4d"}, {Column: "VERSION", Value: "v1.30.1"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "node", Name: "node-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "node-1"}, {Column: "STATUS", Value: "Ready,SchedulingDisabled", Verdict: observe.Unhealthy}, {Column: "ROLES", Value: "control-plane"}, {Column: "AGE", Value: "4d"}, {Column: "VERSION", Value: "v1.30.1"}, {Column: "INTERNAL-IP", Value: "10.0.0.1"}, {Column: "EXTERNAL-IP", Value: "<none>"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 2},
	}},
	{"a row on two lines", `$ kubectl get pods -n shop | grep api
api-7d9c6bd5f8-x2v4k   0/1     CrashLoopBackOff
7 (2m11s ago)   14m`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "api-7d9c6bd5f8-x2v4k", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "api-7d9c6bd5f8-x2v4k"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "CrashLoopBackOff", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "7 (2m11s ago)", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "14m"}}, Age: 14 * time.Minute, Verdict: observe.Unhealthy, Line: 2},
	}},
	{"a cell on each line", `web-1
0/1
Pending
0
40m

NAME
READY
STATUS
RESTARTS
AGE
web-1
0/1
Pending
0
40m
web-2
1/1
Running
3 (2m ago)
5d`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "40m"}}, Age: 40 * time.Minute, Verdict: observe.Unhealthy, Line: 7},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-2"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-2"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "3 (2m ago)", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "5d"}}, Age: 5 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 7},
	}},
	{"an ingress without an address", `$ kubectl get ingress | grep web
web   nginx   web.example.com   10.0.0.1   80   4d
web-2   nginx   web.example.com      80   4d`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "ingress", Name: "web"}, Cells: []observe.Cell{{Column: "NAME", Value: "web"}, {Column: "CLASS", Value: "nginx"}, {Column: "HOSTS", Value: "web.example.com"}, {Column: "ADDRESS", Value: "10.0.0.1"}, {Column: "PORTS", Value: "80"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 2},
		{Place: observe.Row, Object: observe.Object{Kind: "ingress", Name: "web-2"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-2"}, {Column: "CLASS", Value: "nginx"}, {Column: "HOSTS", Value: "web.example.com"}, {Column: "ADDRESS", Value: "", Verdict: observe.Unhealthy}, {Column: "PORTS", Value: "80"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 3},
	}},
	{"a claim after -A", `$ kubectl get pvc -A | grep Pend
shop   data-0   Pending   gp2   4d`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "persistentvolumeclaim", Name: "data-0", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAMESPACE", Value: "shop"}, {Column: "NAME", Value: "data-0"}, {Column: "STATUS", Value: "Pending", Verdict: observe.Unhealthy}, {Column: "STORAGECLASS", Value: "gp2"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 2},
	}},
	{"a default class", `NAME            PROVISIONER       RECLAIMPOLICY   VOLUMEBINDINGMODE      ALLOWVOLUMEEXPANSION   AGE
gp3 (default)   ebs.csi.aws.com   Delete          WaitForFirstConsumer   true                   40d`, defaultClass},
	{"a default class in a squeezed table", `NAME PROVISIONER RECLAIMPOLICY VOLUMEBINDINGMODE ALLOWVOLUMEEXPANSION AGE
gp3 (default) ebs.csi.aws.com Delete WaitForFirstConsumer true 40d`, defaultClass},
	{"of Flux", "apps   320d   False   Health check failed after 5m0s", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Name: "apps"}, Message: "Health check failed after 5m0s", Age: 320 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 1, Cells: []observe.Cell{{Column: "NAME", Value: "apps"}, {Column: "AGE", Value: "320d"}, {Column: "READY", Value: "False", Verdict: observe.Unhealthy}, {Column: "STATUS", Value: "Health check failed after 5m0s", Verdict: observe.Unjudged}}},
	}},
	{"below underlined columns", "Certificate Name  ProvisioningState  Node\n----------------  -----------------  ----\nweb-1             Failed             n1\n\nName   QoS\n-----  ---\nweb-1  Burstable", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Name: "web-1"}, Related: []observe.Object{{Kind: "node", Name: "n1"}}, Verdict: observe.Unhealthy, Line: 3, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "PROVISIONINGSTATE", Value: "Failed", Verdict: observe.Unhealthy}, {Column: "NODE", Value: "n1"}}},
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Verdict: observe.Unjudged, Line: 7, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "QOS", Value: "Burstable"}}},
	}},
	{"namespaces without a command", "NAME   STATUS        AGE\nold    Terminating   2d", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "namespace", Name: "old"}, Age: 2 * 24 * time.Hour, Verdict: observe.Unhealthy, Line: 2, Cells: []observe.Cell{{Column: "NAME", Value: "old"}, {Column: "STATUS", Value: "Terminating", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "2d"}}},
	}},
	{"below the title of watch", "Every 2.0s: oc get pods -n shop        bastion: Mon Mar  2 10:00:00 2026\n\nNAME    READY   STATUS    RESTARTS   AGE\nweb-1   1/1     Running   0          4d", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 4},
	}},
	{"below an indented prompt and a title", "  $ kubectl get pods -n shop\n---- output ----\nweb-1 1/1 Running 0 4d\n[...]", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "1/1"}, {Column: "STATUS", Value: "Running"}, {Column: "RESTARTS", Value: "0"}, {Column: "AGE", Value: "4d"}}, Age: 4 * 24 * time.Hour, Line: 3},
	}},
	{"within a sentence", `my pod web-1 0/1 CrashLoopBackOff 5 10m keeps dying, why?`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "pod", Name: "web-1"}, Cells: []observe.Cell{{Column: "NAME", Value: "web-1"}, {Column: "READY", Value: "0/1"}, {Column: "STATUS", Value: "CrashLoopBackOff", Verdict: observe.Unhealthy}, {Column: "RESTARTS", Value: "5", Verdict: observe.Unhealthy}, {Column: "AGE", Value: "10m"}}, Age: 10 * time.Minute, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Line, Message: "my pod keeps dying, why?", Prose: true, Line: 1},
	}},
}

var defaultClass = []observe.Observation{{
	Place: observe.Row, Object: observe.Object{Kind: "storageclass", Name: "gp3"}, Age: 40 * 24 * time.Hour, Line: 2,
	Cells: []observe.Cell{{Column: "NAME", Value: "gp3 (default)"}, {Column: "PROVISIONER", Value: "ebs.csi.aws.com"}, {Column: "RECLAIMPOLICY", Value: "Delete"}, {Column: "VOLUMEBINDINGMODE", Value: "WaitForFirstConsumer"}, {Column: "ALLOWVOLUMEEXPANSION", Value: "true"}, {Column: "AGE", Value: "40d"}},
}}

func TestRow(t *testing.T) {
	t.Parallel()
	for _, c := range rowCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, paste.Read(t.Context(), c.text).Observations.Slice()); diff != "" {
				t.Errorf("Read(%q): (-want +got)\n%s", c.text, diff)
			}
		})
	}
}

func TestRowRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"After 3 days the pod web is still Pending 2h later",
		"I have 3/3 nodes Ready 5 days after v1.30",
		"we deployed at 10m and 2/2 failed 3 times in 4h",
		"The pod restarts 5 times in 10m",
		"rollback to 1.2 took 5m",
		"Is 1/1 normal after 5d?",
		"It is at 10.0.0.1 since 5d",
		"$(reboot) 1/1 Running 0 4d",
		"pod/;rm 0/1 Pending 0 4d",
		"web-1",
		"web-1\n1/1",
		"NAME\nREADY\nNAME\nREADY",
		"version v1.30.1 since 5d",
		"1/1",
		"Failed 3 5m",
		"it took 5m False starts included",
	} {
		parsetest.Refuse(t, parse.ReadRow, text)
	}
}

func FuzzRow(f *testing.F) {
	for _, c := range rowCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsetest.Check(t, parse.ReadRow, text)
	})
}
