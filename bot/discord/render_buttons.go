package discord

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// buttons are the choices of a reply. A button's custom ID is the choice's own: it
// is all that is needed to answer.
func buttons(choices []bot.Button) []discordgo.MessageComponent {
	var list []discordgo.MessageComponent
	seen := make(map[string]bool)
	for _, c := range choices {
		if seen[c.ID] || platform.UTF16(c.ID) > maxCustomID {
			continue // Discord refuses a message for it
		}
		seen[c.ID] = true
		style := discordgo.SecondaryButton
		if c.Primary {
			style = discordgo.PrimaryButton
		}
		list = append(list, discordgo.Button{
			Style: style, CustomID: c.ID, Label: platform.Shorten(c.Label, maxLabel, platform.UTF16),
		})
	}
	return list
}

// rows sets buttons in rows. Links come last, and stay where there are too many.
func rows(list []discordgo.MessageComponent) []discordgo.MessageComponent {
	if extra := len(list) - maxRows*maxPerRow; extra > 0 {
		end := len(list) - extra
		list = append(list[:end-1:end-1], list[len(list)-1])
	}
	set := []discordgo.MessageComponent{}
	for len(list) > 0 {
		n := min(len(list), maxPerRow)
		set = append(set, discordgo.ActionsRow{Components: list[:n]})
		list = list[n:]
	}
	return set
}
