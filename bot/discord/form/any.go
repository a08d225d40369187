package form

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// Discord's limits for modals, in characters
// (https://docs.discord.com/developers/components/reference#label,
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
const (
	maxTitle       = 45
	maxLabel       = 45
	maxDescription = 100
)

// A pickMenu is a select menu of roles or channels in a modal
// (https://docs.discord.com/developers/components/reference#role-select).
type pickMenu struct {
	Type      discordgo.ComponentType            `json:"type"`
	CustomID  string                             `json:"custom_id"`
	MinValues int                                `json:"min_values"`
	MaxValues int                                `json:"max_values"`
	Required  bool                               `json:"required"`
	Types     []discordgo.ChannelType            `json:"channel_types,omitempty"`
	Defaults  []discordgo.SelectMenuDefaultValue `json:"default_values,omitempty"`
}

// roleLabel and roleHint are the label and the hint of the field for a group, and optional is
// appended to the labels of optional fields.
var (
	optional  = glossary.Text{EN: " (optional)", JA: "(任意)"}
	roleLabel = glossary.Text{EN: "Role of the reviewers", JA: "レビュー担当のロール"}
	roleHint  = glossary.Text{EN: "If you don't choose a role, everyone who can manage the server reviews proposals.", JA: "選択しない場合は、サーバー管理の権限を持つ人がレビューします。"}
)

// Any returns a form as a modal. The modal's custom ID is the form's ID. On Discord, the reviewers
// are the members of a role, so Any leaves out fields for people. A field's problem is shown below
// its label.
func Any(f reply.Form) Modal {
	short := func(s string, limit int) string { return platform.Shorten(s, limit, platform.UTF16) }
	m := Modal{CustomID: f.ID, Title: short(f.Title, maxTitle)}
	for _, field := range f.Fields {
		if field.Kind == reply.People {
			continue
		}
		if field.Kind == reply.Group {
			field.Label, field.Hint = roleLabel.In(f.Lang), roleHint.In(f.Lang)
		}
		if !field.Required && field.Kind != reply.Choice { // a choice always has a value
			field.Label += optional.In(f.Lang)
		}
		l := labelled(short(field.Label, maxLabel), element(field))
		l.Description = short(field.Hint, maxDescription)
		if field.Problem != "" {
			l.Description = short("⚠️ "+field.Problem, maxDescription)
		}
		m.Components = append(m.Components, l)
	}
	return m
}

// element returns the input component for a field.
func element(f reply.Field) any {
	first, minimum := "", 0
	if len(f.Value) > 0 {
		first = f.Value[0]
	}
	if f.Required {
		minimum = 1
	}
	pick := func(kind discordgo.ComponentType, of discordgo.SelectMenuDefaultValueType, types ...discordgo.ChannelType) pickMenu {
		menu := pickMenu{Type: kind, CustomID: f.ID, MinValues: minimum, MaxValues: 1, Required: f.Required, Types: types}
		if first != "" {
			menu.Defaults = []discordgo.SelectMenuDefaultValue{{ID: first, Type: of}}
		}
		return menu
	}
	switch f.Kind {
	case reply.Group:
		return pick(discordgo.RoleSelectMenuComponent, discordgo.SelectMenuDefaultValueRole)
	case reply.Channel:
		return pick(discordgo.ChannelSelectMenuComponent, discordgo.SelectMenuDefaultValueChannel, discordgo.ChannelTypeGuildText)
	case reply.Choice:
		menu := selectMenu{Type: discordgo.SelectMenuComponent, CustomID: f.ID, Placeholder: f.Label, MaxValues: 1}
		for _, c := range f.Choices {
			menu.Options = append(menu.Options, option{Label: c.Label, Value: c.ID, Default: c.ID == first})
		}
		return menu
	}
	in := textInput{Type: discordgo.TextInputComponent, CustomID: f.ID, Style: discordgo.TextInputShort, Required: f.Required, MaxLength: min(max(f.Max, 1), maxPaste), Value: platform.Shorten(first, f.Max, platform.UTF16)}
	if f.Kind == reply.Lines {
		in.Style = discordgo.TextInputParagraph
	}
	return in
}

// Values returns what was entered in a modal, keyed by the custom IDs of its inputs.
func (s Submitted) Values() map[string][]string {
	values := make(map[string][]string)
	for _, row := range s {
		for _, in := range append(row.Components, row.Component) {
			entered := in.Values
			if in.Value != "" {
				entered = append(entered, in.Value)
			}
			if in.CustomID != "" {
				values[in.CustomID] = entered
			}
		}
	}
	return values
}
