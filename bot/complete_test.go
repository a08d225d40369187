package bot

import (
	"context"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary/fold"
)

func TestCompletions(t *testing.T) {
	b := realBot(t)
	first := func(text, locale string) Completion {
		t.Helper()
		list := b.Complete(context.Background(), Request{Platform: Discord, Text: text, Locales: []string{locale}}, 25)
		if len(list) == 0 || len(list) > 25 {
			t.Fatalf("%q: got %d completions", text, len(list))
		}
		return list[0]
	}
	for text, want := range map[string]string{"crashl": "CrashLoopBackOff", "ぽっど": "Pod", "svc": "Service"} {
		if c := first(text, "en-US"); c.Value != want || !strings.HasPrefix(c.Label, want) {
			t.Errorf("%q: first completion %v, want %s", text, c, want)
		}
	}
	if c := first("deployment", "ja"); !strings.Contains(c.Label, "デプロイメント") || !fold.HasJapanese(c.Label[len("Deployment"):]) {
		t.Errorf("got Japanese label %q", c.Label)
	}
	// The label is plain text, also of a term with code in its summary.
	if c := first("Exit Code 139", "en-US"); !strings.Contains(c.Label, "SIGSEGV") || strings.Contains(c.Label, "`") {
		t.Errorf("got label %q, want SIGSEGV without code marks", c.Label)
	}
	// If the text is empty, autocomplete suggests the terms that newcomers need first.
	for _, c := range b.Complete(context.Background(), Request{Platform: Discord}, 10) {
		if r := b.Handle(context.Background(), Request{Text: "term " + c.Value}); r.Kind != reply.KindTerm || !r.Matches[0].Term.IsStatus() {
			t.Errorf("completion %q: got kind %s", c.Value, r.Kind)
		}
	}
	if list := b.Complete(context.Background(), Request{Text: "zzzzzz"}, 25); list == nil || len(list) != 0 {
		t.Errorf("nonsense: got completions %v", list)
	}
}

// TestCommandArg checks that separate parameters become what a person would have typed
