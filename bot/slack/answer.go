package slack

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// shortcutID is the callback ID of the message shortcut, and searchID the
// action ID of the search box on the Home tab.
const (
	shortcutID = "explain_message"
	searchID   = "search"
)

// request begins a request with who asks.
func (a *Adapter) request(ctx context.Context, surface bot.Surface, id, team, user, channel string) bot.Request {
	req := bot.Request{
		ID: id, Platform: bot.Slack, Tenant: team, Surface: surface, User: user, Channel: channel,
		CanManage: func(ctx context.Context) (bool, error) { return a.mayManage(ctx, user, channel) },
	}
	var locale string
	locale, req.TimeZone = a.locales.of(ctx, team, user)
	if locale != "" {
		req.Locales = []string{locale}
	}
	return req
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

// encodeReply returns the message of a reply as JSON, nil where there is none.
func (a *Adapter) encodeReply(r bot.Reply) []byte {
	return a.rendered.Of(r, func(r bot.Reply) []byte { return a.encode(render(r)) })
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

// onEvent answers what the Events API delivers. It reports false where it
// cannot take the event now.
func (a *Adapter) onEvent(e event) bool {
	arrived := time.Now()
	in := e.Event
	switch {
	case in.Type == "app_mention":
		return a.desk.Do("event", e.EventID, func(ctx context.Context) { a.onMessage(ctx, bot.Mention, e, in, arrived) })
	case in.Type == "message" && in.ChannelType == "im":
		if in.Subtype == "message_changed" && in.Message != nil {
			if in.PreviousMessage != nil && in.PreviousMessage.Text == in.Message.Text {
				return true // Slack has put the preview of a link below it, say
			}
			message := *in.Message
			message.Channel, message.changed = in.Channel, true
			in = message
		}
		return a.desk.Do("event", e.EventID, func(ctx context.Context) { a.onMessage(ctx, bot.DirectMessage, e, in, arrived) })
	case in.Type == "app_home_opened" && in.Tab != "messages":
		return a.desk.Do("event", e.EventID, func(ctx context.Context) { a.publishHome(ctx, e.EventID, e.TeamID, in.User) })
	case in.Type == "app_uninstalled", in.Type == "tokens_revoked" && len(in.Tokens.Bot) > 0:
		a.o.Log.Warn("the app was removed from a workspace, or its token revoked: nothing can be sent there any more",
			"event", in.Type, "team", e.TeamID)
		a.suspect()
	}
	return true
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
	earlier, answered := a.desk.Earlier(ctx, key)
	if in.changed && !answered && a.o.Now().Sub(timeOf(in.TS)) > platform.KeepAnswers {
		return // who mends an old message does not ask again
	}
	req := a.request(ctx, surface, e.EventID, e.TeamID, in.User, in.Channel)
	req.Thread, req.Message, req.Text = in.ThreadTS, in.TS, plain(in.Text)
	m := render(a.desk.Handle(ctx, req, arrived))
	if answered {
		_, _, _, err := a.api.UpdateMessageContext(ctx, in.Channel, earlier, m.options()...)
		a.failed(req.ID, "chat.update", err)
		return
	}
	if surface == bot.Mention && m.ResponseType == "ephemeral" {
		if in.ThreadTS != "" {
			m.ThreadTS = in.ThreadTS
		}
		_, err := a.api.PostEphemeralContext(ctx, in.Channel, in.User, m.options()...)
		a.failed(req.ID, "chat.postEphemeral", err)
		return
	}
	m.ThreadTS = in.ThreadTS
	if surface == bot.Mention && m.ThreadTS == "" {
		m.ThreadTS = in.TS
	}
	_, ts, err := a.api.PostMessageContext(ctx, in.Channel, m.options()...)
	a.failed(req.ID, "chat.postMessage", err)
	if err == nil {
		a.desk.Remember(ctx, key, ts)
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

// onInteraction answers a button, the search box or the shortcut. It reports
// false where it cannot take it now.
func (a *Adapter) onInteraction(i interaction) bool {
	arrived := time.Now()
	team, user, channel := i.Team.ID, i.User.ID, i.Channel.ID
	switch {
	case i.Type == "message_action" && i.CallbackID == shortcutID:
		return a.desk.Do("shortcut", i.key(), func(ctx context.Context) {
			req := a.request(ctx, bot.Shortcut, i.TriggerID, team, user, channel)
			req.Message, req.Thread = i.Message.TS, i.Message.ThreadTS
			req.Text = "explain " + plain(i.Message.said())
			m := render(a.desk.Handle(ctx, req, arrived))
			m.ThreadTS = i.Message.ThreadTS
			a.send(ctx, req.ID, i.ResponseURL, m)
		})
	case i.Type == "block_actions" && len(i.Actions) > 0:
		act := i.Actions[0]
		return a.desk.Do("action", i.key(), func(ctx context.Context) {
			if i.Container.Type == "view" {
				a.onHomeAction(ctx, i, arrived)
				return
			}
			req := a.request(ctx, bot.Button, i.TriggerID, team, user, channel)
			req.Action, req.OnPrivate, req.Thread = act.ActionID, i.Container.IsEphemeral, i.Container.ThreadTS
			reply := a.desk.Handle(ctx, req, arrived)
			m := render(reply)
			m.ThreadTS = i.Container.ThreadTS
			if reply.Thread {
				m.ThreadTS = cmp.Or(m.ThreadTS, i.Message.TS)
			}
			a.send(ctx, req.ID, i.ResponseURL, m)
		})
	}
	return true
}

// onHomeAction answers what was typed or pressed on the Home tab, there.
func (a *Adapter) onHomeAction(ctx context.Context, i interaction, arrived time.Time) {
	act := i.Actions[0]
	req := a.request(ctx, bot.Home, i.TriggerID, i.Team.ID, i.User.ID, "")
	if act.ActionID == searchID {
		req.Text = "term " + act.Value
	} else {
		req.Action = act.ActionID
	}
	a.publish(ctx, req, a.desk.Handle(ctx, req, arrived))
}

// publishHome shows the Home tab as somebody meets it first.
func (a *Adapter) publishHome(ctx context.Context, id, team, user string) {
	req := a.request(ctx, bot.Home, id, team, user, "")
	req.Text = "help"
	a.publish(ctx, req, a.o.Bot.Handle(ctx, req))
}

// publish shows a reply on the Home tab.
func (a *Adapter) publish(ctx context.Context, req bot.Request, reply bot.Reply) {
	_, err := a.api.PublishViewContext(ctx, slack.PublishViewContextRequest{
		UserID: req.User,
		View:   slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: a.home(ctx, req, reply)}},
	})
	a.failed(req.ID, "views.publish", err)
}

// home returns the Home tab: the search box, a reply, and the language switch.
func (a *Adapter) home(ctx context.Context, req bot.Request, reply bot.Reply) []slack.Block {
	label := map[string]string{"en": "Look a word up", "ja": "用語を調べる"}[string(reply.Lang)]
	box := inputBlock{
		Type: "input", BlockID: "search", DispatchAction: true, Optional: true, Label: plainText(label),
		Element: textInput{Type: "plain_text_input", ActionID: searchID, Placeholder: plainText("CrashLoopBackOff")},
	}
	req.Action, req.Text = "", "lang"
	settings := renderAs(a.o.Bot.Handle(ctx, req), "settings")
	blocks := append([]slack.Block{box}, render(reply).Blocks...)
	blocks = append(append(blocks, dividerBlock{Type: "divider"}), settings.Blocks...)
	return blocks[:min(len(blocks), maxHomeBlocks)]
}

// notSent logs that the answer to a request was not sent; request is "" for a
// post, which answers none.
func (a *Adapter) notSent(request string, err error, attrs ...any) {
	if request != "" {
		attrs = append(attrs, "request", request)
	}
	a.o.Log.Error("an answer was not sent", append(attrs, "error", err)...)
}

// failed logs and counts a call that failed, and has the token checked where that
// is why.
func (a *Adapter) failed(request, method string, err error) {
	if err == nil {
		return
	}
	code := errorCode(err)
	if code != "" {
		a.o.Metrics.APIError(bot.Slack, method, code)
	}
	a.notSent(request, err, "method", method)
	if fatal[code] {
		a.suspect()
	}
}

// withoutURL is an error without the address that it concerns, which may be as
// good as a token.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// checkResponseURL tells why an answer may not be sent to an address: a forged
// one would make the bot send it anywhere.
func (a *Adapter) checkResponseURL(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("no address")
	}
	if u.Scheme == "https" && u.Host == "hooks.slack.com" {
		return nil
	}
	if a.o.APIURL != DefaultAPIURL {
		if api, err := url.Parse(a.o.APIURL); err == nil && u.Host == api.Host && (u.Scheme == "https" || u.Scheme == "http") {
			return nil
		}
	}
	return fmt.Errorf("the host %.60q is not slack's", u.Host)
}

// send sends a message to a response URL.
func (a *Adapter) send(ctx context.Context, request, address string, m message) {
	if data := a.encode(m); data != nil {
		a.respond(ctx, request, address, data)
	}
}

// respond sends the encoded answer to a request to a response URL. A delivery that
// Slack put off or failed at is made again, as often as a call of the Web API.
func (a *Adapter) respond(ctx context.Context, request, address string, data []byte) {
	if err := a.checkResponseURL(address); err != nil {
		a.notSent(request, err)
		return
	}
	for try := 0; ; try++ {
		wait, err := a.post(ctx, address, data)
		if err == nil {
			return
		}
		if try == maxRetries || wait < 0 {
			a.notSent(request, err)
			return
		}
		select {
		case <-time.After(max(wait, time.Duration(try+1)*200*time.Millisecond)):
		case <-ctx.Done():
			a.notSent(request, err)
			return
		}
	}
}

// post makes one delivery. wait is how long to wait before the next, negative
// where another would fail too. The error does not hold the address, which is
// as good as a token.
func (a *Adapter) post(ctx context.Context, address string, data []byte) (wait time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return -1, fmt.Errorf("response url: no address")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := a.client.Do(req)
	if err != nil {
		if !unreached(err) {
			wait = -1 // it may have arrived, and would be shown twice
		}
		return wait, fmt.Errorf("response url: %w", withoutURL(err))
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	if resp.StatusCode < 300 {
		return 0, nil
	}
	err = fmt.Errorf("response url: slack answered %s", resp.Status)
	if resp.StatusCode == http.StatusTooManyRequests {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return time.Duration(seconds) * time.Second, err
	}
	if resp.StatusCode < 500 {
		return -1, err
	}
	return 0, err
}
