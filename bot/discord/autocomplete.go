package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// A completion is a suggestion shown while a user types, which Discord calls a choice
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete).
type completion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// completions returns suggestions for what a user has typed so far. The list may be empty, but
// it is never null, because Discord requires a list.
func (a *Adapter) completions(ctx context.Context, i interaction) response {
	choices := []completion{}
	if text, ok := focused(i.Data.Options); ok {
		req := a.request(i, bot.Slash)
		req.Text = text
		for _, c := range a.o.Bot.Complete(ctx, req, maxChoices) {
			if platform.UTF16(c.Value) <= maxChoiceValue {
				choices = append(choices, completion{platform.Shorten(c.Label, maxChoiceName, platform.UTF16), c.Value})
			}
		}
	}
	return response{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices}}
}

// focused returns the text of the option in which the user is typing. It returns false if
// there is none.
func focused(options []option) (string, bool) {
	for _, o := range options {
		if o.Focused {
			text, _ := o.Value.(string)
			return text, true
		}
		if text, ok := focused(o.Options); ok {
			return text, true
		}
	}
	return "", false
}
