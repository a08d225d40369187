package form

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/study"
)

// reviewID is the prefix of the custom ID of [Review]. The rest of the custom ID is the ID of the
// button that opened the modal, without the ID's version.
const reviewID = "1:reviews:"

// actionVersion is the prefix of button IDs.
const actionVersion = "1:"

// Review returns the modal for setting up reviews.
func Review(f study.Form) Modal {
	m := Modal{CustomID: reviewID + strings.TrimPrefix(f.Button, actionVersion), Title: f.Title}
	for i, field := range f.Fields {
		menu := selectMenu{Type: discordgo.SelectMenuComponent, CustomID: field.ID, Placeholder: field.Label, MaxValues: 1}
		for _, c := range field.Choices {
			menu.Options = append(menu.Options, option{c.Label, c.Value, c.Chosen})
		}
		if field.Many {
			menu.MaxValues = len(menu.Options)
		}
		l := labelled(field.Label, menu)
		if i == 0 {
			l.Description = f.Note
		}
		m.Components = append(m.Components, l)
	}
	return m
}

// ReviewButton returns the ID of the button to press after a [Review] is submitted, or "" if there
// is none. ok is false if customID is not the custom ID of a Review.
func ReviewButton(customID string) (button string, ok bool) {
	if button, ok = strings.CutPrefix(customID, reviewID); button != "" && ok {
		button = actionVersion + button
	}
	return button, ok
}

// Chosen returns what was chosen in a select menu.
func (s Submitted) Chosen(id string) []string { return s.input(id).Values }
