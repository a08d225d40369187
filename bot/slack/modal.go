package slack

import (
	"context"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/glossary"
)

// openModal opens a modal. Slack accepts the modal only within three seconds of the interaction
// (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses), so only the
// user's locale is looked up before that.
func (a *session) openModal(ctx context.Context, triggerID, team, user string, build func(glossary.Lang) slack.ModalViewRequest) error {
	req := a.request(ctx, bot.Home, triggerID, team, user, "")
	return a.openView(ctx, triggerID, build(a.o.Bot.LocaleLang(req.Locales)))
}

// openView opens a view as a modal.
func (a *session) openView(ctx context.Context, triggerID string, v slack.ModalViewRequest) error {
	return a.showView(triggerID, "views.open", v, func(v slack.ModalViewRequest) error {
		_, err := a.api.OpenViewContext(ctx, triggerID, v)
		return err
	})
}

func modal(l glossary.Lang, callbackID string, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callbackID, Title: blockkit.PlainText(labels.modalTitle.In(l)), Close: blockkit.PlainText(labels.close.In(l)),
		Blocks: slack.Blocks{BlockSet: blocks[:min(len(blocks), blockkit.MaxViewBlocks)]},
	}
}

// updateView shows another view in an open modal, even if the modal has changed since the
// interaction.
func (a *session) updateView(ctx context.Context, request, id string, v slack.ModalViewRequest) {
	_ = a.showView(request, "views.update", v, func(v slack.ModalViewRequest) error { // showView reports the error
		_, err := a.api.UpdateViewContext(ctx, v, "", "", id)
		return err
	})
}
