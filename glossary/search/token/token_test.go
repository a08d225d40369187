package token

import (
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary/zipped"
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

func TestExpand(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // the expressions
	}{
		{"it flips back and forth", []string{"flips", "back and forth"}},
		{"the drive FILLED UP", []string{"drive", "FILLED UP"}},
		{"it won't die", []string{"will not die"}},
		{"リクエストが弾かれる", []string{"弾か"}},
		{"Podが固まった", []string{"固ま"}},
		{"全然つながらない", []string{"つながらな"}},
		{"コケた", []string{"コケ"}},
		{"コケコッコー", nil},
		{"体重", nil},
		{"xyzzy", nil},
		{"", nil},
	} {
		var got []string
		for _, e := range Expand(tt.text) {
			got = append(got, e.Written)
			if len(e.Words) == 0 {
				t.Errorf("Expand(%q): %q has no words", tt.text, e.Written)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Expand(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := len(Expand(strings.Repeat("stuck ", 100))); got != MaxExpansions {
		t.Errorf("got %d expansions, want %d", got, MaxExpansions)
	}
}

// TestThesaurus checks the lines of thesaurus.tsv.
func TestThesaurus(t *testing.T) {
	seen := make(map[string]string)
	for line := range strings.Lines(zipped.Text(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		keys, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || len(Of(words)) == 0 {
			t.Errorf("line %q: want expressions, a tab and the words of the documentation", line)
		}
		for key := range strings.SplitSeq(keys, ", ") {
			found := Expand(key)
			if len(found) != 1 {
				t.Errorf("%q in line %q: got the expressions %q, want one", key, line, found)
			}
			var n normalized
			n.set(key)
			if seen[n.text] == line {
				t.Errorf("line %q has %q twice", line, key)
			}
			seen[n.text] = line
		}
	}
}

func BenchmarkExpand(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Expand("the pod keeps flipping back and forth between ready and not ready")
		Expand("Podが起動してはすぐ落ちるのを延々と繰り返していて困る")
	}
}
