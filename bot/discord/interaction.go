package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/errcode"
	"k8sbot/bot/discord/form"
	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/discord/upload"
	"k8sbot/bot/platform"
)

// submit starts handling an interaction. The job's result is the response as JSON. The
// error is [platform.ErrBusy] or [platform.ErrDuplicate].
func (a *Adapter) submit(i interaction) (*platform.Job, error) {
	arrived := time.Now()
	return a.dispatcher.Submit(cmp.Or(i.GuildID, i.userID()), "interaction", i.ID, func(ctx context.Context) []byte { return a.answer(ctx, i, arrived) })
}

// onInteraction answers an interaction that came through the gateway. If the answer
// takes longer than [platform.AckTimeout], the response is deferred and the answer
// follows.
func (a *Adapter) onInteraction(i interaction) {
	job, err := a.submit(i)
	if err != nil {
		return // Discord shows the user that the application did not respond
	}
	answer := a.await(i, job)
	if !a.callback(i, answer) {
		job.Then(func(ctx context.Context, answer []byte) { a.followUp(ctx, i, answer) })
	}
}

// await returns the answer to an interaction as soon as it is ready, or nil if the response
// must be deferred.
func (a *Adapter) await(i interaction, job *platform.Job) []byte {
	if i.shares() || i.mayHaveFiles() {
		return nil
	}
	answer, ok := job.Wait(platform.AckTimeout)
	if !ok {
		return nil
	}
	return answer
}

// answer returns the response to an interaction as JSON, or nil if there is none.
func (a *Adapter) answer(ctx context.Context, i interaction, arrived time.Time) []byte {
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return a.encode(a.completions(ctx, i))
	case discordgo.InteractionMessageComponent:
		req := a.request(i, bot.ButtonClick)
		req.Action, req.FromEphemeral = i.button(), i.fromEphemeral()
		if i.shares() {
			return a.share(ctx, i, req, arrived)
		}
		if modal := a.openForm(ctx, req); modal != nil {
			return modal
		}
		return a.encodeAnswer(i, a.dispatcher.Handle(ctx, req, arrived))
	case discordgo.InteractionModalSubmit:
		if button, ok := form.ReviewButton(i.Data.CustomID); ok {
			return a.encodeReply(a.saveReviewForm(ctx, i, button, arrived))
		}
		if i.Data.CustomID == form.SettingsID {
			return a.encodeReply(a.saveSettings(ctx, i, arrived))
		}
		if bot.SendsForm(i.Data.CustomID) {
			return a.encodeReply(a.sendForm(ctx, i, arrived))
		}
		req := a.request(i, bot.Slash)
		req.Command, req.Text, req.Public = bot.ExplainCommand, markdown.Plain(i.Data.Components.Pasted()), i.public()
		req.Files = a.files.Read(ctx, i.uploaded())
		return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
	case discordgo.InteractionApplicationCommand:
		if i.Data.Type == discordgo.MessageApplicationCommand {
			target := i.Data.Resolved.Messages[i.Data.TargetID]
			req := a.request(i, bot.Shortcut)
			req.Message = target.ID
			if i.Data.Name == form.SaveTitle.EN {
				if modal := a.saveMessage(&req, target); modal != nil {
					return modal
				}
				return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
			}
			req.Command, req.Text = bot.ExplainCommand, markdown.Plain(target.text())
			req.Files = a.files.Read(ctx, target.files())
			return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
		}
		sub := i.subcommand()
		if sub.command == bot.SettingsCommand {
			return a.encode(response{discordgo.InteractionResponseModal, form.Settings(i.lang())})
		}
		if sub.needsPaste {
			return a.encode(response{discordgo.InteractionResponseModal, form.Paste(i.lang(), sub.public)})
		}
		req := a.request(i, bot.Slash)
		req.Command, req.Text, req.Public = sub.command, sub.text, sub.public
		if modal := a.openForm(ctx, req); modal != nil {
			return modal
		}
		return a.encodeAnswer(i, a.dispatcher.Handle(ctx, req, arrived))
	}
	return nil
}

// callback responds to an interaction that arrived through the gateway. The response is answer,
// or a deferred response if answer is nil. callback reports whether the interaction is done and
// needs no follow-up.
func (a *Adapter) callback(i interaction, answer []byte) bool {
	ctx, cancel := context.WithTimeout(context.Background(), responseTimeout)
	defer cancel()
	var body any = answer
	if answer == nil {
		body = deferred(i)
	}
	_, err := a.deliver(ctx, i.ChannelID, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), body, plain.Text)
	if e := asAPIError(err); e != nil && e.code == errcode.AlreadyAcknowledged {
		a.o.Log.Debug("interaction already acknowledged", "interaction", i.ID)
		return true
	}
	a.logError("cannot respond to interaction", err)
	return answer != nil // an answer that Discord did not accept in time cannot be sent later
}

// deferred returns the response to an interaction whose answer is not ready in time
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
func deferred(i interaction) response {
	switch {
	case i.Type == discordgo.InteractionApplicationCommandAutocomplete:
		return response{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": []completion{}}}
	case i.Type == discordgo.InteractionMessageComponent:
		return response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	var flags discordgo.MessageFlags = discordgo.MessageFlagsEphemeral
	if i.public() {
		flags = 0
	}
	return response{discordgo.InteractionResponseDeferredChannelMessageWithSource, map[string]any{"flags": flags}}
}

// followUp sends the answer after a deferred response. The answer replaces the deferred response.
// For a button, it edits the message with the button, or is posted as a new message below it.
func (a *Adapter) followUp(ctx context.Context, i interaction, answer []byte) {
	r, err := decode[struct {
		Type           discordgo.InteractionResponseType
		Data, Original json.RawMessage
		Files          []upload.File
	}](answer)
	if err != nil || i.Type == discordgo.InteractionApplicationCommandAutocomplete || r.Type == discordgo.InteractionResponseModal {
		return // a modal cannot follow a deferred response: the user must click again
	}
	method, endpoint := http.MethodPatch, discordgo.EndpointWebhookMessage(i.ApplicationID, i.Token, "@original")
	if i.Type == discordgo.InteractionMessageComponent && r.Type != discordgo.InteractionResponseUpdateMessage {
		method, endpoint = http.MethodPost, discordgo.EndpointWebhookToken(i.ApplicationID, i.Token)
	}
	body, err := upload.Attach(r.Data, r.Files)
	if err == nil {
		_, err = a.deliver(ctx, i.ChannelID, method, endpoint, body, plain.Text)
	}
	a.logError("cannot send follow-up", err)
	if len(r.Original) > 0 {
		a.updateClicked(ctx, i, r.Original, err != nil)
	}
}
