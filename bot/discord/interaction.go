package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// submit has an interaction answered.
func (a *Adapter) submit(i interaction) (*platform.Job, error) {
	arrived := time.Now()
	return a.dispatcher.Submit("interaction", i.ID, func(ctx context.Context) []byte { return a.answer(ctx, i, arrived) })
}

// onInteraction answers an interaction that came through the gateway: in time, or with
// the promise of an answer that follows.
func (a *Adapter) onInteraction(i interaction) {
	job, err := a.submit(i)
	if err != nil {
		return // Discord tells the person
	}
	answer, ok := job.Wait(platform.AckTimeout)
	if !ok {
		answer = nil
	}
	if !a.callback(i, answer) {
		job.Then(func(ctx context.Context, answer []byte) { a.followUp(ctx, i, answer) })
	}
}

// answer returns the response to an interaction as JSON.
func (a *Adapter) answer(ctx context.Context, i interaction, arrived time.Time) []byte {
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return a.encode(a.completions(ctx, i))
	case discordgo.InteractionMessageComponent:
		req := a.request(i, bot.ButtonClick)
		req.Action, req.FromEphemeral = i.Data.CustomID, i.fromEphemeral()
		return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
	case discordgo.InteractionModalSubmit:
		req := a.request(i, bot.Slash)
		req.Command, req.Text, req.Public = bot.ExplainCommand, plain(i.pasted()), i.public()
		return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
	case discordgo.InteractionApplicationCommand:
		if i.Data.Type == discordgo.MessageApplicationCommand {
			target := i.Data.Resolved.Messages[i.Data.TargetID]
			req := a.request(i, bot.Shortcut)
			req.Message = target.ID
			req.Command, req.Text = bot.ExplainCommand, plain(target.text())
			return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
		}
		typed := i.subcommand()
		if typed.needsPaste {
			return a.encode(pasteModal(i.lang(), typed.public))
		}
		req := a.request(i, bot.Slash)
		req.Command, req.Text, req.Public = typed.command, typed.text, typed.public
		return a.encodeReply(a.dispatcher.Handle(ctx, req, arrived))
	}
	return nil
}

// callback responds to an interaction that came through the gateway, with the
// promise of an answer where that is nil. It reports whether the answer went out.
func (a *Adapter) callback(i interaction, answer []byte) bool {
	ctx, cancel := context.WithTimeout(context.Background(), responseTimeout)
	defer cancel()
	var body any = answer
	if answer == nil {
		body = deferred(i)
	}
	_, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), body)
	if e := asAPIError(err); e != nil && e.code == codeAlreadyAcknowledged {
		a.o.Log.Debug("an interaction was answered already", "interaction", i.ID)
		return true
	}
	a.logError("an interaction was not answered", err)
	return answer != nil // what Discord did not take in time it takes no later
}

// Codes of errors (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
const codeAlreadyAcknowledged = 40060 // an interaction that was acknowledged already

// deferred is the response to an interaction whose answer takes longer
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

// followUp sends an answer after the promise of one: in place of the promise, or of
// the message whose button was pressed, or as a further message below that.
func (a *Adapter) followUp(ctx context.Context, i interaction, answer []byte) {
	r, err := decode[struct {
		Type discordgo.InteractionResponseType
		Data json.RawMessage
	}](answer)
	if err != nil || i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return
	}
	method, endpoint := http.MethodPatch, discordgo.EndpointWebhookMessage(i.ApplicationID, i.Token, "@original")
	if i.Type == discordgo.InteractionMessageComponent && r.Type != discordgo.InteractionResponseUpdateMessage {
		method, endpoint = http.MethodPost, discordgo.EndpointWebhookToken(i.ApplicationID, i.Token)
	}
	_, err = a.api.call(ctx, method, endpoint, []byte(r.Data))
	a.logError("an answer was not sent", err)
}

// encodeReply returns the response that a reply is, as JSON.
func (a *Adapter) encodeReply(r bot.Reply) []byte {
	return a.rendered.Get(r, func(r bot.Reply) []byte { return a.encode(responseOf(r)) })
}

// encode returns JSON, nil where there is none.
func (a *Adapter) encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		a.o.Log.Error("an answer cannot be written as JSON", "error", err)
		return nil
	}
	return data
}
