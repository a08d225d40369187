package bot

import (
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestSettingsCommand checks that the settings are shown on platforms without forms, and that a
// question that begins with the command's name is searched for.
func TestSettingsCommand(t *testing.T) {
	b := realBot(t)
	locales := map[string][]string{"settings": {"en-US"}}
	for text, want := range map[string]string{"settings": "language of your question", "設定": "質問の言語"} {
		r := b.Handle(t.Context(), Request{Platform: Slack, Caps: Capabilities{Channels: true}, Surface: Mention, User: "U1", Channel: "C1", Text: text, Locales: locales[text]})
		if r.Kind != reply.KindSetting || len(r.Blocks) != 2 || len(r.Buttons) != 3 || !strings.Contains(r.Blocks[0].(reply.Paragraph).Text, want) {
			t.Errorf("%s: got kind %s and %v, want the language and the daily term", text, r.Kind, r.Blocks)
		}
		r = b.Handle(t.Context(), Request{Platform: "terminal", Surface: Terminal, Text: text})
		if len(r.Blocks) != 1 {
			t.Errorf("%s: got %v in a terminal, want the language", text, r.Blocks)
		}
	}
	for text, want := range map[string]string{
		" settings ": SettingsCommand, "設定": SettingsCommand, "/settings": SettingsCommand,
		"settings of a kubelet": TermCommand, "": TermCommand, "pod": TermCommand, "daily off": DailyCommand,
	} {
		if got := CommandOf(text); got != want {
			t.Errorf("command of %q: got %s, want %s", text, got, want)
		}
	}
}
