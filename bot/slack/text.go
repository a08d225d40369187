package slack

import (
	"regexp"
	"strings"
)

// escape makes a text dead where Slack reads mrkdwn: of what it does not
// escape, nothing pings, links or names a channel
// (https://docs.slack.dev/messaging/formatting-message-text).
func escape(s string) string { return escaper.Replace(s) }

var (
	escaper   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

	leadingMentions = regexp.MustCompile(`^(\s*<@[A-Z0-9]+(\|[^>]*)?>[\s:,、]*)+`)
	entity  = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)
)

// plain returns what a person typed: without the mention of the bot that it
// begins with, with links and mentions as the text that was seen, and without
// Slack's escapes.
func plain(text string) string {
	text = leadingMentions.ReplaceAllString(text, "")
	text = entity.ReplaceAllStringFunc(text, func(s string) string {
		m := entity.FindStringSubmatch(s)
		kind, target, label := m[1], m[2], m[3]
		switch {
		case label != "" && kind == "":
			return label
		case label != "":
			return strings.TrimPrefix(kind, "!") + label
		case kind == "@" || kind == "#" || kind == "!":
			return "" // somebody, a channel, or everybody: no word of Kubernetes
		}
		return target
	})
	return strings.TrimSpace(unescaper.Replace(text))
}
