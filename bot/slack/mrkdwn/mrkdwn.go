// Package mrkdwn writes and reads texts in mrkdwn, Slack's markup
// (https://docs.slack.dev/messaging/formatting-message-text).
package mrkdwn

import (
	"regexp"
	"strings"
)

// Escape escapes the three characters that have a special meaning in Slack's mrkdwn, so that text
// cannot mention a user or channel, or contain a link
// (https://docs.slack.dev/messaging/formatting-message-text).
func Escape(s string) string { return escaper.Replace(s) }

// Link returns a link to an absolute URL.
func Link(url, label string) string {
	return "<" + Escape(strings.ReplaceAll(url, "|", "%7C")) + "|" + Escape(label) + ">"
}

// Code returns text as inline code. The text must not contain backticks.
func Code(text string) string { return "`" + Escape(text) + "`" }

// IsLiteral reports whether Slack shows text, once it is escaped, exactly as it is: text contains
// no marks for bold, italics, strikethrough, code or a quote, and no emoji such as :tada:. An
// underscore inside a word is not a mark.
func IsLiteral(text string) bool { return !markup.MatchString(text) }

var markup = regexp.MustCompile("[*~`|]|(?m:^)\\s*>|:[^\\s:]+:|(?:^|[^0-9A-Za-z_])_|_(?:[^0-9A-Za-z_]|$)")

var (
	escaper   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

	// Punctuation after a mention belongs to the mention. An emoji, as in "@k8sbot :tada:", does
	// not.
	leadingMentions = regexp.MustCompile(`^(\s*<@[A-Z0-9]+(\|[^>]*)?>(?:\s*[:,、]+\s|[:,、]*))+`)
	entity          = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)
)

// Plain returns the text that a user typed. It removes the mentions that the text starts
// with, replaces links and other mentions with the text that the user saw, and unescapes
// the rest.
func Plain(text string) string {
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
			return "" // a mention without a label: not a Kubernetes term
		}
		return target
	})
	return strings.TrimSpace(unescaper.Replace(text))
}
