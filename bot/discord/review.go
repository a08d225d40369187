package discord

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/digest"
	"k8sbot/bot/discord/errcode"
	"k8sbot/bot/discord/form"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/reply"
	"k8sbot/bot/study"
)

// openForm returns the modal, as JSON, that is shown before the answer to a request, or instead of
// it. It returns nil if there is no such modal.
func (a *Adapter) openForm(ctx context.Context, req bot.Request) []byte {
	if f, ok := a.o.Bot.Form(ctx, req); ok {
		return a.encode(response{discordgo.InteractionResponseModal, form.Any(f)})
	}
	f, ok := a.o.Bot.ReviewForm(ctx, req)
	if !ok {
		return nil
	}
	return a.encode(response{discordgo.InteractionResponseModal, form.Review(f)})
}

// saveReviewForm stores what a person chose in the modal, and then presses the button that the
// modal was opened for.
func (a *Adapter) saveReviewForm(ctx context.Context, i interaction, button string, arrived time.Time) reply.Reply {
	req := a.request(i, bot.Slash)
	req.Command, req.Text = bot.ReviewCommand, study.SettingsArg(i.Data.Components.Chosen)
	saved := a.dispatcher.Handle(ctx, req, arrived)
	if button == "" {
		return saved
	}
	press := a.request(i, bot.ButtonClick)
	press.Action, press.FromEphemeral = button, i.fromEphemeral()
	r := a.dispatcher.Handle(ctx, press, arrived)
	r.Blocks, r.CacheKey = slices.Concat(r.Blocks, saved.Blocks), ""
	return r
}

// mayHaveFiles reports whether the answer to an interaction may have files. Files are sent
// after a deferred response.
func (i interaction) mayHaveFiles() bool {
	if i.Type == discordgo.InteractionMessageComponent {
		a, err := reply.ParseAction(i.button())
		return err == nil && study.MayHaveFiles(a)
	}
	sub := i.subcommand()
	return i.Type == discordgo.InteractionApplicationCommand && sub.command == bot.ReviewCommand && study.CommandMayHaveFiles(sub.text)
}

var _ digest.Messenger = (*Adapter)(nil)

// SendMessage implements [digest.Messenger].
func (a *Adapter) SendMessage(ctx context.Context, t bot.Tenant, user string, r reply.Reply, key string) (ref string, err error) {
	channel, err := a.openDM(ctx, user)
	if err != nil {
		return "", postError(err)
	}
	ref, err = a.Post(ctx, bot.Channel{Platform: t.Platform, Tenant: t.ID, ID: channel}, r, key)
	if err != nil {
		return "", err
	}
	return channel + "/" + ref, nil
}

// EditMessage implements [digest.Messenger].
func (a *Adapter) EditMessage(ctx context.Context, _ bot.Tenant, ref string, r reply.Reply) error {
	return a.changeMessage(ctx, http.MethodPatch, ref, renderChannel(r, bot.DirectMessage))
}

// DeleteMessage implements [digest.Messenger].
func (a *Adapter) DeleteMessage(ctx context.Context, _ bot.Tenant, ref string) error {
	return a.changeMessage(ctx, http.MethodDelete, ref, nil)
}

// changeMessage edits or deletes a direct message
// (https://docs.discord.com/developers/resources/message#edit-message).
func (a *Adapter) changeMessage(ctx context.Context, method, ref string, body any) error {
	channel, id, ok := strings.Cut(ref, "/")
	if !ok {
		return &bot.PostError{Fault: bot.ContentRejected, Err: fmt.Errorf("invalid message %q", ref)}
	}
	if _, err := a.deliver(ctx, channel, method, discordgo.EndpointChannelMessage(channel, id), body, plain.Buttons); err != nil {
		if e := asAPIError(err); e != nil && e.code == errcode.UnknownMessage {
			return &bot.PostError{Fault: bot.ChannelUnavailable, Refusal: bot.ChannelGone, Err: err}
		}
		return postError(err)
	}
	return nil
}
