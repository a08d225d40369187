package glossary

import "testing"

// TestTitles checks that every effect, severity and relation has a title in each language.
func TestTitles(t *testing.T) {
	type titled interface{ Title(Lang) string }
	var all []titled
	for _, e := range Effect("").Values() {
		all = append(all, Effect(e))
	}
	for _, s := range severities {
		all = append(all, s)
	}
	for _, r := range relations {
		all = append(all, r.relation, r.inverse)
	}
	for _, x := range all {
		for _, l := range Langs {
			if x.Title(l) == "" {
				t.Errorf("%v has no title in %s", x, l)
			}
		}
	}
}
