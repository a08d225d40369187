package slack

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// kana matches Japanese text.
var kana = regexp.MustCompile(`[\p{Hiragana}\p{Katakana}]`)

// maxContexts is the maximum number of context blocks in a reply, by kind. The explanation of a paste
// has one below the headline, and up to three notes at its end.
var maxContexts = map[reply.Kind]int{reply.KindTerm: 1, reply.KindCompare: 1, reply.KindList: 1, reply.KindSuggestions: 1, reply.KindHelp: 1, reply.KindExplain: 4}

// TestWalk renders the replies about terms in both languages, and all other replies. It checks that
// there are at most four controls and one context, that one control at most is primary, and that
// English replies contain no Japanese. [TestKit] checks the limits of the same replies.
func TestWalk(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	for name, r := range platformtest.Replies(t, Platform, Capabilities) {
		body, err := Render(r)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var m struct {
			Blocks []struct {
				Type     string
				Elements []struct{ Style string }
			}
		}
		if err := json.Unmarshal(body, &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		contexts, controls, primary := 0, 0, 0
		for _, b := range m.Blocks {
			switch b.Type {
			case "context":
				contexts++
			case "actions":
				controls += len(b.Elements)
				for _, e := range b.Elements {
					if e.Style == "primary" {
						primary++
					}
				}
			}
		}
		if limit, ok := maxContexts[r.Kind]; controls > reply.MaxControls || primary > 1 || ok && contexts > limit {
			t.Errorf("%s: got %d controls, %d of them primary, and %d contexts", name, controls, primary, contexts)
		}
		if !strings.HasPrefix(name, "hostile/") && !strings.HasPrefix(name, "team/one language") && r.Lang == glossary.English && kana.Match(body) {
			t.Errorf("%s: Japanese in an English reply: %s", name, body)
		}
	}
}
