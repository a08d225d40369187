package slack

import (
	"context"
	"encoding/json"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/glossary"
)

// lookupID is the action ID and the block ID of the select that offers terms while a user
// types.
const lookupID = "lookup"

// lookupSelect returns that select. Slack asks for its options as soon as it is opened
// (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select).
func lookupSelect(l glossary.Lang) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, blockkit.PlainText(labels.pick.In(l)), lookupID)
	e.MinQueryLength = new(int)
	return e
}

// lookupRow returns the select as a row of its own.
func lookupRow(l glossary.Lang, more ...slack.BlockElement) slack.Block {
	return slack.NewActionBlock(lookupID, append([]slack.BlockElement{lookupSelect(l)}, more...)...)
}

// options are the answer to a block_suggestion
// (https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload).
type options struct {
	Options []*slack.OptionBlockObject `json:"options"` // never null
}

// noOptions is the answer if the options are late.
var noOptions = json.RawMessage(`{"options":[]}`)

// suggest returns the options for what a user has typed in the select so far, as JSON: the
// first completions, as many as on other platforms.
func (a *session) suggest(ctx context.Context, i interaction) []byte {
	req := a.request(ctx, bot.Slash, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
	req.Text = i.Value
	found := options{Options: []*slack.OptionBlockObject{}}
	for _, c := range a.o.Bot.Complete(ctx, req, reply.MaxOptions) {
		if platform.Runes(c.Value) <= blockkit.MaxOptionValue {
			label := blockkit.PlainText(platform.Shorten(c.Label, blockkit.MaxOption, platform.Runes))
			found.Options = append(found.Options, slack.NewOptionBlockObject(c.Value, label, nil))
		}
	}
	data, err := json.Marshal(found)
	if err != nil {
		a.o.Log.Error("cannot encode options", "error", err)
		return noOptions
	}
	return data
}

// lookup answers what was picked in the select of a message. The answer replaces the message
// if only the user sees it.
func (a *session) lookup(ctx context.Context, i interaction, handle func(bot.Request) reply.Reply) {
	req := a.request(ctx, bot.Slash, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
	req.Command, req.Text, req.Thread = bot.TermCommand, i.Actions[0].SelectedOption.Value, i.Container.ThreadTS
	m := blockkit.Render(handle(req))
	m.ReplaceOriginal, m.ThreadTS = i.Container.IsEphemeral, i.Container.ThreadTS
	a.send(ctx, req.ID, i.ResponseURL, m)
}
