package glossary

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestComparison checks a pair in both orders, and a pair without a comparison.
func TestComparison(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	liveness, _ := g.Term("liveness-probe")
	readiness, _ := g.Term("readiness-probe")
	const restart, leave = "コンテナを再起動する", "Serviceの宛先から外す。再起動はしない"
	for _, tt := range []struct {
		a, b *Term
		want [2]string
	}{
		{liveness, readiness, [2]string{restart, leave}},
		{readiness, liveness, [2]string{leave, restart}},
	} {
		c, ok := g.Comparison(tt.a, tt.b)
		if !ok || c.Terms[0] != tt.a.ID || c.Terms[1] != tt.b.ID {
			t.Fatalf("Comparison(%s, %s) = %v, %v", tt.a.ID, tt.b.ID, c.Terms, ok)
		}
		row := c.Aspects()[0]
		if row.Field != "when_it_fails" || row.Texts[0].JA != tt.want[0] || row.Texts[1].JA != tt.want[1] {
			t.Errorf("Comparison(%s, %s): got first aspect %v, want %q", tt.a.ID, tt.b.ID, row, tt.want)
		}
	}
	c, _ := g.Comparison(readiness, liveness)
	if diff := cmp.Diff([]string{"kubectl get pods", "kubectl describe pod POD"}, c.Commands()); diff != "" {
		t.Errorf("Commands (-want +got):\n%s", diff)
	}
	for _, b := range []*Term{nil, liveness, {ID: "readiness-probe"}} {
		if c, ok := g.Comparison(liveness, b); ok {
			t.Errorf("Comparison(liveness-probe, %v) = %v, want none", b, c)
		}
	}
}
