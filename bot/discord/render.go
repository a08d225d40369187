package discord

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/discord/upload"
	"k8sbot/bot/reply"
)

// A response answers an interaction
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object).
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// A message is the body of a message that is sent to a channel or as a response
// (https://docs.discord.com/developers/resources/message#create-message).
type message struct {
	Content         string                       `json:"content,omitempty"`
	Embeds          []*discordgo.MessageEmbed    `json:"embeds"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions allowedMentions              `json:"allowed_mentions"`
	// Attachments describes the files. If the message replaces another one, an empty list
	// removes the files of the other message, and nil keeps them.
	Attachments  []upload.Attachment    `json:"attachments,omitzero"`
	Flags        discordgo.MessageFlags `json:"flags,omitempty"`
	Reference    *reference             `json:"message_reference,omitempty"`
	Nonce        string                 `json:"nonce,omitempty"`
	EnforceNonce bool                   `json:"enforce_nonce,omitempty"`
}

// allowedMentions disables all mentions. Without this field, every mention in text would notify
// somebody, and Discord rejects null
// (https://docs.discord.com/developers/resources/message#allowed-mentions-object).
type allowedMentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// A reference makes a message a reply to another one.
type reference struct {
	MessageID string `json:"message_id"`
	// FailIfNotExists is always false: if the question was deleted, the answer is sent
	// as an ordinary message.
	FailIfNotExists bool `json:"fail_if_not_exists"`
}

// Render returns a reply as the JSON response to a command.
func Render(r reply.Reply) ([]byte, error) { return json.Marshal(responseOf(r)) }

// responseOf returns a reply as the response to an interaction.
func responseOf(r reply.Reply) response { return responseWith(r, render(r)) }

// responseWith is like responseOf. m is the reply as a message.
func responseWith(r reply.Reply, m message) response {
	if r.ReplaceOriginal {
		m.Flags = 0 // an update cannot change whether a message is ephemeral
		if r.Kind == reply.KindReview && m.Attachments == nil {
			m.Attachments = []upload.Attachment{}
		}
		return response{discordgo.InteractionResponseUpdateMessage, m}
	}
	return response{discordgo.InteractionResponseChannelMessageWithSource, m}
}

// render returns a reply as a message within Discord's limits.
func render(r reply.Reply) message {
	b := &builder{left: maxTexts * 95 / 100, color: colorOf(r.Severity()), lang: r.Lang}
	for i, block := range r.Blocks {
		if line, ok := block.(reply.Paragraph); ok && i == 0 && line.Heading+line.Bold == "" && len(r.Blocks) > 1 {
			if _, ok := r.Blocks[1].(reply.Title); ok {
				block = reply.Note{Text: line.Text} // an embed of its own would separate it from the answer
			}
		}
		b.block(block)
	}
	if b.lead != "" { // no embed came after it
		b.describe(markdown.Escape(b.lead))
	}
	b.finish()
	m := message{
		Embeds: b.embeds, Components: controls(r),
		AllowedMentions: allowedMentions{Parse: []string{}},
	}
	if r.Ephemeral {
		m.Flags = discordgo.MessageFlagsEphemeral
	}
	return m
}

// renderChannel returns a reply as a message in a channel, where everyone sees it, even if it
// should be ephemeral. If the reply to a mention should be ephemeral and says that nothing was
// found, the message contains only the reply's first block.
func renderChannel(r reply.Reply, surface bot.Surface) message {
	if r.Ephemeral && surface == bot.Mention && len(r.Blocks) > 1 && r.Kind == reply.KindNone {
		r.Blocks = r.Blocks[:1]
	}
	m := render(r)
	m.Flags = 0
	return m
}
