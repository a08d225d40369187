package markdown

import (
	"regexp"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

var (
	escapedChar = regexp.MustCompile(`\\[^0-9A-Za-z\s]`)
	liveMarkup  = regexp.MustCompile("[*_~|`<\\[\\]@:\\\\]|(?m:^\\s*[>#-])|https?://")
)

// FuzzEscape verifies that no markup survives Escape, and that CodeBlock cannot be closed.
func FuzzEscape(f *testing.F) {
	for _, s := range platformtest.Hostile {
		f.Add(s)
	}
	f.Add("1. list\n- item\n# head\n-# small\n> quote")
	f.Fuzz(func(t *testing.T, text string) {
		got := Escape(text)
		if live := liveMarkup.FindString(escapedChar.ReplaceAllString(got, "x")); live != "" {
			t.Errorf("Escape(%q) = %q, in which %q is live", text, got, live)
		}
		if n := strings.Count(CodeBlock(text), "`"); n != 6 {
			t.Errorf("CodeBlock(%q): got %d backticks, want 6", text, n)
		}
	})
}

// FuzzPlain verifies that Plain removes mentions and fences.
func FuzzPlain(f *testing.F) {
	f.Add("<@!100000000000000001> what is a <:pod:123> <#1> </k8s term:1> <t:1:R>")
	f.Add("```text\nNAME READY\n```")
	f.Fuzz(func(t *testing.T, text string) {
		if got := Plain(text); strings.Contains(got, "```") || entity.MatchString(got) && !entity.MatchString(strings.ReplaceAll(text, "`", "")) {
			t.Errorf("Plain(%q) = %q", text, got)
		}
	})
}
