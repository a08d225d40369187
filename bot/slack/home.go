package slack

import (
	"context"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
)

// Action IDs on the Home tab, for the search box and for the button that returns to it.
const searchID, backID = "search", "back"

// publishHome shows the Home tab to a user who opens it: the search box and the help.
func (a *session) publishHome(ctx context.Context, id, team, user string) {
	req := a.request(ctx, bot.Home, id, team, user, "")
	req.Command = bot.HelpCommand
	a.publish(ctx, req, a.o.Bot.Handle(ctx, req))
}

// publish shows a reply on the Home tab.
func (a *session) publish(ctx context.Context, req bot.Request, r reply.Reply) {
	v := slack.ModalViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: a.home(ctx, req, r)}}
	_ = a.showView(req.ID, "views.publish", v, func(v slack.ModalViewRequest) error { // showView reports the error
		_, err := a.api.PublishViewContext(ctx, slack.PublishViewContextRequest{
			UserID: req.User, View: slack.HomeTabViewRequest{Type: v.Type, Blocks: v.Blocks},
		})
		return err
	})
}

// home returns the blocks of the Home tab: ways to search, buttons for the settings and for going
// back, a reply, and the language buttons.
func (a *session) home(ctx context.Context, req bot.Request, r reply.Reply) []slack.Block {
	box := slack.NewInputBlock("search", blockkit.PlainText(labels.search.In(r.Lang)), nil,
		slack.NewPlainTextInputBlockElement(blockkit.PlainText("CrashLoopBackOff"), searchID)).WithDispatchAction(true)
	back := slack.NewButtonBlockElement(backID, "", blockkit.PlainText(labels.back.In(r.Lang)))
	controls := []slack.BlockElement{slack.NewButtonBlockElement(settingsID, "", blockkit.PlainText(labels.settings.In(r.Lang))), back}
	if req.Command == bot.HelpCommand {
		controls = controls[:1]
	}
	req.Action, req.Command, req.Text = "", bot.LangCommand, ""
	settings := blockkit.RenderAs(a.o.Bot.Handle(ctx, req), "settings")
	blocks := append([]slack.Block{box, lookupRow(r.Lang, controls...)}, blockkit.Render(r).Blocks...)
	if r.Kind != reply.KindReview {
		req.Command = bot.ReviewCommand
		if hub := a.o.Bot.Handle(ctx, req); hub.Kind == reply.KindReview {
			blocks = append(append(blocks, slack.NewDividerBlock()), blockkit.RenderAs(hub, "reviews").Blocks...)
		}
	}
	blocks = append(append(blocks, slack.NewDividerBlock()), settings.Blocks...)
	return blockkit.OnePrimary(blocks[:min(len(blocks), blockkit.MaxViewBlocks)])
}
