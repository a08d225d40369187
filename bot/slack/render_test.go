package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
)

func TestLongTexts(t *testing.T) {
	long := strings.Repeat("とても長い文です。", 2000)
	data, err := Render(reply.Reply{Blocks: []reply.Block{
		reply.Title{Name: long}, reply.Paragraph{Heading: long, Text: long}, reply.List{Items: []string{long, long}},
		reply.Entry{Name: long, Text: long, Commands: []reply.Step{{Run: long, Note: long}}}, reply.Note{Text: long},
	}, Buttons: []reply.Button{{ID: "1:help", Label: long}}})
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, b := range m["blocks"].([]any) {
		if err := checkBlockLimits(b.(map[string]any)); err != nil {
			t.Error(err)
		}
		texts(b, func(s string) { total += platform.Runes(s) })
	}
	if total > maxMessageText+1000 || !strings.Contains(string(data), platform.Mark) {
		t.Errorf("message has %d characters, want at most %d, with %s", total, maxMessageText+1000, platform.Mark)
	}
}

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
