package slack

import (
	"context"
	"strconv"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// An event is the outer form of what the Events API delivers
// (https://docs.slack.dev/apis/events-api).
type event struct {
	Type      string     `json:"type"`
	Challenge string     `json:"challenge"`
	TeamID    string     `json:"team_id"`
	EventID   string     `json:"event_id"`
	Event     innerEvent `json:"event"`
}

type innerEvent struct {
	Type        string `json:"type"`
	Subtype     string `json:"subtype"`
	User        string `json:"user"`
	BotID       string `json:"bot_id"`
	Text        string `json:"text"`
	TS          string `json:"ts"`
	ThreadTS    string `json:"thread_ts"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	Tab         string `json:"tab"`
	// Message is the new state of one that was edited, PreviousMessage the old.
	Message         *innerEvent `json:"message"`
	PreviousMessage *innerEvent `json:"previous_message"`
	// edited is set on a question that was edited in a direct message.
	edited bool
	// Tokens are those that were revoked.
	Tokens struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// onEvent answers what the Events API delivers. The error says
// that the event cannot be taken now.
func (a *Adapter) onEvent(e event) error {
	arrived := time.Now()
	in := e.Event
	switch {
	case in.Type == "app_mention":
		return a.dispatcher.Enqueue("event", e.EventID, func(ctx context.Context) { a.onMessage(ctx, bot.Mention, e, in, arrived) })
	case in.Type == "message" && in.ChannelType == "im":
		if in.Subtype == "message_changed" && in.Message != nil {
			if in.PreviousMessage != nil && in.PreviousMessage.Text == in.Message.Text {
				return nil // Slack has put the preview of a link below it, say
			}
			message := *in.Message
			message.Channel, message.edited = in.Channel, true
			in = message
		}
		return a.dispatcher.Enqueue("event", e.EventID, func(ctx context.Context) { a.onMessage(ctx, bot.DirectMessage, e, in, arrived) })
	case in.Type == "app_home_opened" && in.Tab != "messages":
		return a.dispatcher.Enqueue("event", e.EventID, func(ctx context.Context) { a.publishHome(ctx, e.EventID, e.TeamID, in.User) })
	case in.Type == "app_uninstalled", in.Type == "tokens_revoked" && len(in.Tokens.Bot) > 0:
		a.o.Log.Warn("the app was removed from a workspace, or its token revoked: nothing can be sent there any more",
			"event", in.Type, "team", e.TeamID)
		a.recheckToken()
	}
	return nil
}

// onMessage answers a message that names the bot, or that was sent to it. A
// message that was answered before was edited since, and its answer is edited
// too.
func (a *Adapter) onMessage(ctx context.Context, surface bot.Surface, e event, in innerEvent, arrived time.Time) {
	ownSubtype := in.Subtype != "" && in.Subtype != "file_share" && in.Subtype != "thread_broadcast"
	if in.BotID != "" || in.User == "" || ownSubtype {
		return // ours, another bot's, or no message of a person
	}
	key := strings.Join([]string{"slack:answer", e.TeamID, in.Channel, in.TS}, ":")
	earlier, answered := a.dispatcher.AnswerTo(ctx, key)
	if in.edited && !answered && a.o.Now().Sub(timeOf(in.TS)) > platform.KeepAnswers {
		return // who mends an old message does not ask again
	}
	req := a.request(ctx, surface, e.EventID, e.TeamID, in.User, in.Channel)
	req.Thread, req.Message, req.Text = in.ThreadTS, in.TS, plain(in.Text)
	m := render(a.dispatcher.Handle(ctx, req, arrived))
	if answered {
		_, _, _, err := a.api.UpdateMessageContext(ctx, in.Channel, earlier, m.options()...)
		a.reportError(req.ID, "chat.update", err)
		return
	}
	if surface == bot.Mention && m.ResponseType == "ephemeral" {
		if in.ThreadTS != "" {
			m.ThreadTS = in.ThreadTS
		}
		_, err := a.api.PostEphemeralContext(ctx, in.Channel, in.User, m.options()...)
		a.reportError(req.ID, "chat.postEphemeral", err)
		return
	}
	m.ThreadTS = in.ThreadTS
	if surface == bot.Mention && m.ThreadTS == "" {
		m.ThreadTS = in.TS
	}
	_, ts, err := a.api.PostMessageContext(ctx, in.Channel, m.options()...)
	a.reportError(req.ID, "chat.postMessage", err)
	if err == nil {
		a.dispatcher.RememberAnswer(ctx, key, ts)
	}
}

// timeOf returns when a message was sent, of which its ID tells the seconds
// (https://docs.slack.dev/messaging/retrieving-messages); the year 1970 for what
// is no ID.
func timeOf(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, _ := strconv.ParseInt(seconds, 10, 64)
	return time.Unix(n, 0)
}
