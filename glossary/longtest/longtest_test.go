package longtest

import (
	"testing"

	"k8sbot/glossary"
)

// TestSample checks that a sample is a fifth of the terms at most, in their order, and contains what
// a test of all terms would find: each property, and the largest part of each kind.
func TestSample(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := g.All()
	some := sample(all)
	if len(some) < len(all)/step || len(some) > len(all)/5 {
		t.Errorf("got %d of %d terms, want between a %dth and a fifth", len(some), len(all), step)
	}
	t.Logf("%d of %d terms", len(some), len(all))
	wantProperties, wantSizes := collect(all)
	properties, sizes := collect(some)
	for p := range wantProperties {
		if !properties[p] {
			t.Errorf("no term in the sample has the property %q", p)
		}
	}
	for part, size := range wantSizes {
		if sizes[part] != size {
			t.Errorf("%s: got at most %d in the sample, want %d", part, sizes[part], size)
		}
	}
	for _, p := range []string{"category pod-status", "severity failure", "tier 3", "task", "cluster-scoped"} {
		if !properties[p] {
			t.Errorf("no term has the property %q", p)
		}
	}
	for i := 1; i < len(some); i++ {
		if some[i-1].ID >= some[i].ID {
			t.Errorf("%s comes before %s", some[i-1].ID, some[i].ID)
		}
	}
}

// collect returns all properties and the largest sizes of terms.
func collect(terms []*glossary.Term) (properties map[string]bool, sizes map[string]int) {
	properties, sizes = make(map[string]bool), make(map[string]int)
	for _, t := range terms {
		for _, p := range propertiesOf(t) {
			properties[p] = true
		}
		for part, size := range sizesOf(t) {
			sizes[part] = max(sizes[part], size)
		}
	}
	return properties, sizes
}

// A quiet test logs nothing, so that .ci/run does not report a long test as skipped.
type quiet struct{ testing.TB }

func (quiet) Logf(string, ...any) {}

// TestEnabled checks that the variable enables all terms.
func TestEnabled(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(Variable, "")
	if Enabled() || len(Sample(quiet{t}, g.All())) >= g.Len() {
		t.Error("long tests are enabled without the variable")
	}
	t.Setenv(Variable, "1")
	if got := len(Sample(quiet{t}, g.All())); !testing.Short() && (!Enabled() || got != g.Len()) {
		t.Errorf("with the variable: got %d terms, want all %d", got, g.Len())
	}
}
