package slack

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/formview"
	"k8sbot/glossary"
)

// Callback IDs of modals.
const (
	lookupModal = "lookup"
	answerModal = "answer" // its private metadata is the share button's ID and payload, separated by a space
)

// Block IDs. Each is also the action ID of the block's only element.
const (
	questionID = "question"
	shareID    = "share"
)

// lookupView returns the modal of the global shortcut: the select menu of terms, and an input
// that accepts anything that users can type elsewhere.
func lookupView(l glossary.Lang) slack.ModalViewRequest {
	input := slack.NewPlainTextInputBlockElement(nil, questionID)
	input.Multiline, input.MaxLength = true, blockkit.MaxText
	m := modal(l, lookupModal,
		slack.NewInputBlock(lookupID, blockkit.PlainText(labels.search.In(l)), nil, lookupSelect(l)).WithOptional(true),
		slack.NewInputBlock(questionID, blockkit.PlainText(labels.question.In(l)), nil, input).WithOptional(true))
	m.Submit = blockkit.PlainText(labels.lookUp.In(l))
	return m
}

// answerView returns the modal that shows a reply. A modal does not belong to a channel, so it
// has a select menu of conversations instead of the share button.
func answerView(r reply.Reply) slack.ModalViewRequest {
	share := ""
	r.Buttons = slices.Clone(r.Buttons)
	r.Buttons = slices.DeleteFunc(r.Buttons, func(b reply.Button) bool {
		if act, err := reply.ParseAction(b.ID); err != nil || !act.Shares() {
			return false
		}
		share = strings.TrimSpace(b.ID + " " + b.Payload)
		return true
	})
	m := modal(r.Lang, answerModal, slices.Insert(blockkit.Render(r).Blocks, 0, lookupRow(r.Lang))...)
	if share == "" {
		return m
	}
	in := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, shareID)
	in.DefaultToCurrentConversation, in.ResponseURLEnabled = true, true
	m.Blocks.BlockSet = append(m.Blocks.BlockSet, slack.NewInputBlock(shareID, blockkit.PlainText(labels.shareIn.In(r.Lang)), nil, in))
	m.Submit, m.PrivateMetadata = blockkit.PlainText(labels.share.In(r.Lang)), share
	return m
}

// onModalAction handles a button or a select menu of a modal, and shows the reply there.
func (a *session) onModalAction(ctx context.Context, i interaction, arrived time.Time) {
	act := i.Actions[0]
	req := a.request(ctx, bot.Shortcut, i.TriggerID, i.Team.ID, i.User.ID, "")
	if act.ActionID == lookupID {
		req.Command, req.Text = bot.TermCommand, act.SelectedOption.Value
	} else {
		req.Surface, req.Action = bot.ButtonClick, act.button()
	}
	if f, ok := a.o.Bot.Form(ctx, req); ok {
		a.updateView(ctx, req.ID, i.View.ID, a.teamForm(f))
		return
	}
	a.updateView(ctx, req.ID, i.View.ID, answerView(a.handle(ctx, req, arrived)))
}

// A response is what Slack waits for after an interaction: the answer, and what to do if it is
// late or cannot be delivered.
type response struct {
	job      *platform.Job
	fallback []byte                        // the answer if the job is late
	after    func(context.Context, []byte) // delivers the answer later; nil if that is impossible
}

// submitInteraction submits an interaction to the dispatcher. Slack must be waiting for the
// answer: see [interaction.awaited].
func (a *Adapter) submitInteraction(id string, i interaction) (response, error) {
	arrived, ref := time.Now(), i.ref()
	i.Team.ID = a.tenantOf(i.Team.ID, ref)
	if i.Type == "block_suggestion" {
		job, err := a.dispatcher.Submit(i.Team.ID, "suggestion", id, func(ctx context.Context) []byte {
			s, err := a.enter(ctx, ref)
			if err != nil {
				return noOptions
			}
			return s.suggest(ctx, i)
		})
		return response{job: job, fallback: noOptions}, err
	}
	var shown slack.ModalViewRequest
	var s *session
	job, err := a.dispatcher.Submit(i.Team.ID, "modal", id, func(ctx context.Context) []byte {
		var err error
		if s, err = a.enter(ctx, ref); err != nil {
			return a.encodeView(a.refusalView(err))
		}
		if i.View.CallbackID == formview.CallbackID {
			var mistakes []byte
			if shown, mistakes = s.sendTeamForm(ctx, i, arrived); mistakes != nil {
				return mistakes
			}
			return a.encodeView(shown)
		}
		shown = s.onSubmission(ctx, i, arrived)
		return a.encodeView(shown)
	})
	l := a.o.Bot.LocaleLang(nil)
	waiting := modal(l, answerModal, slack.NewContextBlock("", blockkit.PlainText(labels.working.In(l))))
	return response{job: job, fallback: a.encodeView(waiting), after: func(ctx context.Context, _ []byte) {
		if s != nil {
			s.updateView(ctx, i.TriggerID, i.View.ID, shown)
		}
	}}, err
}

// encodeView returns the response that replaces a submitted view with v.
func (a *Adapter) encodeView(v slack.ModalViewRequest) []byte {
	data, err := json.Marshal(slack.NewUpdateViewSubmissionResponse(&v))
	if err != nil {
		a.o.Log.Error("cannot encode view", "error", err)
		return nil
	}
	return data
}

// onSubmission handles the submission of a modal and returns the modal to show next.
func (a *session) onSubmission(ctx context.Context, i interaction, arrived time.Time) slack.ModalViewRequest {
	req := a.request(ctx, bot.Shortcut, i.TriggerID, i.Team.ID, i.User.ID, "")
	switch i.View.CallbackID {
	case answerModal:
		return a.shareFromModal(ctx, i, req, arrived)
	case settingsID:
		return a.onSettings(ctx, i, arrived)
	case reviewForm:
		return a.saveReviewForm(ctx, i, arrived)
	}
	req.Text = strings.TrimSpace(i.View.value(questionID).Value)
	if req.Text == "" {
		req.Command, req.Text = bot.TermCommand, i.View.value(lookupID).Option.Value
	}
	return answerView(a.handle(ctx, req, arrived))
}

// shareFromModal posts the answer shown in a modal to the conversation that was chosen there. The
// returned modal has no button for sharing the answer again.
func (a *session) shareFromModal(ctx context.Context, i interaction, req bot.Request, arrived time.Time) slack.ModalViewRequest {
	var to responseURL
	if len(i.ResponseURLs) > 0 {
		to = i.ResponseURLs[0]
	}
	req.Surface, req.FromEphemeral, req.Channel = bot.ButtonClick, true, to.ChannelID
	req.Action, req.Payload, _ = strings.Cut(i.View.PrivateMetadata, " ")
	req.UserName = i.User.Name
	r := a.handle(ctx, req, arrived)
	if r.Original == nil {
		return answerView(r)
	}
	return answerView(originalOf(r, a.send(ctx, req.ID, to.ResponseURL, blockkit.Render(r))))
}
