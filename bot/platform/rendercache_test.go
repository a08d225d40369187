package platform

import (
	"testing"

	"k8sbot/bot"
)

// TestRenderCache proves that a reply is rendered once, and again whenever something
// that shows is different, also if its key is not.
func TestRenderCache(t *testing.T) {
	var cache RenderCache
	renders := 0
	get := func(r bot.Reply) string {
		return string(cache.Get(r, func(r bot.Reply) []byte {
			renders++
			data := []byte(r.Kind)
			for _, b := range r.Blocks {
				data = append(data, b.(bot.Note).Text...)
			}
			for _, c := range r.Buttons {
				data = append(data, c.Label...)
			}
			return data
		}))
	}
	reply := bot.Reply{CacheKey: "pod", Kind: "term", Blocks: []bot.Block{bot.Note{Text: " pod"}}}
	for range 3 {
		if got := get(reply); got != "term pod" {
			t.Errorf("rendered as %q", got)
		}
	}
	if renders != 1 {
		t.Errorf("rendered %d times, want once", renders)
	}
	more, private := reply, reply
	more.Buttons = []bot.Button{{Label: " more"}}
	if got := get(more); got != "term pod more" {
		t.Errorf("with another choice rendered as %q", got)
	}
	more.Blocks = append(more.Blocks, bot.Note{Text: " and"})
	if got := get(more); got != "term pod and more" {
		t.Errorf("with another block rendered as %q", got)
	}
	if private.Ephemeral = true; get(private) != "term pod" || renders != 4 {
		t.Errorf("rendered %d times, want 4: a private message is another one", renders)
	}
	other := bot.Reply{Kind: "help"}
	if get(other); get(other) != "help" || renders != 6 {
		t.Errorf("rendered %d times, want 6: a reply without a key is never kept", renders)
	}
}
