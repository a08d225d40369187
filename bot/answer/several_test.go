package answer

import (
	"slices"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

func termsNamed(tb testing.TB, g *glossary.Glossary, ids ...string) []*glossary.Term {
	tb.Helper()
	var terms []*glossary.Term
	for _, id := range ids {
		t, ok := g.Term(id)
		if !ok {
			tb.Fatalf("there is no term %q", id)
		}
		terms = append(terms, t)
	}
	return terms
}

// TestDifference checks that each comparison says the difference in a sentence.
func TestDifference(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		ids    []string
		en, ja string
	}{
		{[]string{"pod", "deployment", "node"},
			"A bare Pod isn't replaced if it's lost; a Deployment creates, replaces and updates Pods. A node is a machine; a Pod is what runs on it.",
			"単独のPodは失われても作り直されません。DeploymentはPodを作り、失われれば作り直し、更新もします。ノードはマシン、Podはノードの上で動くものです。"},
		{[]string{"pod", "deployment", "statefulset"},
			"A bare Pod isn't replaced if it's lost; a Deployment creates, replaces and updates Pods. The Pods of a Deployment are interchangeable; each Pod of a StatefulSet keeps its name, its order and its volume.",
			"単独のPodは失われても作り直されません。DeploymentはPodを作り、失われれば作り直し、更新もします。DeploymentのPodは互いに交換でき、StatefulSetのPodは名前、順序、ボリュームを保ちます。"},
		{[]string{"configmap", "secret", "pod"}, "ConfigMap / Secret: Both hold keys and values; a Secret is for confidential data, with separate permissions and, if configured, encryption. A Pod uses a ConfigMap.",
			"ConfigMap / Secret: どちらもキーと値を持ちます。Secretは機密用で、権限を分けられ、設定すれば暗号化もされます。PodはConfigMapを使います。"},
		{[]string{"crashloopbackoff", "oomkilled"}, "`OOMKilled` can cause `CrashLoopBackOff`.", "`OOMKilled`は`CrashLoopBackOff`の原因になります。"},
		{[]string{"pod", "configmap"}, "A Pod uses a ConfigMap.", "PodはConfigMapを使います。"},
		{[]string{"oomkilled", "helm"}, "`OOMKilled` belongs to “Pod and container status”; Helm belongs to “Tools”.", "`OOMKilled`は「Podとコンテナの状態」の用語、Helmは「ツール」の用語です。"},
		{[]string{"evicted", "completed", "unknown"}, "`Evicted` and `Unknown` are failures; `Completed` is normal.", "`Evicted`と`Unknown`は障害、`Completed`は正常です。"},
		{[]string{"evicted", "unknown"}, "`Evicted` and `Unknown` are failures, but they don't mean the same thing.", "`Evicted`と`Unknown`は障害ですが、意味が違います。"},
	} {
		terms := termsNamed(t, g, tt.ids...)
		for l, want := range map[glossary.Lang]string{glossary.English: tt.en, glossary.Japanese: tt.ja} {
			compared, ok := Comparison(g, l, terms...).Blocks[0].(reply.Comparison)
			if !ok || compared.Difference != want {
				t.Errorf("%v in %s: got %q, want %q", tt.ids, l, compared.Difference, want)
			}
		}
	}
}

// TestSeveral checks that the answer covers every term, with a command for each.
func TestSeveral(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, names := range [][]string{{"oomkilled", "evicted"}, {"pending", "crashloopbackoff", "oomkilled", "evicted", "error"}} {
		r := Several(g, glossary.English, termsNamed(t, g, names...)...)
		var got []string
		for _, b := range r.Blocks {
			if e, ok := b.(reply.Entry); ok && len(e.Commands) == 1 && e.Severity != "" {
				got = append(got, e.Name)
			}
		}
		if len(got) != len(names) || len(r.Matches) != len(names) {
			t.Errorf("%v: got %v and %d matches", names, got, len(r.Matches))
		}
		if err := checkControls(r); err != nil {
			t.Errorf("%v: %v", names, err)
		}
	}
}

// TestCompareWith checks that the answer offers comparisons with other terms.
func TestCompareWith(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.All() {
		r := CompareWith(g, glossary.English, term)
		if err := checkControls(r); err != nil {
			t.Errorf("%s: %v", term.ID, err)
		}
		for _, b := range slices.Concat(r.Buttons, r.Menu.Options) {
			if a, err := reply.ParseAction(b.ID); err != nil || a.Verb != reply.Compare || len(a.Args) != 2 || a.Arg(0) != term.ID || a.Arg(1) == term.ID {
				t.Errorf("%s: got button %s, want a comparison with another term", term.ID, b.ID)
			}
		}
	}
	pod, _ := g.Term("pod")
	if b := CompareWith(g, glossary.English, pod).Buttons[0]; b.ID != "1:compare:pod:deployment" {
		t.Errorf("Pod: got first button %s", b.ID)
	}
}

// TestIsClear checks which single suggestions are answers.
func TestIsClear(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	x := search.New(g)
	for text, want := range map[string]bool{
		"Crash": true, "cordonはどう効くの": true, "namespaceはどう切るの": true,
		"crashlopback": true, "crashedloop": false, "kube-rpoxyt": false, "kube-hunter": false, "Kubefirst": false, "Rookout": false, "containership": false, "helmet": false, "PyTorch": false, "Kubeflow Notebooks": false, "kubeflow": false, "tell me a joke": false,
	} {
		if got := IsClear(text, x.Search(text, 3)); got != want {
			t.Errorf("IsClear(%q) = %t, want %t", text, got, want)
		}
	}
}
