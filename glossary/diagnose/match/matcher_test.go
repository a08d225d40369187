package match

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/glossary"
)

// embedded returns the templates of the embedded terms.
func embedded(t *testing.T) []*Template[*glossary.Term] {
	t.Helper()
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	var all []*Template[*glossary.Term]
	for _, term := range g.All() {
		for _, seen := range term.Seen {
			if seen.Text == "" {
				continue
			}
			tmpl, err := New(seen.Text, term, 0)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, tmpl)
		}
	}
	return all
}

// maxShared is the maximum number of templates that may share an n-gram.
const maxShared = 40

// TestMatcherIsLinear counts steps. It checks that few of the embedded templates share an
// n-gram, and that none is verified often, even if a message of 100 kB repeats its anchor.
func TestMatcherIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	m := NewMatcher(embedded(t))
	anchors := make(map[string]bool)
	for g, places := range m.grams {
		if len(places) > maxShared {
			t.Errorf("%d templates share the n-gram %x, want at most %d", len(places), g, maxShared)
		}
		for _, p := range places {
			anchors[p.t.literal] = true
		}
	}
	if len(anchors) < 100 {
		t.Fatalf("got %d anchors, want at least 100", len(anchors))
	}
	for anchor := range anchors {
		const size = 100_000
		text := strings.Repeat(anchor+" ", size/(len(anchor)+1))
		limit := maxTries * maxShared * (len(anchor) + 1) // all n-grams of the anchor
		if _, verified := m.find(text); verified > limit {
			t.Errorf("%q: verified %d times in %d bytes, want at most %d", anchor, verified, len(text), limit)
		}
	}
}

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
		tmpl, err := New(tt.template, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		for _, m := range NewMatcher([]*Template[int]{tmpl}).Match(tt.message) {
			got = m.Captured()
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q in %q (-want +got):\n%s", tt.template, tt.message, diff)
		}
	}
}

// FuzzMatch checks that no template makes the matcher panic, and that matches lie within
// the message.
func FuzzMatch(f *testing.F) {
	f.Add(`Failed to pull image "{image}": {error}`, `Failed to pull image "nginx": not found`)
	f.Add("{name} is forbidden{rest}", "pods web-0 is forbidden: no")
	f.Add("node {node} of {pod}: {duration}", "node a of b: 5m, node c of d: x")
	f.Add("ABCDE{word}é", "xabcdeİé")
	f.Fuzz(func(t *testing.T, text, message string) {
		tmpl, err := New(text, 0, 0)
		if err != nil {
			return
		}
		found, verified := NewMatcher([]*Template[int]{tmpl}).find(message)
		if verified > maxTries {
			t.Errorf("%q in %q: verified %d times, want at most %d", text, message, verified, maxTries)
		}
		for _, m := range found {
			if m.Span.Start < 0 || m.Span.Start > m.Span.End || m.Span.End > len(message) {
				t.Fatalf("%q in %q: invalid span %v", text, message, m.Span)
			}
			for _, p := range m.pieces {
				if p.slot == "" {
					continue
				}
				if v := m.values[p.at]; v.Start < m.Span.Start || v.Start > v.End || v.End > m.Span.End {
					t.Errorf("%q in %q: {%s} has the invalid span %v in %v", text, message, p.slot, v, m.Span)
				}
			}
		}
	})
}

// TestAnchor checks that the anchor that is found without parsing is the one of the parsed template.
func TestAnchor(t *testing.T) {
	all := embedded(t)
	for _, text := range []string{"unable to {{mount}} {volume}", "{name} failed", "a literal }} brace", "no slot at all", "{error} first, {rest} and the last"} {
		tmpl, err := New(text, (*glossary.Term)(nil), 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, tmpl)
	}
	for _, tmpl := range all {
		p := tmpl.parse()
		if len(p.pieces) == 0 {
			t.Errorf("%q: cannot parse", tmpl.text)
		} else if want := p.pieces[p.anchor].literal; tmpl.literal != want {
			t.Errorf("%q: got the anchor %q, want %q", tmpl.text, tmpl.literal, want)
		}
	}
	for _, text := range []string{"{name} x {name}", "abc {name}", "unclosed and {name", "a slot that is {unknown} here"} {
		tmpl, err := New(text, 0, 0)
		if err != nil {
			continue
		}
		if found := NewMatcher([]*Template[int]{tmpl}).Match(strings.NewReplacer("{", "", "}", "").Replace(text)); len(found) > 0 {
			t.Errorf("%q: got a match, want none", text)
		}
	}
}
