package question

import (
	"strings"
	"testing"
)

// TestRoles checks what a question says about the name in brackets.
func TestRoles(t *testing.T) {
	for text, want := range map[string]string{
		"what does the [pause container] do": "topic", "where does [etcd] keep its data": "topic", "do we still need [kubeadm]": "topic", "why is there a [default service account]": "topic",
		"my pod with [etcd] is down": "", "[CRD]とオペレーターの違い": "topic", "[Pod]とデプロイメント、どっち": "topic", "ステートフルセットと[デプロイメント]、どっち": "",
		"the yaml has [ownerReferences] in it, what are those": "topic", "[PDB]を入れろって言われたんだけど何それ": "topic", "[Pod]が落ちた": "",
		"[runc] vs crun": "topic", "runc vs [crun]": "topic", "difference between runc and [crun]": "topic", "is [runc] the same as crun": "topic", "my runc and [crun]": "",
		"CoreDNS in the [kube-system]": "place", "an account in each [namespace]": "place", "[kube-system]にあるCoreDNS": "place", "list the [namespace]": "", "[Pod]に入る": "",
	} {
		before, rest, _ := strings.Cut(text, "[")
		_, after, _ := strings.Cut(rest, "]")
		got := ""
		switch {
		case IsPlace(before, after):
			got = "place"
		case IsTopic(before, after):
			got = "topic"
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestStrip(t *testing.T) {
	for text, want := range map[string]string{
		"what a taint is": "taint", "could you tell me what a CSR means": "CSR", "Podって要するに何": "Pod", "is gateway api still a thing?": "gateway api", "what can cluster-admin do": "cluster-admin",
		"just joined a team that uses helmfile, whats that": "helmfile", "saw ndots in the yaml, what does it do": "ndots", "先輩にLeaseって言われたんだけど何それ": "Lease",
		"初心者なんですけどPodって何ですか": "Pod", "Podが起動しないんですけど": "Podが起動しないんですけど", "is the node dead": "is the node dead", "where is the kubeconfig stored": "kubeconfig", "is": "is", "what": "what",
	} {
		if got := Strip(text); got != want {
			t.Errorf("Strip(%q) = %q, want %q", text, got, want)
		}
	}
}
