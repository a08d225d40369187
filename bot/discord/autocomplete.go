package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// A completion is what can be picked while typing.
type completion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// completions answers what a person has typed so far. The list is there also where
// it is empty.
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

// focused returns what stands in the option that is being typed in.
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
