package slack

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/slack/mrkdwn"
)

// onInteraction handles an interaction in the background. It returns an error if the
// interaction cannot be accepted now.
func (a *Adapter) onInteraction(i interaction) error {
	arrived, ref := time.Now(), i.ref()
	i.Team.ID = a.tenantOf(i.Team.ID, ref)
	team, user, channel := i.Team.ID, i.User.ID, i.Channel.ID
	enqueue := func(kind string, handle func(context.Context, *session)) error {
		return a.dispatcher.Enqueue(team, kind, i.key(), a.withinOr(ref, handle, func(ctx context.Context, r reply.Reply) {
			if i.ResponseURL != "" {
				a.respond(ctx, "", i.TriggerID, i.ResponseURL, blockkit.Render(r))
			}
		}))
	}
	switch {
	case i.Type == "message_action" && i.CallbackID == manifest.ExplainShortcut:
		return enqueue("shortcut", func(ctx context.Context, a *session) {
			req := a.request(ctx, bot.Shortcut, i.TriggerID, team, user, channel)
			req.Message, req.Thread = i.Message.TS, i.Message.ThreadTS
			req.Command, req.Text = bot.ExplainCommand, mrkdwn.Plain(i.Message.fullText())
			req.Files = a.files.Read(ctx, filesOf(i.Message.Files))
			m := blockkit.Render(a.handle(ctx, req, arrived))
			m.ThreadTS = i.Message.ThreadTS
			a.send(ctx, req.ID, i.ResponseURL, m)
		})
	case i.Type == "message_action" && i.CallbackID == manifest.RememberShortcut:
		return enqueue("shortcut", func(ctx context.Context, a *session) { a.rememberTerms(ctx, i, arrived) })
	case i.Type == "message_action" && i.CallbackID == manifest.SaveShortcut:
		return enqueue("shortcut", func(ctx context.Context, a *session) { a.saveMessage(ctx, i, arrived) })
	case i.Type == "shortcut" && i.CallbackID == manifest.LookUpShortcut:
		return enqueue("shortcut", func(ctx context.Context, a *session) {
			if a.openModal(ctx, i.TriggerID, team, user, lookupView) == nil {
				return
			}
			// The shortcut has no channel, and no other way to answer.
			req := a.request(ctx, bot.DirectMessage, i.TriggerID, team, user, "")
			req.Command = bot.HelpCommand
			a.reportError(req.ID, "chat.postMessage", a.direct(ctx, user, blockkit.Render(a.handle(ctx, req, arrived))))
		})
	case i.Type == "block_actions" && len(i.Actions) > 0:
		return enqueue("action", func(ctx context.Context, a *session) {
			switch {
			case i.Container.Type == "view" && i.View.CallbackID == reviewModal:
				a.onReviewAction(ctx, i, arrived)
				return
			case i.Container.Type == "view" && i.View.Type == "modal":
				a.onModalAction(ctx, i, arrived)
				return
			case i.Actions[0].ActionID == settingsID && a.openSettings(ctx, i.TriggerID, team, user, channel) == nil:
				return
			case i.Container.Type == "view":
				a.onHomeAction(ctx, i, arrived)
				return
			case i.Actions[0].ActionID == lookupID:
				a.lookup(ctx, i, func(req bot.Request) reply.Reply { return a.handle(ctx, req, arrived) })
				return
			}
			a.onClick(ctx, i, arrived)
		})
	}
	return nil
}

// onClick handles a click on a button of a message. An answer is shared only once, even if its
// share button is clicked twice.
func (a *session) onClick(ctx context.Context, i interaction, arrived time.Time) {
	req := a.request(ctx, bot.ButtonClick, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
	req.Action, req.Payload = i.Actions[0].button(), i.Actions[0].Value
	req.FromEphemeral, req.Thread = i.Container.IsEphemeral, i.Container.ThreadTS
	req.UserName = i.User.Name
	if req.Action == settingsID { // the form could not be opened
		req.Action, req.Command = "", bot.SettingsCommand
	}
	if action, err := reply.ParseAction(req.Action); err == nil && action.Shares() && i.Container.MessageTS != "" &&
		a.dispatcher.Seen(ctx, fmt.Sprintf("slack:share:%s:%s:%s:%s", i.Team.ID, i.Channel.ID, i.Container.MessageTS, req.Action)) {
		return
	}
	if a.openForm(ctx, req) {
		return
	}
	r := a.handle(ctx, req, arrived)
	if a.openSession(ctx, req, r) {
		return
	}
	m := blockkit.Render(r)
	m.ThreadTS = i.Container.ThreadTS
	if r.InThread {
		m.ThreadTS = cmp.Or(m.ThreadTS, i.Message.TS)
	}
	sent := a.send(ctx, req.ID, i.ResponseURL, m)
	if r.Original != nil {
		a.send(ctx, req.ID, i.ResponseURL, blockkit.Render(originalOf(r, sent)))
	}
}

// onHomeAction handles an interaction on the Home tab and shows the reply there.
func (a *session) onHomeAction(ctx context.Context, i interaction, arrived time.Time) {
	act := i.Actions[0]
	if act.ActionID == searchID && bot.CommandOf(act.Value) == bot.SettingsCommand && a.openSettings(ctx, i.TriggerID, i.Team.ID, i.User.ID, "") == nil {
		return
	}
	req := a.request(ctx, bot.Home, i.TriggerID, i.Team.ID, i.User.ID, "")
	switch act.ActionID {
	case searchID:
		req.Text = act.Value
	case lookupID:
		req.Command, req.Text = bot.TermCommand, act.SelectedOption.Value
	case backID:
		req.Command = bot.HelpCommand
	case settingsID: // the form could not be opened
		req.Command = bot.SettingsCommand
	default:
		req.Action = act.button()
	}
	if a.openForm(ctx, req) {
		return
	}
	r := a.handle(ctx, req, arrived)
	if !a.openSession(ctx, req, r) {
		a.publish(ctx, req, r)
	}
}
