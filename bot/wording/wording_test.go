package wording

import (
	"reflect"
	"testing"

	"k8sbot/glossary"
)

// TestTexts checks that no text lacks a language.
func TestTexts(t *testing.T) {
	for _, l := range glossary.Langs {
		v := reflect.ValueOf(*In(l))
		for i := range v.NumField() {
			if f := v.Field(i); f.IsZero() || f.Kind() == reflect.Slice && f.Len() != reflect.ValueOf(english).Field(i).Len() {
				t.Errorf("%s: no text %s", l, v.Type().Field(i).Name)
			}
		}
		for why := range english.Refusals {
			if In(l).Refusals[why] == "" {
				t.Errorf("%s: no text for refusal %s", l, why)
			}
		}
	}
}
