package wording

import (
	"reflect"
	"testing"

	"k8sbot/glossary"
)

// TestTexts checks that no text lacks a language.
func TestTexts(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range glossary.Langs {
		v := reflect.ValueOf(*In(l))
		for i := range v.NumField() {
			if f := v.Field(i); f.IsZero() || f.Kind() == reflect.Slice && f.Len() != reflect.ValueOf(english).Field(i).Len() {
				t.Errorf("%s: no text %s", l, v.Type().Field(i).Name)
			}
		}
		for _, e := range glossary.Reads.Values() {
			if In(l).Effect[glossary.Effect(e)] == "" {
				t.Errorf("%s: no label for the effect %q", l, e)
			}
		}
		for _, s := range []glossary.Severity{glossary.Failure, glossary.Warning, glossary.Transient, glossary.Normal} {
			if In(l).Severity[s] == "" {
				t.Errorf("%s: no label for severity %s", l, s)
			}
		}
		for why := range english.Refusals {
			if In(l).Refusals[why] == "" {
				t.Errorf("%s: no text for refusal %s", l, why)
			}
		}
		for _, term := range g.All() {
			for _, r := range g.Related(term) {
				if In(l).Relation[r.Relation] == "" {
					t.Errorf("%s: no label for relation %q", l, r.Relation)
				}
			}
		}
	}
}
