package token

import (
	"slices"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"the pod doesn't start", "the pod does not start"},
		{"it can’t be stopped", "it cannot be stopped"},
		{"Can't it start?", "cannot it start"},
		{"Deployments", "deployment"},
		{"消えない", "消せない"},
		{"ポッド", "Pod"},
		{"デプロイメント", "Deployment"},
		{"ネームスペース", "Namespace"},
		{"シークレット", "Secret"},
		{"イングレス", "Ingress"},
	} {
		a, b := Of(tt.a), Of(tt.b)
		if !slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) }) || tt.a[0] < 0x80 && !slices.Equal(a, b) {
			t.Errorf("Of(%q) = %q, but Of(%q) = %q", tt.a, a, tt.b, b)
		}
	}
	if got := Of(""); len(got) != 0 {
		t.Errorf("Of(\"\") = %q, want none", got)
	}
}

func TestSynonyms(t *testing.T) {
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		everyday, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || len(Of(everyday)) == 0 || len(Of(words)) == 0 {
			t.Errorf("line %q: want a word, a tab and the words that mean the same", line)
			continue
		}
		for _, w := range Of(words) {
			if !slices.Contains(Synonyms(Of(everyday)[0]), w) {
				t.Errorf("Synonyms(%q) lacks %q", everyday, w)
			}
		}
	}
	if got := Synonyms("xyzzy"); got != nil {
		t.Errorf("Synonyms(xyzzy) = %q, want none", got)
	}
}
