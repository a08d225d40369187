package slack

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/plain"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
)

var _ bot.Poster = (*Adapter)(nil)

// RateLimits implements [bot.Poster].
func (a *Adapter) RateLimits() bot.RateLimits { return bot.RateLimits{PerTenant: postsPerSecond} }

// Post implements [bot.Poster]. It ignores the key, because Slack does not deduplicate posts. Post
// does not log errors, because the caller does, and may retry. It posts nothing after the deadline
// of ctx, even if the process was suspended in the meantime.
func (a *Adapter) Post(ctx context.Context, c bot.Channel, r reply.Reply, _ string) (ref string, err error) {
	s, err := a.session(ctx, workspace.Ref{Team: c.Tenant})
	if err != nil {
		return "", noSession(err)
	}
	var ts string
	err = s.deliver(blockkit.Render(r), plain.Sections, func(o ...slack.MsgOption) (err error) { // a daily term needs its buttons
		_, ts, err = s.postAPI.PostMessageContext(ctx, c.ID, o...)
		return err
	})
	if err != nil {
		s.noteError("chat.postMessage", err)
		return "", webapi.PostError(err)
	}
	return ts, nil
}

// SendDirect implements [bot.Poster]. Slack delivers a message whose channel is a user ID as a
// direct message (https://docs.slack.dev/reference/methods/chat.postMessage#dm).
func (a *Adapter) SendDirect(ctx context.Context, t bot.Tenant, user string, r reply.Reply) error {
	s, err := a.session(ctx, workspace.Ref{Team: t.ID})
	if err != nil {
		return noSession(err)
	}
	return s.direct(ctx, user, blockkit.Render(r))
}

// direct sends a message to a user as a direct message.
func (a *session) direct(ctx context.Context, user string, m blockkit.Message) error {
	return a.deliver(m, plain.Text, func(o ...slack.MsgOption) error {
		_, _, err := a.api.PostMessageContext(ctx, user, o...)
		return err
	})
}

// noSession converts an error from [Adapter.session] to the error for a failed post.
func noSession(err error) *bot.PostError {
	if errors.Is(err, workspace.ErrNotInstalled) {
		return &bot.PostError{Fault: bot.ChannelUnavailable, Refusal: bot.BotRemoved, Code: "not_installed", Err: err}
	}
	return &bot.PostError{Fault: bot.Retryable, Err: err}
}
