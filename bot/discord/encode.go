package discord

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/upload"
	"k8sbot/bot/reply"
)

// encodeReply returns the response for a reply as JSON.
func (a *Adapter) encodeReply(r reply.Reply) []byte {
	return a.rendered.Get(r, func(r reply.Reply) []byte { return a.encode(responseOf(r)) })
}

// encodeAnswer is like encodeReply, but the reply may have files. [Adapter.followUp] sends the
// encoded answer.
func (a *Adapter) encodeAnswer(i interaction, r reply.Reply) []byte {
	files := upload.Files(r)
	if !i.mayHaveFiles() || len(files) == 0 {
		return a.encodeReply(r)
	}
	m := render(r)
	m.Attachments = upload.Describe(files)
	if last := files[len(files)-1]; last.Alt != "" {
		m.Embeds[0].Image = &discordgo.MessageEmbedImage{URL: "attachment://" + last.Name}
	}
	return a.encode(struct {
		response
		Files []upload.File `json:"files"`
	}{responseWith(r, m), files})
}
