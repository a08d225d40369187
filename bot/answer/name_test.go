package answer

import (
	"testing"

	"k8sbot/glossary"
)

// TestNameFor checks which name completes what is typed.
func TestNameFor(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ id, typed, want string }{
		{"node", "no", "node"}, {"node", "ノー", "ノード"}, {"pod", "ぽっ", "ポッド"}, {"namespace", "なまえ", "名前空間"}, {"crashloopbackoff", "くら", "クラッシュループバックオフ"},
	} {
		term, ok := g.Term(tt.id)
		if !ok {
			t.Fatalf("there is no term %q", tt.id)
		}
		if got := NameFor(term, tt.typed); got != tt.want {
			t.Errorf("NameFor(%s, %q) = %q, want %q", tt.id, tt.typed, got, tt.want)
		}
	}
}
