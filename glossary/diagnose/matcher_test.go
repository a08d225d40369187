package diagnose

import (
	"strings"
	"testing"
)

// maxShared is the number of templates that may be looked at for one place in a message.
const maxShared = 40

// TestMatcherIsLinear counts steps: of the embedded templates, few share a run of bytes,
// and none is verified often, even if a message of 100 kB repeats its anchor.
func TestMatcherIsLinear(t *testing.T) {
	m := load(t).recognizer().matcher
	anchors := make(map[string]bool)
	for g, places := range m.grams {
		if len(places) > maxShared {
			t.Errorf("%d templates share the run %x: at most %d may", len(places), g, maxShared)
		}
		for _, p := range places {
			anchors[p.t.pieces[p.t.anchor].literal] = true
		}
	}
	if len(anchors) < 100 {
		t.Fatalf("got %d anchors", len(anchors))
	}
	for anchor := range anchors {
		const size = 100_000
		text := strings.Repeat(anchor+" ", size/(len(anchor)+1))
		limit := maxTries * maxShared * (len(anchor) + 1) // all runs of the anchor
		if _, verified := m.find(text); verified > limit {
			t.Errorf("%q: verified %d times in %d bytes, want at most %d", anchor, verified, len(text), limit)
		}
	}
}

// FuzzMatch checks that a template never makes the matcher panic, and that what it returns
// stands in the message.
func FuzzMatch(f *testing.F) {
	f.Add(`Failed to pull image "{image}": {error}`, `Failed to pull image "nginx": not found`)
	f.Add("{name} is forbidden{rest}", "pods web-0 is forbidden: no")
	f.Add("node {node} of {pod}: {duration}", "node a of b: 5m, node c of d: x")
	f.Add("ABCDE{word}é", "xabcdeİé")
	f.Fuzz(func(t *testing.T, text, message string) {
		tmpl, err := parseTemplate(text)
		if err != nil {
			return
		}
		found, verified := newMatcher([]*template{tmpl}).find(message)
		if verified > maxTries {
			t.Errorf("%q was verified %d times in %q", text, verified, message)
		}
		for _, m := range found {
			if m.span.start < 0 || m.span.start > m.span.end || m.span.end > len(message) {
				t.Fatalf("%q in %q: the span is %v", text, message, m.span)
			}
			for _, p := range m.pieces {
				if p.slot != "" && !strings.HasPrefix(message[m.slotStart(p.slot):], m.captured[p.slot]) {
					t.Errorf("%q in %q: {%s} holds %q", text, message, p.slot, m.captured[p.slot])
				}
			}
		}
	})
}
