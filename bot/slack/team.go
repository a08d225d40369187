package slack

import (
	"context"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/formview"
	"k8sbot/bot/slack/mrkdwn"
)

// teamModal is the callback ID of the modal that shows the result of a form.
const teamModal = "team"

// teamForm returns a form about the team's terms as a modal.
func (a *session) teamForm(f reply.Form) slack.ModalViewRequest {
	return formview.View(f, labels.close.In(f.Lang))
}

// openTeamForm opens a form about the team's terms and reports whether that succeeded.
func (a *session) openTeamForm(ctx context.Context, req bot.Request, f reply.Form) bool {
	return a.openView(ctx, req.ID, a.teamForm(f)) == nil
}

// saveMessage opens the form for a team term, filled in with a message's text.
func (a *session) saveMessage(ctx context.Context, i interaction, arrived time.Time) {
	req := a.request(ctx, bot.Shortcut, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
	req.Text = mrkdwn.Plain(i.Message.fullText())
	if f, ok := a.o.Bot.FormOf(req); ok && a.openTeamForm(ctx, req, f) {
		return
	}
	req.Surface, req.Text, req.Action = bot.ButtonClick, "", reply.NewButton("", reply.TeamAdd).ID
	m := blockkit.Render(a.handle(ctx, req, arrived))
	m.ThreadTS = i.Message.ThreadTS
	a.send(ctx, req.ID, i.ResponseURL, m)
}

// sendTeamForm handles what was entered in a form about the team's terms. It returns the view
// that replaces the form. If the input is invalid, it also returns the response that shows the
// problems in the form.
func (a *session) sendTeamForm(ctx context.Context, i interaction, arrived time.Time) (slack.ModalViewRequest, []byte) {
	req := a.request(ctx, bot.ButtonClick, i.TriggerID, i.Team.ID, i.User.ID, "")
	req.Action, req.Fields, req.UserName = i.View.PrivateMetadata, i.View.State.Values.Entered(), i.User.Name
	r := a.handle(ctx, req, arrived)
	if r.Form == nil {
		return modal(r.Lang, teamModal, blockkit.Render(r).Blocks...), nil
	}
	data, err := json.Marshal(formview.Errors(*r.Form))
	if err != nil {
		a.o.Log.Error("cannot encode form errors", "error", err)
	}
	return a.teamForm(*r.Form), data
}
