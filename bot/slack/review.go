package slack

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/digest"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/formview"
	"k8sbot/bot/slack/mrkdwn"
	"k8sbot/bot/slack/plain"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
	"k8sbot/bot/study"
)

// Callback IDs of modals for reviews.
const (
	reviewModal = "review"      // a review session, or the overview of reviews
	reviewForm  = "review_form" // its private metadata is the ID of the button to press afterwards
)

// openForm opens the form that is shown before the answer to a request, or instead of it. It
// returns false if there is no such form or it could not be opened.
func (a *session) openForm(ctx context.Context, req bot.Request) bool {
	if f, ok := a.o.Bot.Form(ctx, req); ok {
		return a.openTeamForm(ctx, req, f)
	}
	f, ok := a.o.Bot.ReviewForm(ctx, req)
	if !ok {
		return false
	}
	return a.openView(ctx, req.ID, formview.Choices(f, reviewForm, labels.close.In(f.Lang))) == nil
}

// saveReviewForm stores what a user chose in the form, and then presses the button that the form
// was opened for. It returns the view that the modal shows next. It cannot update the message with
// the button, because it does not know the message's response URL.
func (a *session) saveReviewForm(ctx context.Context, i interaction, arrived time.Time) slack.ModalViewRequest {
	req := a.request(ctx, bot.Slash, i.TriggerID, i.Team.ID, i.User.ID, "")
	req.Command, req.Text = bot.ReviewCommand, study.SettingsArg(i.View.chosen)
	saved := a.handle(ctx, req, arrived)
	if i.View.PrivateMetadata == "" {
		return reviewView(saved)
	}
	press := a.request(ctx, bot.ButtonClick, i.TriggerID, i.Team.ID, i.User.ID, "")
	press.Action = i.View.PrivateMetadata
	r := a.handle(ctx, press, arrived)
	r.Blocks, r.CacheKey = slices.Concat(r.Blocks, saved.Blocks), ""
	return reviewView(r)
}

// chosen returns the values that were chosen in a select menu.
func (v view) chosen(id string) []string {
	var values []string
	for _, o := range append(slices.Clone(v.value(id).SelectedOptions), v.value(id).Option) {
		if o.Value != "" {
			values = append(values, o.Value)
		}
	}
	return values
}

// isSession reports whether the reply to a button is shown in a modal.
func isSession(button string) bool {
	a, err := reply.ParseAction(button)
	return err == nil && (a.Verb == reply.ReviewNext || a.Verb == reply.ReviewPlace)
}

// openSession opens a modal with the reply to a button that begins a session. It returns false
// if the button does not begin a session or the modal could not be opened. The reply must then
// be sent as a message.
func (a *session) openSession(ctx context.Context, req bot.Request, r reply.Reply) bool {
	if !isSession(req.Action) || r.Kind != reply.KindReview {
		return false
	}
	return a.openView(ctx, req.ID, reviewView(r)) == nil
}

// reviewView returns the modal that shows a reply about reviews.
func reviewView(r reply.Reply) slack.ModalViewRequest {
	return modal(r.Lang, reviewModal, blockkit.Render(r).Blocks...)
}

// onReviewAction handles a button in a review modal, and shows the reply in the modal, unless
// the user has pressed another button in the meantime.
func (a *session) onReviewAction(ctx context.Context, i interaction, arrived time.Time) {
	req := a.request(ctx, bot.ButtonClick, i.TriggerID, i.Team.ID, i.User.ID, "")
	req.Action = i.Actions[0].button()
	var v slack.ModalViewRequest
	if f, ok := a.o.Bot.ReviewForm(ctx, req); ok {
		v = formview.Choices(f, reviewForm, labels.close.In(f.Lang))
	} else {
		v = reviewView(a.handle(ctx, req, arrived))
	}
	_ = a.showView(req.ID, "views.update", v, func(v slack.ModalViewRequest) error { // showView reports the error
		_, err := a.api.UpdateViewContext(ctx, v, "", i.View.Hash, i.View.ID)
		if webapi.ErrorCode(err) == "hash_conflict" {
			return nil // two clicks at once: the modal shows the reply to one of them
		}
		return err
	})
}

// rememberTerms adds the terms in a message to the user's reviews. If the bot finds no terms in the
// message, the user gets a reply that says so.
func (a *session) rememberTerms(ctx context.Context, i interaction, arrived time.Time) {
	req := a.request(ctx, bot.Shortcut, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
	req.Message, req.Thread = i.Message.TS, i.Message.ThreadTS
	req.Command, req.Text = bot.ExplainCommand, mrkdwn.Plain(i.Message.fullText())
	r := a.handle(ctx, req, arrived)
	if action := a.o.Bot.RememberAction(ctx, req, r); action != "" {
		press := a.request(ctx, bot.ButtonClick, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
		press.Action, press.Thread = action, i.Message.ThreadTS
		if a.openForm(ctx, press) {
			return
		}
		r = a.handle(ctx, press, arrived)
	}
	m := blockkit.Render(r)
	m.ThreadTS = i.Message.ThreadTS
	a.send(ctx, req.ID, i.ResponseURL, m)
}

var _ digest.Messenger = (*Adapter)(nil)

// SendMessage implements [digest.Messenger]. It ignores the key, as [Adapter.Post] does.
func (a *Adapter) SendMessage(ctx context.Context, t bot.Tenant, user string, r reply.Reply, _ string) (ref string, err error) {
	s, err := a.session(ctx, workspace.Ref{Team: t.ID})
	if err != nil {
		return "", noSession(err)
	}
	var channel, ts string
	err = s.deliver(blockkit.Render(r), plain.Sections, func(o ...slack.MsgOption) (err error) {
		channel, ts, err = s.postAPI.PostMessageContext(ctx, user, o...)
		return err
	})
	if err != nil {
		s.noteError("chat.postMessage", err)
		return "", webapi.PostError(err)
	}
	return channel + "/" + ts, nil
}

// EditMessage implements [digest.Messenger].
func (a *Adapter) EditMessage(ctx context.Context, t bot.Tenant, ref string, r reply.Reply) error {
	s, err := a.session(ctx, workspace.Ref{Team: t.ID})
	if err != nil {
		return noSession(err)
	}
	channel, ts, _ := strings.Cut(ref, "/")
	err = s.deliver(blockkit.Render(r), plain.Sections, func(o ...slack.MsgOption) error {
		_, _, _, err := s.api.UpdateMessageContext(ctx, channel, ts, o...)
		return err
	})
	return s.messageError("chat.update", err)
}

// DeleteMessage implements [digest.Messenger].
func (a *Adapter) DeleteMessage(ctx context.Context, t bot.Tenant, ref string) error {
	s, err := a.session(ctx, workspace.Ref{Team: t.ID})
	if err != nil {
		return noSession(err)
	}
	channel, ts, _ := strings.Cut(ref, "/")
	_, _, err = s.api.DeleteMessageContext(ctx, channel, ts)
	return s.messageError("chat.delete", err)
}

// messageGone contains the error codes for a message that was deleted, or that can no longer be
// changed (https://docs.slack.dev/reference/methods/chat.update#errors).
var messageGone = map[string]bool{"message_not_found": true, "cant_update_message": true, "cant_delete_message": true, "edit_window_closed": true}

// messageError converts an error from editing or deleting a message. A deleted message is
// treated like a deleted channel.
func (a *session) messageError(method string, err error) error {
	if err == nil {
		return nil
	}
	a.noteError(method, err)
	if messageGone[webapi.ErrorCode(err)] {
		return &bot.PostError{Fault: bot.ChannelUnavailable, Refusal: bot.ChannelGone, Code: webapi.ErrorCode(err), Err: webapi.StripURL(err)}
	}
	failed := webapi.PostError(err)
	if failed.Fault == bot.OutcomeUnknown {
		failed.Fault = bot.Retryable // the change is idempotent
	}
	return failed
}
