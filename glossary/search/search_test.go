package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary"
)

func loadTerms(tb testing.TB) *glossary.Glossary {
	tb.Helper()
	g, err := glossary.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// embeddedIndex returns an index of the embedded terms.
func embeddedIndex(tb testing.TB) *Index {
	tb.Helper()
	return New(loadTerms(tb))
}

// TestSearch checks queries that have an answer.
func TestSearch(t *testing.T) {
	x := embeddedIndex(t)
	for _, tt := range []struct {
		query, id string
		kind      MatchKind
	}{
		{"CrashLoopBackOff", "crashloopbackoff", Exact},
		{"ポッド", "pod", Exact},
		{"po", "pod", Alias},
		{"クラッシュループ", "crashloopbackoff", Alias},
		{"crashloopbackoff", "crashloopbackoff", Folded},
		{"crash loop back off", "crashloopbackoff", Folded},
		{"くらっしゅるーぷ", "crashloopbackoff", Folded},
		{"PODS", "pod", Folded},
		{"ｐｏｄ", "pod", Folded},
		{"ﾎﾟｯﾄﾞ", "pod", Folded},
		{"deployments.apps", "deployment", Alias},
		{"taints", "taint", Folded},
		{"Persistent Volumes", "persistent-volume", Folded},
		{"etcd?", "etcd", Folded},
		{"back-off restarting failed container", "crashloopbackoff", Folded},
		{"what is a taint", "taint", Question},
		{"what does CNI stand for?", "cni", Question},
		{"tell me about the kubelet please", "kubelet", Question},
		{"podって何?", "pod", Question},
		{"ポッドとは", "pod", Question},
		{"k8sのノードってなに？", "node", Question},
		{"ConfigMapについて教えてください", "configmap", Question},
		{"「etcd」とは何ですか？", "etcd", Question},
		{"crashl", "crashloopbackoff", Prefix},
		{"クラッシュル", "crashloopbackoff", Prefix},
		{"imagepullb", "imagepullbackoff", Prefix},
		{"CrashLopBackOff", "crashloopbackoff", Typo},
		{"deplyoment", "deployment", Typo},
		{"statefullset", "statefulset", Typo},
		{"what is a deplyoment", "deployment", Typo},
		{"poddo", "pod", Folded},
		{"コントロールプレエン", "control-plane", Folded},
		{"why is my pod stuck in ImagePullBackOff", "imagepullbackoff", Question},
		{"ポッドがPendingのまま", "pending", Question},
		{"NotReady,SchedulingDisabled", "notready", Scanned},

		// Misspellings in the document from which the glossary was written.
		{"ボッド", "pod", Alias},
		{"ボッッド", "pod", Alias},
		{"ブローブ", "probe", Alias},
		{"内臓 cAdvisor", "cadvisor", Folded},
		{"内臓するcAdvisor", "cadvisor", Alias},
		{"メトリックス", "metrics", Alias},
	} {
		found := x.Search(tt.query, 5)
		if tt.id == "" {
			if len(found) > 0 && found[0].Score >= AnswerThreshold {
				t.Errorf("Search(%q) = %s (%s), want no answer", tt.query, found[0].Term.ID, found[0].Kind)
			}
			continue
		}
		if len(found) == 0 {
			t.Errorf("Search(%q): got nothing, want %s", tt.query, tt.id)
			continue
		}
		if m := found[0]; m.Term.ID != tt.id || m.Kind != tt.kind || m.Score < AnswerThreshold || m.Score > 1 {
			t.Errorf("Search(%q) = %s (%s, %.2f), want %s (%s) as an answer", tt.query, m.Term.ID, m.Kind, m.Score, tt.id, tt.kind)
		}
	}
}

// TestSuggestions checks queries that result in suggestions, and not in a wrong answer.
func TestSuggestions(t *testing.T) {
	x := embeddedIndex(t)
	for _, tt := range []struct{ query, id string }{
		{"fgrm", "failedgetresourcemetric"},       // initials
		{"kube-contr", "kube-controller-manager"}, // a prefix of several names
		// These queries describe a term and name another one.
		{"the thing that stores cluster state", "etcd"},
		{"ノード間のロードバランシングをするやつ", "kube-proxy"},
		{"証明書を自動更新してくれるやつ", "cert-manager"},
		{"pdo", "pod"}, // too short for an answer
		{"why does my kubelet die all the time", "kubelet"},
		{"昨日からetcdの様子がどうも変な気がする", "etcd"},
	} {
		found := x.Search(tt.query, 8)
		ok := false
		for _, m := range found {
			if m.Score >= AnswerThreshold && m.Term.ID != tt.id || m.Score <= 0 {
				t.Errorf("Search(%q): %s has score %.2f, want no wrong answer", tt.query, m.Term.ID, m.Score)
			}
			ok = ok || m.Term.ID == tt.id
		}
		if !ok {
			t.Errorf("Search(%q) = %v, want %s among the suggestions", tt.query, ids(found), tt.id)
		}
	}
}

func ids(found []Match) []string {
	var out []string
	for _, m := range found {
		out = append(out, m.Term.ID)
	}
	return out
}

func TestMisses(t *testing.T) {
	x := embeddedIndex(t)
	for _, query := range []string{
		"", " ", "?", "ピザ", "asdfgh", "hello", "天気", "寿司が食べたい", "qwertyuiop", "12345", "🍣",
		strings.Repeat("x", 100_000), strings.Repeat("e\u0301", 5000), strings.Repeat("\u0301", 5000),
		"\x00\x01\x02", "\xff\xfe", "\u202e\u2066",
	} {
		if found := x.Search(query, 5); len(found) > 0 {
			t.Errorf("Search(%.20q) = %v, want nothing", query, ids(found))
		}
	}
}

// TestEveryNameIsFound checks that each term is the first answer for each of its names and
// aliases, unchanged and in upper case. For a shared alias, it need not be the first.
func TestEveryNameIsFound(t *testing.T) {
	g := loadTerms(t)
	x := New(g)
	for _, term := range g.All() {
		for _, c := range term.AllNames() {
			for _, query := range []string{c.Text, strings.ToUpper(c.Text), " " + c.Text + "？"} {
				found := x.Search(query, 10)
				ok := false
				for i, m := range found {
					ok = ok || m.Term == term && m.Score >= AnswerThreshold && (i == 0 || c.Shared)
				}
				if !ok {
					t.Errorf("%s: Search(%q) = %v, want that term", term.ID, query, ids(found))
				}
			}
		}
	}
}

// TestSharedNames checks that a name which differs from an alias only in its number of words means
// one term, and the alias means both.
func TestSharedNames(t *testing.T) {
	x := embeddedIndex(t)
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"Terminated", []string{"container-state", "terminated"}},
		{"NodeAffinity", []string{"node-affinity", "predicate-nodeaffinity"}},
		{"NodeAffinityって何", []string{"node-affinity", "predicate-nodeaffinity"}},
		{"Node Affinity", []string{"node-affinity"}},
		{"what is a node affinity?", []string{"node-affinity"}},
	} {
		found := x.Search(tt.query, 5)
		got := ids(found)
		slices.Sort(got)
		if diff := cmp.Diff(tt.want, got); diff != "" || found[0].Score < AnswerThreshold {
			t.Errorf("Search(%q) (-want +got):\n%s", tt.query, diff)
		}
	}
}

// TestWhy checks which stages are tried, and their order.
func TestWhy(t *testing.T) {
	x := embeddedIndex(t)
	const exact, named, asked = "name phonetic compound", "name phonetic compound task", " name phonetic compound"
	for _, tt := range []struct{ query, stages string }{
		{"Pod", "name"},
		{"kontena", "name phonetic"},
		{"NotReady,SchedulingDisabled", exact},
		{"how do I restart a deployment", named},
		{"what is a taint", named + " name"},
		{"?", named},
		{"imagepullb", named + " message object prefix typo"},
		{"fgrm", named + " message object prefix typo initials"},
		{"what is imagepullb", named + asked + " message object prefix typo"},
		{"why does my kubelet die all the time", named + " message object prefix typo initials evidence"},
	} {
		found, traces := x.Why(tt.query, 3)
		var tried []string
		for _, trace := range traces {
			tried = append(tried, trace.Stage)
			if len(trace.Matches) > 3 {
				t.Errorf("%q: %s: got %d matches, want at most 3", tt.query, trace.Stage, len(trace.Matches))
			}
		}
		if got := strings.Join(tried, " "); got != tt.stages {
			t.Errorf("Why(%q): tried %s, want %s", tt.query, got, tt.stages)
		}
		if want := x.Search(tt.query, 3); !slices.Equal(found, want) {
			t.Errorf("Why(%q) = %v, want %v as from Search", tt.query, ids(found), ids(want))
		}
	}
}

func FuzzSearch(f *testing.F) {
	x := embeddedIndex(f)
	for _, q := range []string{"pod", "podって何?", "what is a", "くらっしゅ", "clbo", "\xff", "は", "a an the", strings.Repeat("ingress", 9)} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		found := x.Search(query, 5)
		if len(found) > 5 {
			t.Errorf("Search(%q, 5): got %d matches", query, len(found))
		}
		for i, m := range found {
			if m.Score <= 0 || m.Score > 1 || i > 0 && m.Score > found[i-1].Score {
				t.Errorf("Search(%q): match %d has score %v, want one in (0, 1] and in descending order", query, i, m.Score)
			}
		}
	})
}
