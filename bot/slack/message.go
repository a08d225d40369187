package slack

import (
	"encoding/json"

	"github.com/slack-go/slack"
)

// A message is a reply in Slack's format, for the Web API and for response URLs.
type message struct {
	ResponseType    string        `json:"response_type,omitempty"` // ephemeral or in_channel
	ReplaceOriginal bool          `json:"replace_original"`
	ThreadTS        string        `json:"thread_ts,omitempty"`
	Text            string        `json:"text"`
	Mrkdwn          bool          `json:"mrkdwn"` // always false, so that text a user typed is not formatted
	Blocks          []slack.Block `json:"blocks"`
	UnfurlLinks     bool          `json:"unfurl_links"`
	UnfurlMedia     bool          `json:"unfurl_media"`
}

// encode returns a message as JSON. It logs an error and returns nil.
func (a *Adapter) encode(m message) []byte {
	data, err := json.Marshal(m)
	if err != nil {
		a.o.Log.Error("cannot encode reply", "error", err)
		return nil
	}
	return data
}

// options returns the message as options of the library.
func (m message) options() []slack.MsgOption {
	o := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableMarkdown(), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if m.ThreadTS != "" {
		o = append(o, slack.MsgOptionTS(m.ThreadTS))
	}
	return o
}
