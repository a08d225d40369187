package mrkdwn

import (
	"strings"
	"testing"
)

// TestPlain checks the text that is extracted from what users type.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"<@U0LAN0Z89> pod":                         "pod",
		"<@U0LAN0Z89|k8sbot>: <@U0LAN0Z89> pod":    "pod",
		"pod":                                      "pod",
		"a &lt;b&gt; &amp;amp;":                    "a <b> &amp;",
		"<https://example.com|example.com> is up":  "example.com is up",
		"<https://example.com>":                    "https://example.com",
		"<#C1|general> <!here> <!subteam^S1|@ops>": "#general  @ops",
		"<@U0LAN0Z89>":                             "",
		"<@U0LAN0Z89> :tada:":                      ":tada:",
		"<@U0LAN0Z89>: :tada:":                     ":tada:",
		"<@U0LAN0Z89> : pod":                       "pod",
		"<@U1>, <@U2>、pod":                         "pod",
		"what about <@U9>?":                        "what about ?",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestIsLiteral checks which texts Slack shows as they are.
func TestIsLiteral(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                     true,
		"failure · STATUS of kubectl get pods": true,
		"a -> b, at 10:30, pod_name":           true,
		"*a*":                                  false,
		"a ~b~":                                false,
		"`a":                                   false,
		"_a_":                                  false,
		"用語の_a":                                false,
		"> quote":                              false,
		"a\n> quote":                           false,
		"done :tada:":                          false,
	} {
		if got := IsLiteral(text); got != want {
			t.Errorf("IsLiteral(%q) = %t, want %t", text, got, want)
		}
	}
}

// TestLink checks that nothing in a URL or a label ends a link early.
func TestLink(t *testing.T) {
	if got, want := Link("https://example.com/a_b?x=1&y=<2>|3", "a>b|c"), "<https://example.com/a_b?x=1&amp;y=&lt;2&gt;%7C3|a&gt;b|c>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("<@U1> pod &lt;x&gt;")
	f.Add("<<<>>>|<a|>")
	f.Fuzz(func(t *testing.T, text string) {
		if got := Escape(Plain(text)); strings.ContainsAny(got, "<>") {
			t.Errorf("Escape(Plain(%q)) = %q", text, got)
		}
	})
}
