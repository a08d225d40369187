package tools_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse/parsetest"
	"k8sbot/glossary/paste/tools"
)

// toolCases are outputs of tools and their observations.
var toolCases = []struct {
	name, text string
	want       []observe.Observation
}{
	{"kubeadm preflight", "[preflight] Running pre-flight checks\nerror execution phase preflight: [preflight] Some fatal errors occurred:\n\t[ERROR Swap]: running with swap on is not supported. Please disable swap\n\t[WARNING Hostname]: hostname \"cp-1\" could not be reached\n[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`\nTo see the stack trace of this error execute with --v=5 or higher", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "[preflight] Running pre-flight checks", From: "kubeadm", Line: 1},
		{Place: observe.Error, Message: "error execution phase preflight: [preflight] Some fatal errors occurred:", From: "kubeadm", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Error, Reason: "Swap", Message: "[ERROR Swap]: running with swap on is not supported. Please disable swap", From: "kubeadm", Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Log, Value: "warning", Reason: "Hostname", Message: `[WARNING Hostname]: hostname "cp-1" could not be reached`, From: "kubeadm", Verdict: observe.Unjudged, Line: 4},
		{Place: observe.Log, Value: "info", Message: "[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`", From: "kubeadm", Line: 5},
	}},
	{"terraform, well", "helm_release.web: Creating...\nhelm_release.web: Still creating... [10s elapsed]\nhelm_release.web: Creation complete after 27s [id=web]\nApply complete! Resources: 1 added, 0 changed, 0 destroyed.", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "helm_release.web: Creating...", From: "terraform", Line: 1},
		{Place: observe.Log, Value: "info", Message: "helm_release.web: Still creating... [10s elapsed]", From: "terraform", Line: 2},
		{Place: observe.Log, Value: "info", Message: "helm_release.web: Creation complete after 27s [id=web]", From: "terraform", Line: 3},
		{Place: observe.Log, Value: "info", Message: "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.", From: "terraform", Line: 4},
	}},
	{"ansible, a Status of the API server", `fatal: [localhost]: FAILED! => {"changed": false, "error": 403, "msg": "Failed to create object: b'{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"pods is forbidden: User \\\"ci\\\" cannot create resource \\\"pods\\\"\",\"code\":403}'"}
localhost                  : ok=4    changed=1    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0`, []observe.Observation{
		{Place: observe.Error, Message: `Failed to create object: pods is forbidden: User "ci" cannot create resource "pods"`, From: "ansible", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "localhost                  : ok=4    changed=1    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0", From: "ansible", Line: 2},
	}},
	{"ansible, only the recap", "PLAY RECAP *****\ncp2                        : ok=3    changed=0    unreachable=1    failed=0", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "PLAY RECAP *****", From: "ansible", Line: 1},
		{Place: observe.Error, Message: "cp2                        : ok=3    changed=0    unreachable=1    failed=0", From: "ansible", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"the end of a job after its error", "error: no objects passed to apply\nError: Process completed with exit code 1.", []observe.Observation{
		{Place: observe.Error, Message: "error: no objects passed to apply", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "Error: Process completed with exit code 1.", From: "ci", Line: 2},
	}},
	{"kubeadm, unfortunately", `[wait-control-plane] Waiting for the kubelet to boot up the control plane as static Pods from directory "/etc/kubernetes/manifests". This can take up to 4m0s
[kubelet-check] Initial timeout of 40s passed.

Unfortunately, an error has occurred:
        timed out waiting for the condition

This error is likely caused by:
        - The kubelet is not running
        - The kubelet is unhealthy due to a misconfiguration of the node in some way (required cgroups disabled)

If you are on a systemd-powered system, you can try to troubleshoot the error with the following commands:
        - 'systemctl status kubelet'
        - 'journalctl -xeu kubelet'

Additionally, a control plane component may have crashed or exited when started by the container runtime.
error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster
To see the stack trace of this error execute with --v=5 or higher`, []observe.Observation{
		{Place: observe.Log, Value: "info", Message: `[wait-control-plane] Waiting for the kubelet to boot up the control plane as static Pods from directory "/etc/kubernetes/manifests". This can take up to 4m0s`, From: "kubeadm", Line: 1},
		{Place: observe.Log, Value: "warning", Message: "[kubelet-check] Initial timeout of 40s passed.", From: "kubeadm", Verdict: observe.Unjudged, Line: 2},
		{Place: observe.Error, Message: "Unfortunately, an error has occurred: timed out waiting for the condition", From: "kubeadm", Verdict: observe.Unhealthy, Line: 4},
		{Place: observe.Error, Message: "error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster", From: "kubeadm", Verdict: observe.Unhealthy, Line: 16},
	}},
	{"kubeadm, a check with output", `[ERROR CRI]: container runtime is not running: output: time="2023-08-22T13:56:36+09:00" level=fatal msg="validate service connection"
, error: exit status 1`, []observe.Observation{
		{Place: observe.Error, Reason: "CRI", Message: "[ERROR CRI]: container runtime is not running: output: time=\"2023-08-22T13:56:36+09:00\" level=fatal msg=\"validate service connection\"\n, error: exit status 1", From: "kubeadm", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"helm status", `$ helm status api -n shop
NAME: api
LAST DEPLOYED: Mon Mar  2 10:00:00 2026
NAMESPACE: shop
STATUS: failed
REVISION: 3
NOTES:
1. Get the application URL by running these commands:
  export POD_NAME=$(kubectl get pods)`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "release", Name: "api", Namespace: "shop"}, Cells: []observe.Cell{{Column: "NAME", Value: "api"}, {Column: "LAST DEPLOYED", Value: "Mon Mar  2 10:00:00 2026"}, {Column: "NAMESPACE", Value: "shop"}, {Column: "STATUS", Value: "failed", Verdict: observe.Unhealthy}, {Column: "REVISION", Value: "3"}}, From: "helm", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"helm history", "$ helm history api -n shop\nREVISION\tUPDATED                 \tSTATUS    \tCHART    \tAPP VERSION\tDESCRIPTION\n1       \tMon Mar  2 10:00:00 2026\tsuperseded\tapi-1.0.0\t1.0        \tInstall complete\n2       \tTue Mar 10 10:00:00 2026\tfailed    \tapi-1.1.0\t1.1        \tUpgrade \"api\" failed: timed out waiting for the condition", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "release", Name: "api", Namespace: "shop"}, Cells: []observe.Cell{{Column: "REVISION", Value: "1"}, {Column: "UPDATED", Value: "Mon Mar 2 10:00:00 2026"}, {Column: "STATUS", Value: "superseded"}, {Column: "CHART", Value: "api-1.0.0"}, {Column: "APP VERSION", Value: "1.0"}, {Column: "DESCRIPTION", Value: "Install complete"}}, Message: "Install complete", From: "helm", Resolved: true, Line: 3},
		{Place: observe.Row, Object: observe.Object{Kind: "release", Name: "api", Namespace: "shop"}, Cells: []observe.Cell{{Column: "REVISION", Value: "2"}, {Column: "UPDATED", Value: "Tue Mar 10 10:00:00 2026"}, {Column: "STATUS", Value: "failed", Verdict: observe.Unhealthy}, {Column: "CHART", Value: "api-1.1.0"}, {Column: "APP VERSION", Value: "1.1"}, {Column: "DESCRIPTION", Value: `Upgrade "api" failed: timed out waiting for the condition`}}, Message: `Upgrade "api" failed: timed out waiting for the condition`, From: "helm", Verdict: observe.Unhealthy, Line: 4},
	}},
	{"helm's errors", `$ helm upgrade api ops/Helm/api --install --wait --namespace=shop --debug -v 6

history.go:53: [debug] getting history for release api
upgrade.go:121: [debug] preparing upgrade for api
Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress
helm.go:81: [debug] another operation (install/upgrade/rollback) is in progress
helm.sh/helm/v3/pkg/action.init
        /home/ci/helm.sh/helm/pkg/action/action.go:62
runtime.doInit
        /usr/local/go/src/runtime/proc.go:5474
runtime.main
        /usr/local/go/src/runtime/proc.go:190
UPGRADE FAILED
main.newUpgradeCmd.func2
        /home/ci/helm.sh/helm/cmd/helm/upgrade.go:156`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Namespace: "shop"}, Value: "info", Message: "getting history for release api", From: "helm", Line: 3},
		{Place: observe.Log, Object: observe.Object{Namespace: "shop"}, Value: "info", Message: "preparing upgrade for api", From: "helm", Line: 4},
		{Place: observe.Error, Object: observe.Object{Kind: "release", Name: "api", Namespace: "shop"}, Message: "Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress", From: "helm", Verdict: observe.Unhealthy, Line: 5},
		{Place: observe.Log, Object: observe.Object{Namespace: "shop"}, Value: "info", Message: "another operation (install/upgrade/rollback) is in progress", From: "helm", Line: 6},
	}},
	{"argocd app get", `$ argocd app get guestbook
Name:               argocd/guestbook
Project:            default
Server:             https://kubernetes.default.svc
Namespace:          default
URL:                https://10.97.164.88/applications/guestbook
Sync Policy:        <none>
Sync Status:        OutOfSync from  (53e28ff)
Health Status:      Degraded

Operation:          Sync
Phase:              Failed
Message:            one or more objects failed to apply

CONDITION        MESSAGE                          LAST TRANSITION
ComparisonError  Failed to load target state: x   2023-01-01 10:00:00 +0000 UTC

GROUP  KIND        NAMESPACE  NAME          STATUS     HEALTH    HOOK  MESSAGE
       Service     default    guestbook-ui  Synced     Healthy
apps   Deployment  default    guestbook-ui  OutOfSync  Degraded        Deployment.apps "guestbook-ui" is invalid
       Namespace              default       Running    Synced          namespace/default created`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "application", Name: "guestbook", Namespace: "argocd"}, Cells: []observe.Cell{{Column: "NAME", Value: "argocd/guestbook"}, {Column: "SYNC STATUS", Value: "OutOfSync", Verdict: observe.Unhealthy}, {Column: "HEALTH STATUS", Value: "Degraded", Verdict: observe.Unhealthy}, {Column: "PROJECT", Value: "default"}}, From: "argocd", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Error, Object: observe.Object{Kind: "application", Name: "guestbook", Namespace: "argocd"}, Message: "one or more objects failed to apply", From: "argocd", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Condition, Object: observe.Object{Kind: "application", Name: "guestbook", Namespace: "argocd"}, Field: "ComparisonError", Value: "True", Message: "Failed to load target state: x", From: "argocd", Verdict: observe.Unhealthy, Line: 16},
		{Place: observe.Row, Object: observe.Object{Kind: "service", Name: "guestbook-ui", Namespace: "default"}, Cells: []observe.Cell{{Column: "KIND", Value: "Service"}, {Column: "NAMESPACE", Value: "default"}, {Column: "NAME", Value: "guestbook-ui"}, {Column: "STATUS", Value: "Synced"}, {Column: "HEALTH", Value: "Healthy"}}, From: "argocd", Line: 19},
		{Place: observe.Row, Object: observe.Object{Kind: "deployment", Name: "guestbook-ui", Namespace: "default"}, Cells: []observe.Cell{{Column: "GROUP", Value: "apps"}, {Column: "KIND", Value: "Deployment"}, {Column: "NAMESPACE", Value: "default"}, {Column: "NAME", Value: "guestbook-ui"}, {Column: "STATUS", Value: "OutOfSync", Verdict: observe.Unhealthy}, {Column: "HEALTH", Value: "Degraded", Verdict: observe.Unhealthy}, {Column: "MESSAGE", Value: `Deployment.apps "guestbook-ui" is invalid`}}, Message: `Deployment.apps "guestbook-ui" is invalid`, From: "argocd", Verdict: observe.Unhealthy, Line: 20},
		{Place: observe.Row, Object: observe.Object{Kind: "namespace", Name: "default"}, Cells: []observe.Cell{{Column: "KIND", Value: "Namespace"}, {Column: "NAME", Value: "default"}, {Column: "STATUS", Value: "Running", Verdict: observe.Waiting}, {Column: "MESSAGE", Value: "Synced namespace/default created"}}, Message: "Synced namespace/default created", From: "argocd", Verdict: observe.Waiting, Line: 21},
	}},
	{"systemctl status", `● kubelet.service - kubelet: The Kubernetes Node Agent
     Loaded: loaded (/lib/systemd/system/kubelet.service; enabled; vendor preset: enabled)
    Drop-In: /etc/systemd/system/kubelet.service.d
             └─10-kubeadm.conf
     Active: activating (auto-restart) (Result: exit-code) since Mon 2026-03-02 10:00:00 UTC; 5s ago
    Process: 1234 ExecStart=/usr/bin/kubelet (code=exited, status=1/FAILURE)
   Main PID: 1234 (code=exited, status=1/FAILURE)

Mar 02 10:00:00 node-1 systemd[1]: kubelet.service: Failed with result 'exit-code'.`, []observe.Observation{
		{Place: observe.Log, Value: "error", Message: "kubelet.service: activating (auto-restart) (Result: exit-code) since Mon 2026-03-02 10:00:00 UTC; 5s ago, code=exited, status=1/FAILURE", From: "systemd", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Related: []observe.Object{{Kind: "node", Name: "node-1"}}, Value: "error", Message: "kubelet.service: Failed with result 'exit-code'.", From: "systemd", Verdict: observe.Waiting, Line: 9},
	}},
	{"systemctl status, healthy", `● kubelet.service - kubelet: The Kubernetes Node Agent
     Loaded: loaded (/lib/systemd/system/kubelet.service; enabled)
     Active: active (running) since Mon 2026-03-02 10:00:00 UTC; 5s ago
   Main PID: 1234 (kubelet)
     CGroup: /system.slice/kubelet.service
             └─1234 /usr/bin/kubelet`, []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "kubelet.service: active (running) since Mon 2026-03-02 10:00:00 UTC; 5s ago", From: "systemd", Line: 1},
	}},
	{"istioctl", `Error [IST0101] (VirtualService shop/reviews) Referenced host not found: "x"
Warning [IST0103] (Pod shop/web-1) The pod is missing the Istio proxy.
Info [IST0102] (Namespace default) The namespace is not enabled for Istio injection.`, []observe.Observation{
		{Place: observe.Error, Object: observe.Object{Kind: "virtualservice", Name: "reviews", Namespace: "shop"}, Value: "error", Reason: "IST0101", Message: `Referenced host not found: "x"`, From: "istioctl", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Error, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "warning", Reason: "IST0103", Message: "The pod is missing the Istio proxy.", From: "istioctl", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Error, Object: observe.Object{Kind: "namespace", Name: "default"}, Value: "info", Reason: "IST0102", Message: "The namespace is not enabled for Istio injection.", From: "istioctl", Line: 3},
	}},
	{"flux", `✗ Kustomization reconciliation failed
► annotating Kustomization apps in flux-system namespace
✔ Kustomization annotated`, []observe.Observation{
		{Place: observe.Error, Message: "Kustomization reconciliation failed", From: "flux", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "annotating Kustomization apps in flux-system namespace", From: "flux", Line: 2},
		{Place: observe.Log, Value: "info", Message: "Kustomization annotated", From: "flux", Line: 3},
	}},
	{"minikube", `❌  Exiting due to GUEST_START: failed to start node: controlPlane never updated
😄  minikube v1.32.0 on Ubuntu 22.04
X Exiting due to PROVIDER_DOCKER_NOT_RUNNING: exit status 1`, []observe.Observation{
		{Place: observe.Error, Reason: "GUEST_START", Message: "Exiting due to GUEST_START: failed to start node: controlPlane never updated", From: "minikube", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "minikube v1.32.0 on Ubuntu 22.04", From: "minikube", Line: 2},
		{Place: observe.Error, Reason: "PROVIDER_DOCKER_NOT_RUNNING", Message: "Exiting due to PROVIDER_DOCKER_NOT_RUNNING: exit status 1", From: "minikube", Verdict: observe.Unhealthy, Line: 3},
	}},
	{"confirmations", `deployment.apps/web created
configmap/x unchanged (server dry run)
pod "web-1" deleted
pod "web-1" deleted from shop namespace
node/node-1 already cordoned
Defaulted container "a" out of: a, b (init)`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "deployment", Name: "web"}, Value: "info", Message: "deployment.apps/web created", From: "kubectl", Line: 1},
		{Place: observe.Log, Object: observe.Object{Kind: "configmap", Name: "x"}, Value: "info", Message: "configmap/x unchanged (server dry run)", From: "kubectl", Line: 2},
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "info", Message: `pod "web-1" deleted`, From: "kubectl", Line: 3},
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Value: "info", Message: `pod "web-1" deleted from shop namespace`, From: "kubectl", Line: 4},
		{Place: observe.Log, Object: observe.Object{Kind: "node", Name: "node-1"}, Value: "info", Message: "node/node-1 already cordoned", From: "kubectl", Line: 5},
		{Place: observe.Log, Value: "info", Message: `Defaulted container "a" out of: a, b (init)`, From: "kubectl", Line: 6},
	}},
	{"rollout", `Waiting for deployment "checkout" rollout to finish: 1 out of 2 new replicas have been updated...
Waiting for deployment "checkout" rollout to finish: 1 out of 2 new replicas have been updated...
error: deployment "checkout" exceeded its progress deadline
deployment "web" successfully rolled out
Waiting for daemon set "agent" rollout to finish: 1 of 3 updated pods are available...
error: timed out waiting for the condition on pods/web-1`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "deployment", Name: "checkout"}, Value: "info", Message: `Waiting for deployment "checkout" rollout to finish: 1 out of 2 new replicas have been updated...`, From: "kubectl", Verdict: observe.Waiting, Line: 1},
		{Place: observe.Log, Object: observe.Object{Kind: "deployment", Name: "checkout"}, Value: "info", Message: `Waiting for deployment "checkout" rollout to finish: 1 out of 2 new replicas have been updated...`, From: "kubectl", Verdict: observe.Waiting, Line: 2},
		{Place: observe.Error, Object: observe.Object{Kind: "deployment", Name: "checkout"}, Message: `error: deployment "checkout" exceeded its progress deadline`, From: "kubectl", Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Log, Object: observe.Object{Kind: "deployment", Name: "web"}, Value: "info", Message: `deployment "web" successfully rolled out`, From: "kubectl", Line: 4},
		{Place: observe.Log, Object: observe.Object{Kind: "daemonset", Name: "agent"}, Value: "info", Message: `Waiting for daemon set "agent" rollout to finish: 1 of 3 updated pods are available...`, From: "kubectl", Verdict: observe.Waiting, Line: 5},
		{Place: observe.Error, Object: observe.Object{Kind: "pod", Name: "web-1"}, Message: "error: timed out waiting for the condition on pods/web-1", From: "kubectl", Verdict: observe.Unhealthy, Line: 6},
	}},
	{"drain", `evicting pod "istio-pilot-67fd55d974-662wp"
error when evicting pods/"api-7" -n "prod" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.`, []observe.Observation{
		{Place: observe.Log, Object: observe.Object{Kind: "pod", Name: "istio-pilot-67fd55d974-662wp"}, Value: "info", Message: `evicting pod "istio-pilot-67fd55d974-662wp"`, From: "kubectl", Line: 1},
		{Place: observe.Error, Object: observe.Object{Kind: "pod", Name: "api-7", Namespace: "prod"}, Message: `error when evicting pods/"api-7" -n "prod" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.`, From: "kubectl", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"warnings of kubectl", `Warning: policy/v1beta1 PodSecurityPolicy is deprecated in v1.21+, unavailable in v1.25+
Warning: would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false`, []observe.Observation{
		{Place: observe.Log, Value: "warning", Message: "Warning: policy/v1beta1 PodSecurityPolicy is deprecated in v1.21+, unavailable in v1.25+", From: "kubectl", Line: 1},
		{Place: observe.Log, Value: "warning", Message: `Warning: would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false`, From: "kubectl", Verdict: observe.Unjudged, Line: 2},
	}},
	{"auth can-i", `$ kubectl auth can-i list pods -n shop
no
$ kubectl auth can-i get pods
yes`, []observe.Observation{
		{Place: observe.Error, Object: observe.Object{Namespace: "shop"}, Message: "can-i list pods -n shop: no", From: "kubectl", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Log, Value: "info", Message: "yes", From: "kubectl", Line: 4},
	}},
	{"etcdctl", `https://127.0.0.1:2379 is unhealthy: failed to commit proposal: context deadline exceeded
https://127.0.0.2:2379 is healthy: successfully committed proposal: took = 9.87ms`, []observe.Observation{
		{Place: observe.Error, Message: "https://127.0.0.1:2379 is unhealthy: failed to commit proposal: context deadline exceeded", From: "etcdctl", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "https://127.0.0.2:2379 is healthy: successfully committed proposal: took = 9.87ms", From: "etcdctl", Line: 2},
	}},
	{"programs", `An error occurred (AccessDenied) when calling the DescribeCluster operation: no
curl: (7) Failed to connect to localhost port 8080: Connection refused
command terminated with exit code 1
denied: requested access to the resource is denied
** server can't find api.prod.svc.cluster.local: NXDOMAIN
ERROR: (gcloud.container.clusters.get-credentials) ResponseError: code=403, message=no`, []observe.Observation{
		{Place: observe.Error, Reason: "AccessDenied", Message: "An error occurred (AccessDenied) when calling the DescribeCluster operation: no", From: "aws", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Error, Message: "curl: (7) Failed to connect to localhost port 8080: Connection refused", From: "curl", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Error, Message: "command terminated with exit code 1", From: "kubectl", Verdict: observe.Unhealthy, Line: 3},
		{Place: observe.Error, Message: "denied: requested access to the resource is denied", From: "docker", Verdict: observe.Unhealthy, Line: 4},
		{Place: observe.Error, Message: "** server can't find api.prod.svc.cluster.local: NXDOMAIN", From: "nslookup", Verdict: observe.Unhealthy, Line: 5},
		{Place: observe.Error, Message: "ERROR: (gcloud.container.clusters.get-credentials) ResponseError: code=403, message=no", From: "gcloud", Verdict: observe.Unhealthy, Line: 6},
	}},
	{"exec", `$ kubectl exec -it web-1 -n shop -- curl localhost
curl: (7) Failed to connect to localhost port 80: Connection refused
command terminated with exit code 7`, []observe.Observation{
		{Place: observe.Error, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Message: "curl: (7) Failed to connect to localhost port 80: Connection refused", From: "curl", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Error, Object: observe.Object{Kind: "pod", Name: "web-1", Namespace: "shop"}, Message: "command terminated with exit code 7", From: "kubectl", Verdict: observe.Unhealthy, Line: 3},
	}},
	{"terraform", `╷
│ Error: installation failed
│
│   with module.addons.helm_release.cert_manager,
│   on addons.tf line 104, in resource "helm_release" "cert_manager":
│  104: resource "helm_release" "cert_manager" {
│
│ cannot re-use a name that is still in use
╵`, []observe.Observation{
		{Place: observe.Error, Message: "Error: installation failed\ncannot re-use a name that is still in use with module.addons.helm_release.cert_manager", From: "terraform", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"invalid names", `error: deployment "$(reboot)" exceeded its progress deadline
error when evicting pods/"a;b" -n "c d" (will retry after 5s): x`, []observe.Observation{
		{Place: observe.Error, Message: `error: deployment "$(reboot)" exceeded its progress deadline`, From: "kubectl", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Error, Message: `error when evicting pods/"a;b" -n "c d" (will retry after 5s): x`, From: "kubectl", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"a failed step of kind", ` ✓ Preparing nodes 📦
 ✗ Starting control-plane 🕹️
ERROR: failed to create cluster: x`, []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "Preparing nodes 📦", From: "kind", Line: 1},
		{Place: observe.Log, Value: "info", Message: "Starting control-plane 🕹️", From: "kind", Line: 2},
		{Place: observe.Error, Message: "ERROR: failed to create cluster: x", From: "kind", Verdict: observe.Unhealthy, Line: 3},
	}},
	{"the result of a check", "✗ Kubernetes API call failed: x\n✗ check failed", []observe.Observation{
		{Place: observe.Error, Message: "Kubernetes API call failed: x", From: "flux", Verdict: observe.Unhealthy, Line: 1},
		{Place: observe.Log, Value: "info", Message: "check failed", From: "flux", Line: 2},
	}},
	{"details of minikube", "    ▪ Booting up control plane ...\n    ▪ Unable to pull a", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "Booting up control plane ...", From: "minikube", Line: 1},
		{Place: observe.Log, Value: "warning", Message: "Unable to pull a", From: "minikube", Verdict: observe.Unjudged, Line: 2},
	}},
	{"a plugin of kubectl", `$ kubectl rook-ceph health
Warning:  At least three mons
$ kubectl cnpg status web
Ready instances:  0
System ID:        7`, []observe.Observation{
		{Place: observe.Log, Value: "warning", Message: "Warning:  At least three mons", From: "kubectl rook-ceph", Verdict: observe.Unhealthy, Line: 2},
		{Place: observe.Error, Message: "Ready instances: 0", From: "kubectl cnpg", Verdict: observe.Unhealthy, Line: 4},
		{Place: observe.Log, Value: "info", Message: "System ID:        7", From: "kubectl cnpg", Line: 5},
	}},
	{"the summary of kubectl cnpg", `Cluster Summary
Name:               shop/db
System ID:          7
Status:             Waiting for the instances to become active Please wait.
Instances:          3
Ready instances:    2`, []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "cluster", Namespace: "shop", Name: "db"}, Cells: []observe.Cell{{Column: "STATUS", Value: "Waiting for the instances to become active Please wait."}, {Column: "INSTANCES", Value: "3"}, {Column: "READY", Value: "2", Verdict: observe.Unhealthy}}, Message: "Waiting for the instances to become active Please wait.", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"checks of the API server", "[+]ping ok\n[-]etcd failed: reason withheld", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "[+]ping ok", From: "kube-apiserver", Line: 1},
		{Place: observe.Error, Message: "[-]etcd failed: reason withheld", From: "kube-apiserver", Verdict: observe.Unhealthy, Line: 2},
	}},
	{"kubectl explain", "KIND:       Pod\nVERSION:    v1\n\nDESCRIPTION:\n    Failed is a status.", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "KIND:       Pod", From: "kubectl explain", Line: 1},
	}},
	{"kubectl explain above another output", "KIND:       Pod\nVERSION:    v1\n\nDESCRIPTION:\n    A group.\n\nError from server (NotFound): pods \"web\" not found", []observe.Observation{
		{Place: observe.Log, Value: "info", Message: "KIND:       Pod", From: "kubectl explain", Line: 1},
		{Place: observe.Error, Verdict: observe.Unhealthy, Reason: "NotFound", Message: `pods "web" not found`, Line: 7},
	}},
	{"a quota", "Name:       compute\nNamespace:  shop\nResource  Used  Hard\n--------  ----  ----\ncpu       2     4\npods      10    10", []observe.Observation{
		{Place: observe.Row, Object: observe.Object{Kind: "resourcequota", Namespace: "shop", Name: "compute"}, Cells: []observe.Cell{{Column: "REQUEST", Value: "cpu: 2/4, pods: 10/10", Verdict: observe.Unhealthy}}, Verdict: observe.Unhealthy, Line: 3},
	}},
	{"an alert on one line", "[FIRING:1] VolumeFault critical - Volume pvc-1 on node worker-1 is faulted", []observe.Observation{
		{Place: observe.Event, Object: observe.Object{Kind: "volume", Name: "pvc-1"}, Value: "Warning", Reason: "VolumeFault", Message: "critical - Volume pvc-1 on node worker-1 is faulted", From: "alertmanager", Verdict: observe.Unhealthy, Line: 1},
	}},
	{"terraform before 0.15", `Error: timed out waiting for the condition

  on nginx.tf line 22, in resource "helm_release" "nginx":
  22: resource "helm_release" "nginx" {`, []observe.Observation{
		{Place: observe.Error, Message: "Error: timed out waiting for the condition with helm_release.nginx", From: "terraform", Verdict: observe.Unhealthy, Line: 1},
	}},
}

func TestTool(t *testing.T) {
	t.Parallel()
	for _, c := range toolCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, paste.Read(t.Context(), c.text).Observations.Slice()); diff != "" {
				t.Errorf("Read(%q): (-want +got)\n%s", c.text, diff)
			}
		})
	}
}

func TestToolRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Waiting for your help",
		"yes it works",
		"NAME: is that the pod's name?",
		"[solved] thanks",
		"✅ works for me now",
		"Nothing created",
		"Error: ErrImagePull",
		"error: You must be logged in to the server (Unauthorized)",
		"Name:         web-1\nNamespace:    shop\nLabels:       <none>",
		"Warning  Failed  2m  kubelet  Error: x",
		"the pod is deleted",
		"• first I did this and then I did that",
	} {
		parsetest.Refuse(t, tools.Read, text)
	}
}

func FuzzTool(f *testing.F) {
	for _, c := range toolCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsetest.Check(t, tools.Read, text)
	})
}
