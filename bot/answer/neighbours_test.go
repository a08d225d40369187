package answer

import (
	"slices"
	"testing"

	"k8sbot/glossary"
)

// TestNeighbours checks that answers in both languages lead to the same terms, and that the terms
// named in the causes come first.
func TestNeighbours(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.All() {
		english, japanese := newWriter(g, glossary.English).neighbours(term), newWriter(g, glossary.Japanese).neighbours(term)
		if !slices.Equal(english, japanese) {
			t.Errorf("%s: got %v in English and %v in Japanese", term.ID, IDs(english), IDs(japanese))
		}
	}
	crashes, _ := g.Term("crashloopbackoff")
	if got := IDs(newWriter(g, glossary.English).neighbours(crashes)); !slices.Equal(got[:3], []string{"oomkilled", "liveness-probe", "startup-probe"}) {
		t.Errorf("CrashLoopBackOff: got %v, want the status and the probes that its causes name first", got)
	}
}
