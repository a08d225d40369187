package platform

import (
	"testing"

	"k8sbot/bot/reply"
)

// TestRenderCache checks that a reply is rendered only once, but is rendered again if anything
// visible differs, even if the key is the same.
func TestRenderCache(t *testing.T) {
	var cache RenderCache
	renders := 0
	get := func(r reply.Reply) string {
		return string(cache.Get(r, func(r reply.Reply) []byte {
			renders++
			data := []byte(r.Kind)
			for _, b := range r.Blocks {
				data = append(data, b.(reply.Note).Text...)
			}
			for _, c := range r.Buttons {
				data = append(data, c.Label...)
			}
			return data
		}))
	}
	r := reply.Reply{CacheKey: "pod", Kind: "term", Blocks: []reply.Block{reply.Note{Text: " pod"}}}
	for range 3 {
		if got := get(r); got != "term pod" {
			t.Errorf("got %q, want %q", got, "term pod")
		}
	}
	if renders != 1 {
		t.Errorf("got %d renders, want 1", renders)
	}
	more, ephemeral := r, r
	more.Buttons = []reply.Button{{Label: " more"}}
	if got := get(more); got != "term pod more" {
		t.Errorf("with another button: got %q, want %q", got, "term pod more")
	}
	more.Blocks = append(more.Blocks, reply.Note{Text: " and"})
	if got := get(more); got != "term pod and more" {
		t.Errorf("with another block: got %q, want %q", got, "term pod and more")
	}
	if ephemeral.Ephemeral = true; get(ephemeral) != "term pod" || renders != 4 {
		t.Errorf("ephemeral reply: got %d renders, want 4", renders)
	}
	other := reply.Reply{Kind: "help"}
	if get(other); get(other) != "help" || renders != 6 {
		t.Errorf("reply without a key: got %d renders, want 6", renders)
	}
}
