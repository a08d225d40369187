package discord

import (
	"context"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// onMessage answers a message that names the bot, replies to it, or was sent to it
// alone: the others come without a text, as the bot does not ask for the intent
// (https://docs.discord.com/developers/events/gateway#message-content-intent). A
// question that was edited has its answer edited.
func (a *Adapter) onMessage(m chatMessage, self string, edited bool) {
	arrived := time.Now()
	surface := bot.Mention
	if m.GuildID == "" {
		surface = bot.DirectMessage
	}
	switch {
	case m.Author == nil, m.Author.Bot, m.WebhookID != "", m.Author.ID == self:
		return // no person's
	case m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
		return // somebody joined, say
	case surface == bot.Mention && !m.mentions(self):
		return
	case edited && m.Edited == "":
		return // Discord has put the preview of a link below it, say
	}
	id := m.ID
	if edited {
		id += ":" + m.Edited
	}
	handle := func(ctx context.Context) { a.answerMessage(ctx, m, surface, edited, arrived) }
	_ = a.dispatcher.Enqueue("message", id, handle) // the gateway sends it once, taken or not
}

func (a *Adapter) answerMessage(ctx context.Context, m chatMessage, surface bot.Surface, edited bool, arrived time.Time) {
	key := "discord:answer:" + m.ChannelID + ":" + m.ID
	earlier, answered := "", false
	if edited {
		earlier, answered = a.dispatcher.AnswerTo(ctx, key)
		if !answered && a.o.Now().Sub(timeOf(m.ID)) > platform.KeepAnswers {
			return // who mends an old message does not ask again
		}
	}
	req := bot.Request{
		ID: m.ID, Platform: Platform, Caps: Capabilities, Tenant: m.GuildID, Surface: surface, User: m.Author.ID,
		Channel: m.ChannelID, Message: m.ID, Text: plain(m.Content), Locales: a.localesOf(m.GuildID),
	}
	out := renderChannel(a.dispatcher.Handle(ctx, req, arrived), surface)
	endpoint := discordgo.EndpointChannelMessages(m.ChannelID)
	if answered {
		_, err := a.api.call(ctx, http.MethodPatch, discordgo.EndpointChannelMessage(m.ChannelID, earlier), out)
		a.logError("an edited answer was not sent", err)
		return
	}
	out.Reference = &reference{MessageID: m.ID}
	out.Nonce, out.EnforceNonce = m.ID, true
	data, err := a.api.call(ctx, http.MethodPost, endpoint, out)
	a.logError("an answer was not sent", err)
	if err != nil {
		return
	}
	if sent, err := decode[chatMessage](data); err == nil && sent.ID != "" {
		a.dispatcher.RememberAnswer(ctx, key, sent.ID)
	}
}
