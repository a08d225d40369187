package slack

import (
	"context"
	"slices"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/mrkdwn"
	"k8sbot/bot/slack/plain"
	"k8sbot/bot/slack/workspace"
)

// A command is a slash command
// (https://docs.slack.dev/interactivity/implementing-slash-commands).
type command struct {
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	OrgWide      flag   `json:"is_enterprise_install"`
	ChannelID    string `json:"channel_id"`
	UserID       string `json:"user_id"`
	Text         string `json:"text"`
	ResponseURL  string `json:"response_url"`
	TriggerID    string `json:"trigger_id"`
}

// ref returns the workspace of a slash command.
func (c command) ref() workspace.Ref {
	return workspace.Ref{Team: c.TeamID, Enterprise: c.EnterpriseID, OrgWide: bool(c.OrgWide)}
}

// submitCommand submits a slash command to the dispatcher. If id is not empty, a command with
// that ID is accepted only once.
func (a *Adapter) submitCommand(id string, c command) (*platform.Job, error) {
	arrived, ref := time.Now(), c.ref()
	c.TeamID = a.tenantOf(c.TeamID, ref)
	return a.dispatcher.Submit(c.TeamID, "command", id, func(ctx context.Context) []byte {
		s, err := a.enter(ctx, ref)
		if err != nil {
			return a.encode(blockkit.Render(a.refusal(err)))
		}
		text := mrkdwn.Plain(c.Text)
		if bot.CommandOf(text) == bot.SettingsCommand && s.openSettings(ctx, c.TriggerID, c.TeamID, c.UserID, c.ChannelID) == nil {
			return nil
		}
		req := s.request(ctx, bot.Slash, c.TriggerID, c.TeamID, c.UserID, c.ChannelID)
		req.Text = text
		if s.openForm(ctx, req) {
			return nil
		}
		r := s.handle(ctx, req, arrived)
		if text == "" {
			m := blockkit.Render(r)
			m.Blocks = slices.Insert(m.Blocks, min(1, len(m.Blocks)), lookupRow(r.Lang))
			return a.forms.Acknowledged(s.installed, a.encode(m))
		}
		return a.forms.Acknowledged(s.installed, a.encodeReply(r))
	})
}

// respondTo returns a function that sends an answer to a command's response URL.
func (a *Adapter) respondTo(c command) func(context.Context, []byte) {
	tenant := ""
	if a.workspaces != nil {
		tenant = c.ref().Tenant()
	}
	return func(ctx context.Context, answer []byte) {
		a.respond(ctx, tenant, c.TriggerID, c.ResponseURL, plain.Decode(answer))
	}
}
