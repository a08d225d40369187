package discord

import (
	"context"
	"slices"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
)

// saveSettings runs the lang and daily commands with what a user chose in the modal, and returns
// both replies as one. If nothing was chosen, the replies show the current settings.
func (a *Adapter) saveSettings(ctx context.Context, i interaction, arrived time.Time) reply.Reply {
	lang, daily := i.Data.Components.Language(), i.Data.Components.Daily()
	run := func(command, text string) reply.Reply {
		req := a.request(i, bot.Slash)
		req.Command, req.Text = command, text
		return a.dispatcher.Handle(ctx, req, arrived)
	}
	switch {
	case daily == "" && lang != "":
		return run(bot.LangCommand, lang)
	case daily != "" && lang == "":
		return run(bot.DailyCommand, daily)
	}
	first := run(bot.LangCommand, lang)
	both := run(bot.DailyCommand, daily) // in the language just chosen; its buttons are kept
	both.Blocks = slices.Concat(first.Blocks, both.Blocks)
	return both
}
