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

// lookupID is the action ID and the block ID of the select menu that offers terms.
const lookupID = "lookup"

// lookupSelect returns the select menu of terms. Slack asks for the menu's options as soon as a
// user opens it
// (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select).
func lookupSelect(l glossary.Lang) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, blockkit.PlainText(labels.pick.In(l)), lookupID)
	e.MinQueryLength = new(int)
	return e
}

// lookupRow returns an actions block with the select menu of terms, followed by more.
func lookupRow(l glossary.Lang, more ...slack.BlockElement) slack.Block {
	return slack.NewActionBlock(lookupID, append([]slack.BlockElement{lookupSelect(l)}, more...)...)
}

// options is the response to a block_suggestion
// (https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload).
type options struct {
	Options []*slack.OptionBlockObject `json:"options"` // never null
}

// noOptions is the response if the options are not ready in time.
var noOptions = json.RawMessage(`{"options":[]}`)

// suggest returns the options for what a user has typed in the select menu so far, as JSON.
// There are at most [reply.MaxOptions], as on other platforms.
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

// lookup answers with the term that was chosen in the select menu of a message. The answer
// replaces an ephemeral message.
func (a *session) lookup(ctx context.Context, i interaction, handle func(bot.Request) reply.Reply) {
	req := a.request(ctx, bot.Slash, i.TriggerID, i.Team.ID, i.User.ID, i.Channel.ID)
	req.Command, req.Text, req.Thread = bot.TermCommand, i.Actions[0].SelectedOption.Value, i.Container.ThreadTS
	m := blockkit.Render(handle(req))
	m.ReplaceOriginal, m.ThreadTS = i.Container.IsEphemeral, i.Container.ThreadTS
	a.send(ctx, req.ID, i.ResponseURL, m)
}
