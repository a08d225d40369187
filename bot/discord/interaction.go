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
		a.late(ctx, i, answer)
	})
}

// request begins a request with who asks, and where.
func (a *Adapter) request(i interaction, surface bot.Surface) bot.Request {
	req := bot.Request{
		ID: i.ID, Platform: bot.Discord, Tenant: i.GuildID, Surface: surface, User: i.who(), Channel: i.ChannelID,
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
		text, public, form := i.typed()
		if form {
			return a.encode(pasteForm(i.lang(), public))
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
// is for everybody. form is set where the person is to be asked for a text of many
// lines, for which an option has no room.
func (i interaction) typed() (text string, public, form bool) {
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
			form = form || p.Kind == bot.PasteParam && values[p.Name] == ""
		}
		return c.Text(values), public, form
	}
	return "term " + values["name"], public, false // of a version to come
}

// The custom IDs of the form that asks for a text of many lines, by who is to see the
// answer.
const (
	formID       = "1:paste"
	publicFormID = "1:paste:public"
)

// public reports whether everybody is to see the answer.
func (i interaction) public() bool {
	if i.Type == discordgo.InteractionModalSubmit {
		return i.Data.CustomID == publicFormID
	}
	_, public, _ := i.typed()
	return public
}

// maxPaste is the number of characters of a text input
// (https://docs.discord.com/developers/components/reference#text-input).
const maxPaste = 4000

// A form asks a person for texts
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
type form struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// pasteForm is the form that asks for a text of many lines.
func pasteForm(l glossary.Lang, public bool) response {
	id := formID
	if public {
		id = publicFormID
	}
	title, label := "Explain Kubernetes words", "What kubectl printed"
	if l == glossary.Japanese {
		title, label = "Kubernetes用語を説明", "kubectlの出力など"
	}
	return response{discordgo.InteractionResponseModal, form{
		CustomID: id, Title: title,
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.TextInput{CustomID: "text", Label: label, Style: discordgo.TextInputParagraph, Required: true, MaxLength: maxPaste},
		}}},
	}}
}

// pasted returns what was typed into the form.
func (i interaction) pasted() string {
	for _, row := range i.Data.Components {
		for _, c := range row.Components {
			return c.Value
		}
	}
	return ""
}

// Limits of choices (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
const (
	maxChoices     = 25
	maxChoiceName  = 100
	maxChoiceValue = 100
)

// A choice is what can be picked while typing.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// completions answers what a person has typed so far. The list is there also where
// it is empty.
func (a *Adapter) completions(ctx context.Context, i interaction) response {
	choices := []choice{}
	if text, ok := focused(i.Data.Options); ok {
		req := a.request(i, bot.Slash)
		req.Text = text
		for _, c := range a.o.Bot.Complete(ctx, req, maxChoices) {
			if platform.UTF16(c.Value) <= maxChoiceValue {
				choices = append(choices, choice{platform.Shorten(c.Label, maxChoiceName, platform.UTF16), c.Value})
			}
		}
	}
	return response{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices}}
}

// focused returns what stands in the option that is being typed in.
func focused(options []option) (string, bool) {
	for _, o := range options {
		if o.Focused {
			text, _ := o.Value.(string)
			return text, true
		}
		if text, ok := focused(o.Options); ok {
			return text, true
		}
	}
	return "", false
}

// callback responds to an interaction that came through the gateway, with the
// promise of an answer where that is nil. It reports whether the answer went out.
func (a *Adapter) callback(i interaction, answer []byte) bool {
	// Discord forgets an interaction that nobody responded to within 3 s
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback).
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	var body any = answer
	if answer == nil {
		body = deferral(i)
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

// deferral is the response to an interaction whose answer takes longer
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
func deferral(i interaction) response {
	switch {
	case i.Type == discordgo.InteractionApplicationCommandAutocomplete:
		return response{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": []choice{}}}
	case i.Type == discordgo.InteractionMessageComponent:
		return response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	var flags discordgo.MessageFlags = discordgo.MessageFlagsEphemeral
	if i.public() {
		flags = 0
	}
	return response{discordgo.InteractionResponseDeferredChannelMessageWithSource, map[string]any{"flags": flags}}
}

// late sends an answer after its deferral: in the place of the promise, in that of
// the message whose button was pressed, or as a further message below it.
func (a *Adapter) late(ctx context.Context, i interaction, answer []byte) {
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
