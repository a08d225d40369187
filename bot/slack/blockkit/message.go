// Package blockkit renders replies as messages in Block Kit, Slack's format for text and
// interactive controls, within its limits (https://docs.slack.dev/block-kit).
package blockkit

import "github.com/slack-go/slack"

// A Message is a reply in Slack's format, for the Web API and for response URLs.
type Message struct {
	ResponseType    string        `json:"response_type,omitempty"` // ephemeral or in_channel
	ReplaceOriginal bool          `json:"replace_original"`
	ThreadTS        string        `json:"thread_ts,omitempty"`
	Text            string        `json:"text"`
	Mrkdwn          bool          `json:"mrkdwn"` // false unless Text is the whole answer, so that text a user typed is not formatted
	Blocks          []slack.Block `json:"blocks"`
	UnfurlLinks     bool          `json:"unfurl_links"`
	UnfurlMedia     bool          `json:"unfurl_media"`
}

// Options returns the message as options for the library's calls.
func (m Message) Options() []slack.MsgOption {
	o := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if !m.Mrkdwn {
		o = append(o, slack.MsgOptionDisableMarkdown())
	}
	if m.ThreadTS != "" {
		o = append(o, slack.MsgOptionTS(m.ThreadTS))
	}
	return o
}
