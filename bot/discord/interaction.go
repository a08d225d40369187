package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// onInteraction answers an interaction. respond sends the answer, or, where that
// is nil, the promise of one, and reports whether the answer went out; where it
// did not, it is sent in the promise's place. There is no response to an interaction
// that is not taken.
func (a *Adapter) onInteraction(i interaction, respond func(answer []byte) bool) platform.Outcome {
	arrived := time.Now()
	answer := func(ctx context.Context) []byte { return a.answer(ctx, i, arrived) }
	return a.desk.Prompt("interaction", i.ID, answer, respond, func(ctx context.Context, answer []byte) {
		a.followUp(ctx, i, answer)
	})
}

// request begins a request with who asks, and where.
func (a *Adapter) request(i interaction, surface bot.Surface) bot.Request {
	req := bot.Request{
		ID: i.ID, Platform: bot.Discord, Tenant: i.GuildID, Surface: surface, User: i.userID(), Channel: i.ChannelID,
		CanManage: func(context.Context) (bool, error) { return i.mayManage(a.o.AdminsOnly), nil },
	}
	for _, l := range []string{i.Locale, i.GuildLocale} {
		if l != "" {
			req.Locales = append(req.Locales, l)
		}
	}
	return req
}

// answer returns the response to an interaction as JSON.
func (a *Adapter) answer(ctx context.Context, i interaction, arrived time.Time) []byte {
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return a.encode(a.completions(ctx, i))
	case discordgo.InteractionMessageComponent:
		req := a.request(i, bot.Button)
		req.Action, req.OnPrivate = i.Data.CustomID, i.onPrivate()
		return a.encodeReply(a.desk.Handle(ctx, req, arrived))
	case discordgo.InteractionModalSubmit:
		req := a.request(i, bot.Slash)
		req.Text, req.Public = "explain "+plain(i.pasted()), i.public()
		return a.encodeReply(a.desk.Handle(ctx, req, arrived))
	case discordgo.InteractionApplicationCommand:
		if i.Data.Type == discordgo.MessageApplicationCommand {
			target := i.Data.Resolved.Messages[i.Data.TargetID]
			req := a.request(i, bot.Shortcut)
			req.Message = target.ID
			req.Text = "explain " + plain(target.said())
			return a.encodeReply(a.desk.Handle(ctx, req, arrived))
		}
		text, public, asks := i.typed()
		if asks {
			return a.encode(pasteModal(i.lang(), public))
		}
		req := a.request(i, bot.Slash)
		req.Text, req.Public = text, public
		return a.encodeReply(a.desk.Handle(ctx, req, arrived))
	}
	return nil
}

// lang is the language of the person's own Discord, for what no reply says.
func (i interaction) lang() glossary.Lang {
	if l, ok := glossary.LangOfLocale(i.Locale); ok {
		return l
	}
	return glossary.English
}

// publicOption is the name of the option that shows an answer to everybody.
const publicOption = "public"

// typed returns what the person would have typed elsewhere, and whether the answer
// is for everybody. asks is set if the person is to be asked for a text of many lines,
// for which an option has no room.
func (i interaction) typed() (text string, public, asks bool) {
	if len(i.Data.Options) == 0 {
		return "help", false, false
	}
	sub := i.Data.Options[0]
	values := make(map[string]string)
	for _, o := range sub.Options {
		switch v := o.Value.(type) {
		case string:
			values[o.Name] = plain(v)
		case bool:
			public = public || v && o.Name == publicOption
		}
	}
	for _, c := range bot.Commands() {
		if c.Name != sub.Name {
			continue
		}
		for _, p := range c.Params {
			asks = asks || p.Kind == bot.PasteParam && values[p.Name] == ""
		}
		return c.Text(values), public, asks
	}
	return "term " + values["name"], public, false // of a version to come
}

// public reports whether everybody is to see the answer.
func (i interaction) public() bool {
	if i.Type == discordgo.InteractionModalSubmit {
		return i.Data.CustomID == publicModalID
	}
	_, public, _ := i.typed()
	return public
}

// callback responds to an interaction that came through the gateway, with the
// promise of an answer where that is nil. It reports whether the answer went out.
func (a *Adapter) callback(i interaction, answer []byte) bool {
	ctx, cancel := context.WithTimeout(context.Background(), answerWait)
	defer cancel()
	var body any = answer
	if answer == nil {
		body = deferred(i)
	}
	_, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), body)
	if e := refusal(err); e != nil && e.code == codeAnswered {
		a.o.Log.Debug("an interaction was answered already", "interaction", i.ID)
		return true
	}
	a.failed("an interaction was not answered", err)
	return answer != nil // what Discord did not take in time it takes no later
}

// Codes of errors (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
const codeAnswered = 40060 // an interaction that was acknowledged already

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
	a.failed("an answer was not sent", err)
}

// encodeReply returns the response that a reply is, as JSON.
func (a *Adapter) encodeReply(r bot.Reply) []byte {
	return a.rendered.Of(r, func(r bot.Reply) []byte { return a.encode(responseOf(r)) })
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
