package diagnose

import (
	"strings"
	"testing"

	"k8sbot/glossary/paste/observe"
)

// TestConditionStatus checks that, of the recognitions for one type of condition, the one for
// the observed status is used, wherever it is in the list.
func TestConditionStatus(t *testing.T) {
	d := load(t)
	for _, list := range d.recognizer().conditions {
		for _, rec := range list {
			o := observe.Observation{Place: observe.Condition, Object: observe.Object{Kind: rec.seen.Of, Name: "web"}, Field: rec.seen.Type, Value: rec.seen.Status, Verdict: observe.Unhealthy}
			var got []string
			for _, h := range d.recognizer().recognize(nil, &o) {
				got = append(got, h.term.ID)
				if h.term == rec.term {
					got = nil
					break
				}
			}
			if got != nil {
				t.Errorf("%s of %s is %s: got %s, want %s", rec.seen.Type, rec.seen.Of, rec.seen.Status, strings.Join(got, ", "), rec.term.ID)
			}
		}
	}
}
