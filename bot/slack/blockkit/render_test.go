package blockkit

import (
	"testing"

	"k8sbot/bot/reply"
)

// TestFallback checks the fallback text if there is nothing below a heading, or the heading
// ends in a colon.
func TestFallback(t *testing.T) {
	for want, b := range map[string]reply.Block{
		"a / b":             reply.Comparison{Names: []string{"a", "b"}},
		"a / b: c":          reply.Comparison{Names: []string{"a", "b"}, Difference: "c"},
		"For example: a, b": reply.List{Heading: "For example:", Items: []string{"a", "b"}},
		"a, b":              reply.List{Items: []string{"a", "b"}},
	} {
		if got := fallback(reply.Reply{Blocks: []reply.Block{b}}); got != want {
			t.Errorf("fallback of %v: got %q, want %q", b, got, want)
		}
	}
}
