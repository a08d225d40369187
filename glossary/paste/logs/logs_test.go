package logs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse/parsetest"
)

// logCases are logs and their observations.
var logCases = []struct {
	name, text string
	want       []observe.Observation
}{
	{"klog", `E0302 10:00:00.000000    1234 pod_workers.go:1324] "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"api\" with CrashLoopBackOff: \"back-off 5m0s restarting failed container=api pod=api-7d9c6bd5f8-x2v4k_prod(2b1f)\"" pod="prod/api-7d9c6bd5f8-x2v4k" podUID="2b1f"`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "api-7d9c6bd5f8-x2v4k", Namespace: "prod", Container: "api"}, Value: "error", Message: `Error syncing pod, skipping: failed to "StartContainer" for "api" with CrashLoopBackOff: "back-off 5m0s restarting failed container=api pod=api-7d9c6bd5f8-x2v4k_prod(2b1f)"`, From: "kubelet", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"klog, nested quotes", `E0302 10:00:00.000000    1234 pod_workers.go:1324] "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"api\" with ImagePullBackOff: \"Back-off pulling image \\\"acme/api:nope\\\"\"" pod="prod/api-7d9c6bd5f8-x2v4k" podUID="2b1f"`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "api-7d9c6bd5f8-x2v4k", Namespace: "prod", Container: "api"}, Value: "error", Message: `Error syncing pod, skipping: failed to "StartContainer" for "api" with ImagePullBackOff: "Back-off pulling image "acme/api:nope""`, From: "kubelet", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"klog without structure", `F0302 10:00:00.000000       1 instance.go:226] Error creating leases: error creating storage factory: context deadline exceeded`, []observe.Observation{
		{Place: observe.Log, Value: "fatal", Message: "Error creating leases: error creating storage factory: context deadline exceeded", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"klog in a journal", `5月 23 17:08:19 e1 kubelet[2764337]: E0523 17:08:19.234374 2764337 remote_runtime.go:144] "StopPodSandbox failed" err="rpc error: code = Unknown desc = failed to destroy network for sandbox \"6cf7\": cni plugin not initialized"`, []observe.Observation{
		{Place: observe.Log, Related: []observe.Object{{Kind: "node", Name: "e1"}}, Value: "error", Message: `StopPodSandbox failed: rpc error: code = Unknown desc = failed to destroy network for sandbox "6cf7": cni plugin not initialized`, From: "kubelet", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"klog, info with a failure word", `I0302 10:00:00.000000       1 schedule_one.go:1056] "Unable to schedule pod; no fit; waiting" pod="prod/api-7d9c6bd5f8-x2v4k" err="0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod."`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "api-7d9c6bd5f8-x2v4k", Namespace: "prod"}, Value: "info", Message: "Unable to schedule pod; no fit; waiting: 0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.", From: "kube-scheduler", Verdict: observe.Unjudged, Line: 1},
	}},
	{"klog, healthy info", `I0302 10:00:00.000000       1 reflector.go:507] "Caches populated" type="*v1.Pod" reflector="k8s.io/client-go/informers/factory.go:160"`, []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "Caches populated", Line: 1},
	}},
	{"klog of several lines", "E0302 10:00:00.000000       1 reconciler.go:12] \"Reconciler error\" err=<\n\tfirst line\n\tsecond \"line\"\n > pod=\"shop/web-1\"", []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "error", Message: "Reconciler error: first line\nsecond \"line\"", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"klog with the braces of gRPC", `W0302 10:00:00.000000       1 logging.go:55] [core] grpc: addrConn.createTransport failed to connect to {
  "Addr": "127.0.0.1:2379",
  "ServerName": "127.0.0.1:2379"
}. Err: connection error: desc = "transport: x"`, []observe.Observation{
		{Place: observe.Log, Value: "warning", Message: `[core] grpc: addrConn.createTransport failed to connect to { "Addr": "127.0.0.1:2379", "ServerName": "127.0.0.1:2379" }. Err: connection error: desc = "transport: x"`, Verdict: observe.Unjudged, Line: 1},
	}},
	{"klog, header cut off", `2022-03-26T18:06:19.423330       1 leaderelection.go:283] failed to renew lease kube-system/ccm: timed out`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "failed to renew lease kube-system/ccm: timed out", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"old kubelet", `May 24 12:47:43 host01.example kubelet[26430]: E0524 12:47:43.868686   26430 pod_workers.go:190] Error syncing pod 94a7 ("coredns-fb8b8dccf-tn8vz_kube-system(94a7)"), skipping: failed to "StartContainer" for "coredns" with CrashLoopBackOff`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "coredns-fb8b8dccf-tn8vz", Namespace: "kube-system", Container: "coredns"}, Related: []observe.Object{{Kind: "node", Name: "host01.example"}}, Value: "error", Message: `Error syncing pod 94a7 ("coredns-fb8b8dccf-tn8vz_kube-system(94a7)"), skipping: failed to "StartContainer" for "coredns" with CrashLoopBackOff`, From: "kubelet", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"journal", `-- Journal begins at Thu 2022-05-19 20:34:58 CST. --
Mar 02 10:00:00 node-1 systemd[1]: kubelet.service: Scheduled restart job, restart counter is at 57.
Mar 02 10:00:00 node-1 systemd[1]: Started kubelet.service - kubelet: The Kubernetes Node Agent.`, []observe.Observation{
		{Place: observe.Log, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Value: "error", Message: "kubelet.service: Scheduled restart job, restart counter is at 57.", From: "systemd", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Log, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Value: "info", Message: "Started kubelet.service - kubelet: The Kubernetes Node Agent.", From: "systemd", Line: 3},
	}},
	{"logfmt", `time="2026-03-02T10:00:00.000000000Z" level=error msg="RunPodSandbox for &PodSandboxMetadata{Name:web-0,Uid:2b1f,Namespace:prod,Attempt:0,} failed, error" error="rpc error: code = Unknown desc = failed to setup network for sandbox \"35b9ce37\": plugin type=\"calico\" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized"`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-0", Namespace: "prod"}, Value: "error", Message: `RunPodSandbox for &PodSandboxMetadata{Name:web-0,Uid:2b1f,Namespace:prod,Attempt:0,} failed, error: rpc error: code = Unknown desc = failed to setup network for sandbox "35b9ce37": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized`, From: "containerd", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"logfmt of argocd", `time="2026-03-02T10:00:00Z" level=warning msg="Failed to load target state" application=argocd/guestbook`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "application", Name: "guestbook", Namespace: "argocd"}, Value: "warning", Message: "Failed to load target state", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"etcd", `{"level":"warn","ts":"2026-03-02T10:00:00.000Z","caller":"etcdserver/util.go:170","msg":"apply request took too long","took":"412.1ms","expected-duration":"100ms","prefix":"read-only range ","request":"key:\"/registry/health\" ","response":"range_response_count:0 size:6"}`, []observe.Observation{
		{Place: observe.Log, Value: "warning", Message: "apply request took too long", From: "etcd", Verdict: observe.Unjudged, Line: 1},
	}},
	{"controller-runtime in JSON", `{"level":"error","ts":"2026-03-02T10:00:00Z","logger":"controller","msg":"Reconciler error","controller":"deployment","controllerKind":"Deployment","Deployment":{"name":"web","namespace":"shop"},"namespace":"shop","name":"web","error":"pods \"web-1\" not found"}`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "deployment", Name: "web", Namespace: "shop"}, Value: "error", Message: `Reconciler error: pods "web-1" not found`, From: "deployment", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"pino", `{"level":50,"time":1700000000000,"pid":1,"hostname":"web-1","msg":"boom"}`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "boom", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"Docker's JSON", `{"log":"E0302 10:00:00.000000 1 x.go:1] \"a\" err=\"b\"\n","stream":"stderr","time":"2026-03-02T10:00:00Z"}`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "a: b", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"zap", "2026-03-02T10:00:00.000Z\tERROR\tcontroller.web\tReconciler error\t{\"kind\": \"Web\", \"name\": \"web\", \"namespace\": \"shop\", \"error\": \"boom \\\"x\\\"\"}\nsigs.k8s.io/controller-runtime/pkg/internal/controller.(*Controller).Start.func2.2\n\t/go/pkg/mod/sigs.k8s.io/controller-runtime@v0.15.0/pkg/internal/controller/controller.go:227", []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "web", Name: "web", Namespace: "shop"}, Value: "error", Message: `Reconciler error: boom "x"`, From: "controller.web", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"CoreDNS", `[FATAL] plugin/loop: Loop (127.0.0.1:53952 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."
[INFO] plugin/ready: Plugins not ready: "kubernetes"
.:53`, []observe.Observation{
		{Place: observe.Log, Value: "fatal", Message: `plugin/loop: Loop (127.0.0.1:53952 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."`, From: "coredns", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: `plugin/ready: Plugins not ready: "kubernetes"`, From: "coredns", Verdict: observe.Unjudged, Line: 2},
		{Place: observe.Log, Value: "info", Message: ".:53", From: "coredns", Line: 3},
	}},
	{"proxies", `[2026-03-02 10:00:00.000][1][warning][config] [source/common/config/grpc.cc:12] gRPC config stream closed: 14, no healthy upstream
2026/03/02 10:00:00 [error] 31#31: *1 connect() failed (111: Connection refused) while connecting to upstream`, []observe.Observation{
		{Place: observe.Log, Value: "warning", Message: "gRPC config stream closed: 14, no healthy upstream", From: "envoy", Verdict: observe.Unjudged, Line: 1},
		{Place: observe.Log, Value: "error", Message: "connect() failed (111: Connection refused) while connecting to upstream", From: "nginx", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"requests below errors", `2026/03/02 10:00:00 [error] 31#31: *1 upstream prematurely closed connection while reading response header from upstream, client: 10.0.0.1
10.0.0.1 - - [02/Mar/2026:10:00:00 +0000] "GET /cart HTTP/1.1" 502 552 "-" "curl/8.5.0"
2026/03/02 10:00:01 [error] 31#31: *2 upstream prematurely closed connection while reading response header from upstream, client: fd00::1
fd00::1 - jane [02/Mar/2026:10:00:01 +0000] "POST /cart HTTP/2.0" 404 12`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "upstream prematurely closed connection while reading response header from upstream, client: 10.0.0.1", From: "nginx", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "warning", Message: `10.0.0.1 - - [02/Mar/2026:10:00:00 +0000] "GET /cart HTTP/1.1" 502 552 "-" "curl/8.5.0"`, Verdict: observe.Unjudged, Line: 2},
		{Place: observe.Log, Value: "error", Message: "upstream prematurely closed connection while reading response header from upstream, client: fd00::1", From: "nginx", Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Log, Value: "info", Message: `fd00::1 - jane [02/Mar/2026:10:00:01 +0000] "POST /cart HTTP/2.0" 404 12`, Line: 4},
	}},
	{"log of Go", `2021/06/04 05:44:07 error running client: error listing pods
2022/05/13 17:50:33 http: TLS handshake error from 192.168.34.2:43156: remote error: tls: bad certificate
2026/03/02 10:00:00 Listening on :8080`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "error running client: error listing pods", From: "program", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "http: TLS handshake error from 192.168.34.2:43156: remote error: tls: bad certificate", Verdict: observe.Unjudged, Line: 2},
		{Place: observe.Log, Value: "info", Message: "Listening on :8080", Line: 3},
	}},
	{"logrus", `FATA[0000] rpc error: code = Unauthenticated desc = no session information
WARN[0012] could not find image                          image=foo
ERRO[2026-03-02T10:00:00-05:00] cannot sync               namespace=default rollout=web
ERRO[2026-03-02 10:00:00] cannot list`, []observe.Observation{
		{Place: observe.Log, Value: "fatal", Message: "rpc error: code = Unauthenticated desc = no session information", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "warning", Message: "could not find image", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Log, Object: observe.Object{Kind: "rollout", Name: "web", Namespace: "default"}, Value: "error", Message: "cannot sync", Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Log, Value: "error", Message: "cannot list", Verdict: observe.Unhealthy, Line: 4},
	}},
	{"flux logs", `2026-03-02T10:00:00.000Z error Kustomization/apps.flux-system - Reconciliation failed after 1s`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "kustomization", Name: "apps", Namespace: "flux-system"}, Value: "error", Message: "Reconciliation failed after 1s", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"Java", "2026-03-02 10:00:00.123  ERROR 1 --- [main] o.s.boot.SpringApplication : Application run failed\njava.lang.IllegalStateException: x\n\tat com.example.App.main(App.java:12)\nCaused by: java.net.ConnectException: Connection refused\n\t... 12 more", []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "Application run failed\njava.lang.IllegalStateException: x\nCaused by: java.net.ConnectException: Connection refused", From: "o.s.boot.SpringApplication", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"kernel", `Memory cgroup out of memory: Killed process 21744 (java) total-vm:4912444kB, anon-rss:1042212kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:2316kB oom_score_adj:985
[Mon Mar  2 10:00:00 2026] eth0: link becomes ready
Mar 02 10:00:00 node-1 kernel: [12.3] Out of memory: Killed process 1 (java)`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "Memory cgroup out of memory: Killed process 21744 (java) total-vm:4912444kB, anon-rss:1042212kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:2316kB oom_score_adj:985", From: "kernel", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "eth0: link becomes ready", From: "kernel", Verdict: observe.Unjudged, Line: 2},
		{Place: observe.Log, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Value: "error", Message: "Out of memory: Killed process 1 (java)", From: "kernel", Verdict: observe.Unhealthy, Line: 3},
	}},
	{"panic", "panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:12 +0x1d\nexit status 2", []observe.Observation{
		{Place: observe.Log, Value: "fatal", Message: "panic: runtime error: invalid memory address or nil pointer dereference", From: "program", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"Python", `Traceback (most recent call last):
  File "/app/main.py", line 1, in <module>
    import x
ModuleNotFoundError: No module named 'x'`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "ModuleNotFoundError: No module named 'x'", From: "program", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"Node", `/app/index.js:10
    throw new Error('x')
    ^

Error: Cannot find module 'x'
Require stack:
- /app/index.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1)
    at main (/app/index.js:10:2) {
  code: 'MODULE_NOT_FOUND',
  requireStack: [ '/app/index.js' ]
}

Node.js v18.0.0`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "Error: Cannot find module 'x'\nRequire stack:\n- /app/index.js", From: "program", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"a prefix alone", "[pod/web-1/app] \n[pod/web-1/app] 2026-03-02T10:00:00Z\n2026-03-02T10:00:00Z \n[pod/web-1/app] 2026-03-02T10:00:00Z ERROR boom", []observe.Observation{
		{Place: observe.Line, Message: "[pod/web-1/app]", Line: 1},
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Container: "app"}, Value: "info", Message: "2026-03-02T10:00:00Z", Line: 2},
		{Place: observe.Line, Message: "2026-03-02T10:00:00Z", Line: 3},
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Container: "app"}, Value: "error", Message: "boom", Verdict: observe.Unhealthy, Line: 4},
	}},
	{"kubectl logs --prefix", `[pod/web-1/app] 2026-03-02T10:00:00Z ERROR boom`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Container: "app"}, Value: "error", Message: "boom", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"a container's program", `$ kubectl logs web-1 -n shop
exec /bin/sh: exec format error
10.244.0.1 - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 502 552`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "error", Message: "exec /bin/sh: exec format error", From: "runc", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "warning", Message: `10.244.0.1 - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 502 552`, Verdict: observe.Unjudged, Line: 3},
	}},
	{"names of time zones", "2026-03-02 10:00:00.123 IST [31] ERROR: a\n10:00:00 JST WARN b\n2026-03-02T10:00:00 +0530 IST FATAL c\n2026-03-02 10:00:00 INFO GET d", []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "a", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "warning", Message: "b", Verdict: observe.Unjudged, Line: 2},
		{Place: observe.Log, Value: "fatal", Message: "c", Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Log, Value: "info", Message: "GET d", Line: 4},
	}},
	{"an entry of Cloud Logging", "{\n  \"insertId\": \"a\",\n  \"jsonPayload\": {\n    \"level\": \"error\",\n    \"msg\": \"x\",\n    \"Deployment\": {\n      \"name\": \"web\",\n      \"namespace\": \"shop\"\n    }\n  },\n  \"severity\": \"ERROR\"\n}\nok", []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "deployment", Name: "web", Namespace: "shop"}, Value: "error", Message: "x", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Line, Message: "ok", Line: 13},
	}},
	{"a quoted JSON entry", `"{"level":"ERROR","time":"2026-03-02T10:00:00Z","message":"x \"y\"","pod":"shop/web-1"}"`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "error", Message: `x "y"`, Verdict: observe.Unhealthy, Line: 1},
	}},
	{"output in parentheses", "Mar 02 10:00:00 n1 kube-proxy[9]: E0302 10:00:00.959564    9 proxier.go:1507] Failed to execute iptables-restore: exit status 2 (a\nMar 02 10:00:00 n1 kube-proxy[9]: Error occurred at line: 141\nMar 02 10:00:00 n1 kube-proxy[9]: )", []observe.Observation{
		{Place: observe.Log, Related: []observe.Object{{Kind: "node", Name: "n1"}}, Value: "error", Message: "Failed to execute iptables-restore: exit status 2 (a\nError occurred at line: 141\n)", From: "kube-proxy", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"zerolog and slog", "2026-03-02T10:00:00Z ERR Cannot create service error=\"service \\\"a\\\" not found\" ingress=web namespace=shop\n2026/03/02 10:00:00 ERROR cannot list x=1 y err=\"b\"", []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "ingress", Name: "web", Namespace: "shop"}, Value: "error", Message: `Cannot create service: service "a" not found`, Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "error", Message: "cannot list: b", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"a node in a field", `E0302 10:00:00.000000 1 scraper.go:140] "Failed to scrape node" err="x509" node="n1"`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "node", Name: "n1"}, Related: []observe.Object{{Kind: "node", Name: "n1"}}, Value: "error", Message: "Failed to scrape node: x509", From: "metrics-server", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"events of controller-runtime", `{"level":"debug","ts":"2026-03-02T10:00:00Z","logger":"events","msg":"Warning","object":{"kind":"Ingress","namespace":"shop","name":"web"},"reason":"FailedBuildModel","message":"a"}
{"level":"debug","ts":"2026-03-02T10:00:00Z","logger":"events","msg":"b","type":"Normal","object":{"kind":"Ingress","namespace":"shop","name":"web"},"reason":"Built"}`, []observe.Observation{
		{Place: observe.Event, Object: observe.Object{Kind: "ingress", Name: "web", Namespace: "shop"}, Value: "Warning", Reason: "FailedBuildModel", Message: "a", From: "events", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Event, Object: observe.Object{Kind: "ingress", Name: "web", Namespace: "shop"}, Value: "Normal", Reason: "Built", Message: "b", From: "events", Line: 2},
	}},
	{"invalid names", `E0302 10:00:00.000000 1 x.go:1] "a" err="b" pod="shop/$(reboot)" node="; rm"`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "a: b", Verdict: observe.Unhealthy, Line: 1},
	}},
}

func TestLog(t *testing.T) {
	t.Parallel()
	for _, c := range logCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, paste.Read(t.Context(), c.text).Observations.Slice()); diff != "" {
				t.Errorf("Read(%q): (-want +got)\n%s", c.text, diff)
			}
		})
	}
}

func TestLogRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods \"x\" not found","level":"error"}`,
		"5 minutes ago it worked",
		"2026-03-02 に再起動した",
		"2026-03-02 10:00:00 に再起動したらエラー",
		"10:00:00 it worked and then no more",
		"INFO about my cluster: it is small",
		"error: no objects passed to apply",
		"2m          Warning   Failed   pod/web-1   Error: x",
		"[preflight] Running pre-flight checks",
		"level of logs: error=1",
		"NAME   READY   STATUS",
		"Started working on it",
		"-----Error ------",
		"{\n  \"a\": {\n    \"level\": 1\n  }",
		"{\n  \"apiVersion\": \"v1\",\n  \"level\": \"error\"\n}",
	} {
		parsetest.Refuse(t, logs.Read, text)
	}
}

func FuzzLog(f *testing.F) {
	f.Add(`{"":0000`)
	for _, c := range logCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsetest.Check(t, logs.Read, text)
	})
}
