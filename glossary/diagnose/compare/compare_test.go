package compare

import (
	"maps"
	"testing"

	"k8sbot/glossary/paste/observe"
)

func TestRule(t *testing.T) {
	t.Parallel()
	row := func(ready, age string) *observe.Observation {
		return &observe.Observation{Place: observe.Row, Cells: []observe.Cell{{Column: "READY", Value: ready}, {Column: "AGE", Value: age}}}
	}
	r, err := Parse("READY < READY.of and AGE > 10m")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		row  *observe.Observation
		want bool
	}{
		{row("1/3", "11m"), true},
		{row("3/3", "11m"), false},
		{row("1/3", "600s"), false},
		{row("1/3", "2d"), true},
		{row("unknown", "11m"), false},
		{&observe.Observation{Place: observe.Row}, false},
	} {
		if got := r.Holds(test.row); got != test.want {
			t.Errorf("Holds(%v) = %t", test.row.Cells, got)
		}
	}
	o := row("1/3", "11m")
	captured := r.Captured(o)
	if !r.Captures(o, captured) || r.Captures(row("2/3", "11m"), captured) {
		t.Errorf("Captures does not agree with Captured: %v", captured)
	}
	if again := r.Captured(row("1/3", "11m")); !maps.Equal(again, captured) {
		t.Errorf("captured %v, then %v", captured, again)
	}
	if c, others := r.Cell(o), r.Others(o, "READY"); c.Value != "1/3" || others != ", AGE 11m" {
		t.Errorf("Cell = %v, Others = %q", c, others)
	}
}
