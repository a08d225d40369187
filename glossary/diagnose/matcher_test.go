package diagnose

import (
	"strings"
	"testing"
)

// maxShared is the maximum number of templates that may share an n-gram.
const maxShared = 40

// TestMatcherIsLinear counts steps. It checks that few of the embedded templates share an
// n-gram, and that none is verified often, even if a message of 100 kB repeats its anchor.
func TestMatcherIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	m := load(t).recognizer().matcher
	anchors := make(map[string]bool)
	for g, places := range m.grams {
		if len(places) > maxShared {
			t.Errorf("%d templates share the n-gram %x, want at most %d", len(places), g, maxShared)
		}
		for _, p := range places {
			anchors[p.t.pieces[p.t.anchor].literal] = true
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

// FuzzMatch checks that no template makes the matcher panic, and that matches lie within
// the message.
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
			t.Errorf("%q in %q: verified %d times, want at most %d", text, message, verified, maxTries)
		}
		for _, m := range found {
			if m.span.start < 0 || m.span.start > m.span.end || m.span.end > len(message) {
				t.Fatalf("%q in %q: invalid span %v", text, message, m.span)
			}
			for _, p := range m.pieces {
				if p.slot != "" && !strings.HasPrefix(message[m.slotStart(p.slot):], m.captured[p.slot]) {
					t.Errorf("%q in %q: {%s} = %q is not at its position", text, message, p.slot, m.captured[p.slot])
				}
			}
		}
	})
}
