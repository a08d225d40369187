package slack

import (
	"context"
	"encoding/json"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// A command is a slash command
// (https://docs.slack.dev/interactivity/implementing-slash-commands).
type command struct {
	TeamID      string `json:"team_id"`
	ChannelID   string `json:"channel_id"`
	UserID      string `json:"user_id"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	TriggerID   string `json:"trigger_id"`
}

// onCommand answers a slash command. ack acknowledges it, with the answer where
// that is ready in time and shorter than limit bytes (0 for any length), else
// with nothing. Where the answer did not go out so, it goes to the command's
// response URL. A command with an ID is answered once. onCommand reports false,
// without acknowledging, where it cannot take the command now.
func (a *Adapter) onCommand(id string, c command, limit int, ack func(answer json.RawMessage) bool) bool {
	arrived := time.Now()
	answer := func(ctx context.Context) []byte {
		req := a.request(ctx, bot.Slash, c.TriggerID, c.TeamID, c.UserID, c.ChannelID)
		req.Text = plain(c.Text)
		return a.encodeReply(a.desk.Handle(ctx, req, arrived))
	}
	now := func(data []byte) bool {
		if data == nil || limit > 0 && len(data) >= limit {
			ack(nil)
			return false
		}
		return ack(data)
	}
	outcome := a.desk.Prompt("command", id, answer, now, func(ctx context.Context, data []byte) {
		a.respond(ctx, c.TriggerID, c.ResponseURL, data)
	})
	if outcome == platform.Seen {
		ack(nil) // or Slack sends it once more
	}
	return outcome != platform.Refused
}
