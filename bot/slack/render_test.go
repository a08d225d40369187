package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
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
	if total > blockkit.MaxMessageText+1000 || !strings.Contains(string(data), platform.Mark) {
		t.Errorf("message has %d characters, want at most %d, with %s", total, blockkit.MaxMessageText+1000, platform.Mark)
	}
}
