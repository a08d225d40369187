package slack

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/mrkdwn"
	"k8sbot/bot/slack/plain"
	"k8sbot/bot/slack/webapi"
)

// onEvent handles an event from the Events API in the background. It returns an error if the event
// cannot be accepted now.
func (a *Adapter) onEvent(e event) error {
	arrived, ref := time.Now(), e.ref()
	e.TeamID = a.tenantOf(e.TeamID, ref)
	enqueue := func(handle func(context.Context, *session)) error {
		return a.dispatcher.EnqueueRedelivered(e.TeamID, "event", e.EventID, a.within(ref, handle))
	}
	in := e.Event
	switch {
	case in.Type == "app_mention":
		return enqueue(func(ctx context.Context, s *session) { s.onMessage(ctx, bot.Mention, e, in, arrived) })
	case in.Type == "message" && in.ChannelType == "im":
		if in.Subtype == "message_changed" && in.Message != nil {
			if in.PreviousMessage != nil && in.PreviousMessage.Text == in.Message.Text {
				return nil // only something else changed, such as a link preview
			}
			message := *in.Message
			message.Channel, message.edited = in.Channel, true
			in = message
		}
		return enqueue(func(ctx context.Context, s *session) { s.onMessage(ctx, bot.DirectMessage, e, in, arrived) })
	case in.Type == "app_home_opened" && in.Tab != "messages":
		return enqueue(func(ctx context.Context, s *session) { s.publishHome(ctx, e.EventID, e.TeamID, in.User) })
	case a.workspaces != nil:
		return a.onRemoval(e, ref)
	case in.Type == "app_uninstalled", in.Type == "tokens_revoked" && len(in.Tokens.Bot) > 0:
		a.o.Log.Warn("app uninstalled or token revoked",
			"event", in.Type, "team", e.TeamID)
		a.recheckToken()
	}
	return nil
}

// onMessage replies to a mention or a direct message. If the message was edited after the bot
// replied to it, onMessage updates that reply.
func (a *session) onMessage(ctx context.Context, surface bot.Surface, e event, in innerEvent, arrived time.Time) {
	ownSubtype := in.Subtype != "" && in.Subtype != "file_share" && in.Subtype != "thread_broadcast"
	if in.BotID != "" || in.User == "" || ownSubtype {
		return // not a message from a user
	}
	key := strings.Join([]string{"slack:answer", e.TeamID, in.Channel, in.TS}, ":")
	reply, answered := a.dispatcher.AnswerTo(ctx, key)
	if in.edited && !answered && a.o.Now().Sub(timeOf(in.TS)) > platform.KeepAnswers {
		return // ignore edits to old messages that the bot never answered
	}
	req := a.request(ctx, surface, e.EventID, e.TeamID, in.User, in.Channel)
	req.Thread, req.Message, req.Text = in.ThreadTS, in.TS, mrkdwn.Plain(in.Text)
	if surface == bot.Mention && in.ThreadTS == "" {
		req.NewThread = in.TS
	}
	req.Files = a.files.Read(ctx, filesOf(in.Files))
	m := blockkit.Render(a.handle(ctx, req, arrived))
	if answered {
		err := a.deliver(m, plain.Text, func(o ...slack.MsgOption) error {
			_, _, _, err := a.api.UpdateMessageContext(ctx, in.Channel, reply, o...)
			return err
		})
		if !messageGone[webapi.ErrorCode(err)] {
			a.reportError(req.ID, "chat.update", err)
			return
		} // the answer was deleted, so the question is answered again
	}
	if surface == bot.Mention && m.ResponseType == "ephemeral" {
		if in.ThreadTS != "" {
			m.ThreadTS = in.ThreadTS
		}
		err := a.deliver(m, plain.Text, func(o ...slack.MsgOption) error {
			_, err := a.api.PostEphemeralContext(ctx, in.Channel, in.User, o...)
			return err
		})
		a.orDirect(ctx, req, "chat.postEphemeral", m, err)
		return
	}
	m.ThreadTS = cmp.Or(in.ThreadTS, req.NewThread)
	var ts string
	err := a.deliver(m, plain.Text, func(o ...slack.MsgOption) (err error) {
		_, ts, err = a.api.PostMessageContext(ctx, in.Channel, o...)
		return err
	})
	a.orDirect(ctx, req, "chat.postMessage", m, err)
	if err == nil {
		a.dispatcher.RememberAnswer(ctx, key, ts)
	}
}

// orDirect sends an answer to the user as a direct message if err says that Slack refuses all
// messages in the channel, for example because only admins may post there. It reports any other
// error.
func (a *session) orDirect(ctx context.Context, req bot.Request, method string, m blockkit.Message, err error) {
	if err != nil && req.Surface == bot.Mention && webapi.PostError(err).Fault == bot.ChannelUnavailable {
		a.noteError(method, err)
		a.o.Log.Warn("cannot answer in channel, sending a direct message", "request", req.ID, "method", method, "error", err)
		m.ThreadTS = ""
		method, err = "chat.postMessage", a.direct(ctx, req.User, m)
	}
	a.reportError(req.ID, method, err)
}

// timeOf returns when a message was sent, in whole seconds. ts is the message ID
// (https://docs.slack.dev/messaging/retrieving-messages). It returns a time in 1970 if ts is
// invalid.
func timeOf(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, _ := strconv.ParseInt(seconds, 10, 64)
	return time.Unix(n, 0)
}
