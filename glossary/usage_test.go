package glossary

import (
	"slices"
	"testing"

	"k8sbot/glossary/fold"
)

func TestUsageWords(t *testing.T) {
	for _, tt := range []struct{ text, ja string }{
		{"container (Waiting)", "コンテナ(Waiting)"},
		{"kubelet, container runtime, the program in the container", "kubelet、コンテナランタイム、コンテナ内のプログラム"},
		{"kubectl get pods STATUS", "kubectl get pods STATUS"},
		{"Deployment, StatefulSet", "Deployment、StatefulSet"},
		{"", ""},
	} {
		if got := (Usage{Of: tt.text}).Object(Japanese); got != tt.ja {
			t.Errorf("Object of %q = %q, want %q", tt.text, got, tt.ja)
		}
		if got := (Usage{SetBy: tt.text}).Setter(English); got != tt.text {
			t.Errorf("Setter of %q = %q", tt.text, got)
		}
		if got := UnknownUsageWords(tt.text); got != nil {
			t.Errorf("UnknownUsageWords(%q) = %q", tt.text, got)
		}
	}
	if got, want := UnknownUsageWords("kubelet, the other one (Ready)"), []string{"the other one"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for en, ja := range usagePhrases {
		if !fold.HasJapanese(ja) && ja != "Condition" {
			t.Errorf("the Japanese of %q is %q", en, ja)
		}
	}
}
