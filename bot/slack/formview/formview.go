// Package formview renders the bot's forms as Slack modals
// (https://docs.slack.dev/surfaces/modals).
package formview

import (
	"slices"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/study"
)

// CallbackID is the callback ID of the modals that [View] returns. Their private metadata is the
// form's ID.
const CallbackID = "form"

// maxInput is the maximum number of characters in a text input
// (https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
const maxInput = 3000

// maxLabel and maxHint are the maximum lengths of a label and a hint
// (https://docs.slack.dev/reference/block-kit/blocks/input-block).
const (
	maxLabel = 2000
	maxHint  = 2000
)

// View returns a form as a modal. close is the label of the button that closes the modal.
func View(f reply.Form, close string) slack.ModalViewRequest {
	var blocks []slack.Block
	if f.Note != "" {
		blocks = append(blocks, slack.NewContextBlock("", blockkit.PlainText(f.Note)))
	}
	for _, field := range f.Fields {
		if field.Problem != "" {
			blocks = append(blocks, slack.NewContextBlock("", blockkit.PlainText("⚠️ "+field.Label+": "+field.Problem)))
		}
		b := slack.NewInputBlock(field.ID, blockkit.PlainText(platform.Shorten(field.Label, maxLabel, platform.Runes)), nil, element(field)).WithOptional(!field.Required)
		if field.Hint != "" {
			b.Hint = blockkit.PlainText(platform.Shorten(field.Hint, maxHint, platform.Runes))
		}
		blocks = append(blocks, b)
	}
	short := func(s string) *slack.TextBlockObject {
		return blockkit.PlainText(platform.Shorten(s, blockkit.MaxViewTitle, platform.Runes))
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: CallbackID, PrivateMetadata: f.ID, Title: short(f.Title), Submit: short(f.Save), Close: short(close),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// Choices returns a form for review settings as a modal. Its private metadata is the ID of the
// button that the form was opened for. close is the label of the button that closes the modal.
func Choices(f study.Form, callbackID, close string) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, field := range f.Fields {
		var options, chosen []*slack.OptionBlockObject
		for _, c := range field.Choices {
			o := slack.NewOptionBlockObject(c.Value, blockkit.PlainText(c.Label), nil)
			if options = append(options, o); c.Chosen {
				chosen = append(chosen, o)
			}
		}
		var e slack.BlockElement
		if field.Many {
			many := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, field.ID, options...)
			many.InitialOptions = chosen
			e = many
		} else {
			one := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, field.ID, options...)
			if len(chosen) > 0 {
				one.InitialOption = chosen[0]
			}
			e = one
		}
		blocks = append(blocks, slack.NewInputBlock(field.ID, blockkit.PlainText(field.Label), nil, e).WithOptional(true))
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callbackID, PrivateMetadata: f.Button,
		Title: blockkit.PlainText(f.Title), Submit: blockkit.PlainText(f.Save), Close: blockkit.PlainText(close),
		Blocks: slack.Blocks{BlockSet: append(blocks, slack.NewContextBlock("", blockkit.PlainText(f.Note)))},
	}
}

// element returns the input element for a field.
func element(f reply.Field) slack.BlockElement {
	first := ""
	if len(f.Value) > 0 {
		first = f.Value[0]
	}
	switch f.Kind {
	case reply.People:
		e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, nil, f.ID)
		e.InitialUsers = f.Value
		return e
	case reply.Channel:
		e := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, f.ID)
		e.InitialConversation, e.Filter = first, &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeBotUsers: true}
		return e
	case reply.Choice:
		var options []*slack.OptionBlockObject
		e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, f.ID)
		for _, c := range f.Choices {
			o := slack.NewOptionBlockObject(c.ID, blockkit.PlainText(c.Label), nil)
			if options = append(options, o); c.ID == first {
				e.InitialOption = o
			}
		}
		e.Options = options
		return e
	}
	e := slack.NewPlainTextInputBlockElement(nil, f.ID)
	e.Multiline, e.MaxLength, e.InitialValue = f.Kind == reply.Lines, min(max(f.Max, 1), maxInput), platform.Shorten(first, f.Max, platform.Runes)
	return e
}

// Errors returns the response that shows a submitted form's problems next to its fields
// (https://docs.slack.dev/surfaces/modals#displaying_errors).
func Errors(f reply.Form) *slack.ViewSubmissionResponse {
	errors := make(map[string]string)
	for _, field := range f.Fields {
		if field.Problem != "" {
			errors[field.ID] = field.Problem
		}
	}
	return slack.NewErrorsViewSubmissionResponse(errors)
}

// A State is what was entered in a view's inputs, by block ID and action ID
// (https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload).
type State map[string]map[string]Value

// A Value is what was entered in an input.
type Value struct {
	Value           string   `json:"value"`
	Option          Option   `json:"selected_option"`
	SelectedOptions []Option `json:"selected_options"`
	Conversation    string   `json:"selected_conversation"`
	Users           []string `json:"selected_users"`
}

// An Option is what was chosen in a select menu.
type Option struct {
	Value string `json:"value"`
}

// Entered returns what was entered in a form, by field ID.
func (s State) Entered() map[string][]string {
	values := make(map[string][]string, len(s))
	for id := range s {
		in := s[id][id]
		entered := slices.Clone(in.Users)
		for _, v := range []string{in.Value, in.Option.Value, in.Conversation} {
			if v != "" {
				entered = append(entered, v)
			}
		}
		values[id] = entered
	}
	return values
}
