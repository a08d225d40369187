package paste_test

import (
	"testing"

	"k8sbot/glossary/paste"
	"k8sbot/glossary/paste/observe"
)

// TestTalk reads lines that people write around output. None of them is output, whatever words it
// begins with.
func TestTalk(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Hi all, since yesterday our pods keep restarting and I have no idea why.",
		"I upgraded to 1.30 and now the nodes are NotReady sometimes, any hints?",
		"After 3 days the pod is still pending, what can I do?",
		"Error handling in our app is bad, I know.",
		"We run 5 nodes: 2 workers, 3 masters, all on Ubuntu 22.04.",
		"My deployment: 3 replicas, 1 is ready, 2 are pending.",
		"Note: this only happens on the staging cluster.",
		"Context: we use Argo CD 2.9 and Helm 3.",
		"Update: it works again after I deleted the pod.",
		"TL;DR: ingress returns 502 after deploy.",
		"Setup: kubeadm 1.29, calico, containerd.",
		"Question: how do I find out which pod uses the volume?",
		"EDIT: solved, the secret was in the wrong namespace.",
		"I get \"connection refused\" when I curl the service.",
		"Here is what I tried: restart kubelet, reboot node, delete pod.",
		"Warning: I'm new to Kubernetes, please be kind.",
		"First I ran kubectl apply and then nothing happened.",
		"Expected: pod is running. Actual: pod is crashing.",
		"What happened: the node went down at 10:30 and came back at 10:45.",
		"@alice can you look at this? It's the prod cluster.",
		"Logs attached. The interesting part is at the end:",
		"So the question is: why does the HPA not scale?",
		"1. created the namespace 2. installed the chart 3. got this error",
		"昨日から本番のPodが落ちます。助けてください。",
		"手順: kubectl apply → 数分待つ → エラー",
		"環境: EKS 1.29 / Argo CD 2.10",
		"補足: stagingでは再現しません。",
		"結論から言うとSecretのnamespaceが違いました。",
		"ログは以下の通りです。",
		"エラー: 何も出ません",
		"確認したこと: nodeはReady、podはRunning",
		"The cluster has been up for 40d without any problem.",
		"any ideas?",
		"this is what describe says:",
		"What I did so far:",
		"- restarted the pod",
		"- checked the logs",
		"- deleted the namespace",
		"PS: the image is private.",
		"It fails with exit code 137, so OOM?",
		"no errors in the logs, nothing in events",
		"status: still broken",
		"state of the cluster: bad",
		"Result: same error",
		"ERROR when I deploy",
		"FAILED again, same as yesterday",
		"Failed to find anything useful in the docs.",
		"Unable to reproduce on my machine.",
		"Cannot reach the service from my laptop, but from inside the cluster it works.",
		"Waiting for your help, this is urgent.",
		"10:30 deployed, 10:35 first alerts, 10:40 rollback",
	} {
		if got := paste.Prose(text); got != text {
			t.Errorf("%q: got the prose %q, want the whole line", text, got)
		}
	}
}

// TestOutputIsNoTalk reads lines of output that resemble sentences.
func TestOutputIsNoTalk(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Warning: resource deployments/web is missing the kubectl.kubernetes.io/last-applied-configuration annotation",
		"- deployment/web: waiting for rollout to finish",
		"Error: our secret is missing\n\n  with helm_release.web,\n  on main.tf line 1, in resource \"helm_release\" \"web\":",
		"2026-03-02T10:00:00Z ERROR we lost the connection to the database",
		"I0302 10:00:00.000000       1 main.go:1] we are the leader now",
	} {
		for _, o := range paste.Read(t.Context(), text).Observations.Slice() {
			if o.Place == observe.Line {
				t.Errorf("%q: not read: %q", text, o.Message)
			}
		}
	}
}
