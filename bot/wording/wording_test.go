package wording

import (
	"reflect"
	"testing"
	"time"

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

// TestDates checks how dates are written.
func TestDates(t *testing.T) {
	at := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for l, want := range map[glossary.Lang][2]string{
		glossary.English:  {"Monday, 30 November, at 09:00", "30 November"},
		glossary.Japanese: {"11月30日(月) 09:00", "11月30日"},
	} {
		if moment, day := Moment(at, l), Day("2026-11-30", l); moment != want[0] || day != want[1] {
			t.Errorf("%s: got %q, %q, want %q", l, moment, day, want)
		}
	}
	if got := Day("soon", glossary.English); got != "soon" {
		t.Errorf("got %q, want soon", got)
	}
}
