package diagnose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary/paste/observe"
)

// TestSlots checks what slots match if their value contains the text that follows them.
func TestSlots(t *testing.T) {
	for _, tt := range []struct {
		template, message string
		want              map[string]string // nil if it does not match
	}{
		{"the pod {name}:{rest}", "the pod web:8080:abc", map[string]string{"name": "web", "rest": "8080:abc"}},
		{"cannot reach {addr}:{number} now", "cannot reach 10.0.0.1:6443 now", map[string]string{"addr": "10.0.0.1", "number": "6443"}},
		{"cannot reach {addr}:{number} now", "cannot reach [fd00::1]:6443 now", map[string]string{"addr": "[fd00::1]", "number": "6443"}},
		{"cannot read {path}: {error}", "cannot read /etc/a: b: no such file", map[string]string{"path": "/etc/a", "error": "b: no such file"}},
		{"container {container}: {error}", "container app-: failed", nil},
		{"{key}: Invalid value: {rest}", "is invalid: [spec.a[0].b: Invalid value: 5, spec.c: Required value]", map[string]string{"key": "spec.a[0].b", "rest": "5, spec.c: Required value"}},
	} {
		tmpl, err := parseTemplate(tt.template)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		for _, m := range newMatcher([]*template{tmpl}).match(tt.message) {
			got = m.captured
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q in %q (-want +got):\n%s", tt.template, tt.message, diff)
		}
	}
}

// TestConditionStatus checks that, of the recognitions for one type of condition, the one for
// the observed status is used, wherever it is in the list.
func TestConditionStatus(t *testing.T) {
	d := load(t)
	for _, list := range d.recognizer().conditions {
		for _, rec := range list {
			o := observe.Observation{Place: observe.Condition, Object: observe.Object{Kind: rec.seen.Of, Name: "web"}, Field: rec.seen.Type, Value: rec.seen.Status, Verdict: observe.Unhealthy}
			var got []string
			for _, h := range d.recognizer().recognize(o) {
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
