package bot

import (
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestClearSuggestion checks which misspellings are answered, with a line that says how they were
// understood, and which only get suggestions.
func TestClearSuggestion(t *testing.T) {
	b := realBot(t)
	for text, want := range map[string]string{
		"nodd": "“nodd” → node", "servise": "“servise” → Service", "ingres": "“ingres” → Ingress",
		"ing": "", "podd": "", "secr": "", "kubectl appl": "",
	} {
		r := b.Handle(t.Context(), Request{Surface: Terminal, Text: text, Lang: "en"})
		first, _ := r.Blocks[0].(reply.Paragraph)
		if got := first.Text; got != want && (want != "" || strings.Contains(got, "→")) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
