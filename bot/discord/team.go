package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/form"
	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/reply"
)

// sendForm handles what was entered in a modal.
func (a *Adapter) sendForm(ctx context.Context, i interaction, arrived time.Time) reply.Reply {
	req := a.request(i, bot.ButtonClick)
	req.Action, req.Fields = i.Data.CustomID, i.Data.Components.Values()
	return a.dispatcher.Handle(ctx, req, arrived)
}

// saveMessage returns the modal for saving a message's text as a team term. If there is no modal,
// it returns nil and changes req to a request that tells the user why.
func (a *Adapter) saveMessage(req *bot.Request, target chatMessage) []byte {
	req.Text = markdown.Plain(target.text())
	if f, ok := a.o.Bot.FormOf(*req); ok {
		return a.encode(response{discordgo.InteractionResponseModal, form.Any(f)})
	}
	req.Surface, req.Text, req.Action = bot.ButtonClick, "", reply.NewButton("", reply.TeamAdd).ID
	return nil
}
