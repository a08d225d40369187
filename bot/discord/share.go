package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// A shared is the response to a click that shares an ephemeral answer. Sending it takes two
// calls, so it always follows a deferred response.
type shared struct {
	response
	Original *message `json:"original,omitempty"` // replaces the ephemeral answer
}

// shares reports whether an interaction shares an ephemeral answer in the channel.
func (i interaction) shares() bool {
	if i.Type != discordgo.InteractionMessageComponent || !i.fromEphemeral() {
		return false
	}
	action, err := reply.ParseAction(i.button())
	return err == nil && action.Shares()
}

// share returns a [shared] as JSON, or nil if the same answer was shared from the same message
// before, for example if a user clicks twice.
func (a *Adapter) share(ctx context.Context, i interaction, req bot.Request, arrived time.Time) []byte {
	if a.dispatcher.Seen(ctx, "discord:share:"+i.Message.ID+":"+req.Action) {
		return nil
	}
	r := a.dispatcher.Handle(ctx, req, arrived)
	public := render(r)
	out := shared{response: response{discordgo.InteractionResponseChannelMessageWithSource, &public}}
	if r.Original != nil {
		m := render(*r.Original)
		m.Flags = 0
		out.Original = &m
	}
	if r.ShareClicked {
		public.Embeds = moveBelowNote(public.Embeds, i.Message.Embeds)
		out.Original.Embeds = moveBelowNote(out.Original.Embeds, i.Message.Embeds)
	}
	return a.encode(out)
}

// moveBelowNote returns embeds with the author line of embeds[0] replaced by the author line of
// notes[0], which contains the note.
func moveBelowNote(notes, embeds []*discordgo.MessageEmbed) []*discordgo.MessageEmbed {
	if len(notes) == 0 || len(embeds) == 0 {
		return notes
	}
	first := *embeds[0]
	first.Author = notes[0].Author
	return append([]*discordgo.MessageEmbed{&first}, embeds[1:]...)
}

// shareFailed says that Discord refused to post a shared answer. It suggests a way that always
// works.
var shareFailed = glossary.Text{
	EN: "I couldn't share this answer. Please ask again with the public option.",
	JA: "この回答を共有できませんでした。オプション「公開」を付けて、もう一度質問してください。",
}

// updateClicked updates the ephemeral answer after a click that shared it. It shows original or, if
// failed is set, a message saying that the answer could not be shared.
func (a *Adapter) updateClicked(ctx context.Context, i interaction, original json.RawMessage, failed bool) {
	if failed {
		original = a.encode(message{
			Content: shareFailed.In(i.lang()), Embeds: []*discordgo.MessageEmbed{}, Components: []discordgo.MessageComponent{},
			AllowedMentions: allowedMentions{Parse: []string{}},
		})
	}
	_, err := a.deliver(ctx, i.ChannelID, http.MethodPatch, discordgo.EndpointWebhookMessage(i.ApplicationID, i.Token, "@original"), []byte(original), plain.Text)
	a.logError("cannot edit shared answer", err)
}
