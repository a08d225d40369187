package slack

import (
	"encoding/json"

	"github.com/slack-go/slack"
)

// A message is what is sent, through whichever way.
type message struct {
	ResponseType    string        `json:"response_type,omitempty"` // ephemeral or in_channel
	ReplaceOriginal bool          `json:"replace_original"`
	ThreadTS        string        `json:"thread_ts,omitempty"`
	Text            string        `json:"text"`
	Mrkdwn          bool          `json:"mrkdwn"` // always false: what somebody typed does not format the text
	Blocks          []slack.Block `json:"blocks"`
	UnfurlLinks     bool          `json:"unfurl_links"`
	UnfurlMedia     bool          `json:"unfurl_media"`
}

// encode returns a message as JSON, nil where it cannot be written so.
func (a *Adapter) encode(m message) []byte {
	data, err := json.Marshal(m)
	if err != nil {
		a.o.Log.Error("an answer cannot be written as JSON", "error", err)
		return nil
	}
	return data
}

// options are the message as the library takes it.
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
