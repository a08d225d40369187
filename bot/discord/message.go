package discord

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/errcode"
	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/discord/snowflake"
	"k8sbot/bot/platform"
)

// onMessage answers a message that mentions the bot, replies to it, or was sent to it directly. All
// other messages arrive without text, because the bot does not request the message content intent
// (https://docs.discord.com/developers/events/gateway#message-content-intent). If a user edits a
// message that the bot has answered, onMessage edits the answer. self is the bot's user ID.
func (a *Adapter) onMessage(m chatMessage, self string, edited bool) {
	arrived := time.Now()
	surface := bot.Mention
	if m.GuildID == "" {
		surface = bot.DirectMessage
	}
	switch {
	case m.Author == nil, m.Author.Bot, m.WebhookID != "", m.Author.ID == self:
		return // not from a person
	case m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
		return // a system message, such as a join
	case surface == bot.Mention && !m.mentions(self):
		return
	case edited && m.Edited == "":
		return // not an edit by the author: Discord added a link preview, for example
	}
	id := m.ID
	if edited {
		id += ":" + m.Edited
	}
	handle := func(ctx context.Context) { a.answerMessage(ctx, m, surface, edited, arrived) }
	_ = a.dispatcher.Enqueue(cmp.Or(m.GuildID, m.Author.ID), "message", id, handle) // the gateway does not redeliver messages
}

// answerMessage sends the answer to a message, or edits the earlier answer.
func (a *Adapter) answerMessage(ctx context.Context, m chatMessage, surface bot.Surface, edited bool, arrived time.Time) {
	key := "discord:answer:" + m.ChannelID + ":" + m.ID
	earlier, answered := "", false
	if edited {
		earlier, answered = a.dispatcher.AnswerTo(ctx, key)
		if !answered && a.o.Now().Sub(snowflake.Time(m.ID)) > platform.KeepAnswers {
			return // ignore edits to old messages that the bot never answered
		}
	}
	req := bot.Request{
		ID: m.ID, Platform: Platform, Caps: Capabilities, Tenant: m.GuildID, Surface: surface, User: m.Author.ID,
		Channel: m.ChannelID, Direct: m.GuildID == "", Message: m.ID, Text: markdown.Plain(m.Content), Locales: a.servers.Locales(m.GuildID),
		Files: a.files.Read(ctx, m.files()),
	}
	r := a.dispatcher.Handle(ctx, req, arrived)
	out := renderChannel(r, surface)
	endpoint := discordgo.EndpointChannelMessages(m.ChannelID)
	if answered {
		_, err := a.deliver(ctx, m.ChannelID, http.MethodPatch, discordgo.EndpointChannelMessage(m.ChannelID, earlier), out, plain.Text)
		if e := asAPIError(err); e == nil || e.code != errcode.UnknownMessage {
			a.logError("cannot edit message", err)
			return
		} // the answer was deleted, so the question is answered again
	}
	out.Reference = &reference{MessageID: m.ID}
	out.Nonce, out.EnforceNonce = m.ID, true
	data, err := a.deliver(ctx, m.ChannelID, http.MethodPost, endpoint, out, plain.Text)
	if err != nil && surface == bot.Mention && postError(err).Fault == bot.ChannelUnavailable {
		a.o.Log.Warn("cannot answer in channel, sending a direct message", "channel", m.ChannelID, "error", err)
		a.logError("cannot send message", a.SendDirect(ctx, bot.Tenant{}, m.Author.ID, r))
		return
	}
	a.logError("cannot send message", err)
	if err != nil {
		return
	}
	if sent, err := decode[chatMessage](data); err == nil && sent.ID != "" {
		a.dispatcher.RememberAnswer(ctx, key, sent.ID)
	}
}
