package discord

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
)

// A response answers an interaction
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object).
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// A message is what is sent, through whichever way
// (https://docs.discord.com/developers/resources/message#create-message).
type message struct {
	Content         string                       `json:"content,omitempty"`
	Embeds          []*discordgo.MessageEmbed    `json:"embeds"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions allowedMentions              `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags       `json:"flags,omitempty"`
	Reference       *reference                   `json:"message_reference,omitempty"`
	Nonce           string                       `json:"nonce,omitempty"`
	EnforceNonce    bool                         `json:"enforce_nonce,omitempty"`
}

// allowedMentions always allows none: Discord pings whomever a text names where
// this is left out, and refuses null
// (https://docs.discord.com/developers/resources/message#allowed-mentions-object).
type allowedMentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// A reference makes a message the reply to another.
type reference struct {
	MessageID string `json:"message_id"`
	// FailIfNotExists is always false: an answer to a deleted question is sent as
	// a message of its own.
	FailIfNotExists bool `json:"fail_if_not_exists"`
}

// Render returns a reply as the JSON that answers a command.
func Render(r bot.Reply) ([]byte, error) { return json.Marshal(responseOf(r)) }

// responseOf returns the response to an interaction that a reply is.
func responseOf(r bot.Reply) response {
	m := render(r)
	if r.ReplaceOriginal {
		m.Flags = 0 // the message stays as private as it is
		return response{discordgo.InteractionResponseUpdateMessage, m}
	}
	return response{discordgo.InteractionResponseChannelMessageWithSource, m}
}

func render(r bot.Reply) message {
	b := &builder{left: maxTexts * 95 / 100, color: defaultColor}
	for _, block := range r.Blocks {
		b.block(block)
	}
	if b.lead != "" { // nothing came below it
		b.describe(escape(b.lead))
	}
	m := message{
		Embeds: b.embeds, Components: rows(append(buttons(r.Buttons), b.links...)),
		AllowedMentions: allowedMentions{Parse: []string{}},
	}
	if r.Ephemeral {
		m.Flags = discordgo.MessageFlagsEphemeral
	}
	return m
}

// renderChannel returns the message that a reply is in a channel. Only answers to
// interactions can be for one person alone: what should be is kept short there.
func renderChannel(r bot.Reply, surface bot.Surface) message {
	if r.Ephemeral && surface == bot.Mention && len(r.Blocks) > 1 && r.Kind == bot.KindNone {
		r.Blocks = r.Blocks[:1]
	}
	m := render(r)
	m.Flags = 0
	return m
}
