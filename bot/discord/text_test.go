package discord

import (
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

// FuzzEscape verifies that no markup survives escape, and that codeBlock cannot be closed.
func FuzzEscape(f *testing.F) {
	for _, s := range platformtest.Hostile {
		f.Add(s)
	}
	f.Add("1. list\n- item\n# head\n-# small\n> quote")
	f.Fuzz(func(t *testing.T, text string) {
		got := escape(text)
		if live := liveMarkup.FindString(escapedChar.ReplaceAllString(got, "x")); live != "" {
			t.Errorf("escape(%q) = %q, in which %q is live", text, got, live)
		}
		if n := strings.Count(codeBlock(text), "`"); n != 6 {
			t.Errorf("codeBlock(%q): got %d backticks, want 6", text, n)
		}
	})
}

// FuzzPlain verifies that plain removes mentions and fences.
func FuzzPlain(f *testing.F) {
	f.Add("<@!100000000000000001> what is a <:pod:123> <#1> </k8s term:1> <t:1:R>")
	f.Add("```text\nNAME READY\n```")
	f.Fuzz(func(t *testing.T, text string) {
		if got := plain(text); strings.Contains(got, "```") || entity.MatchString(got) && !entity.MatchString(strings.ReplaceAll(text, "`", "")) {
			t.Errorf("plain(%q) = %q", text, got)
		}
	})
}
