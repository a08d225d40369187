package discord

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
)

// buttons returns the buttons of a reply as components. A button's ID is its custom ID,
// and all that the bot needs to handle a click.
func buttons(list []reply.Button) []discordgo.MessageComponent {
	var components []discordgo.MessageComponent
	seen := make(map[string]bool)
	for _, c := range list {
		if seen[c.ID] || platform.UTF16(c.ID) > maxCustomID {
			continue // Discord would reject the message
		}
		seen[c.ID] = true
		style := discordgo.SecondaryButton
		if c.Primary {
			style = discordgo.PrimaryButton
		}
		components = append(components, discordgo.Button{
			Style: style, CustomID: c.ID, Label: platform.Shorten(c.Label, maxLabel, platform.UTF16),
		})
	}
	return components
}

// rows arranges buttons in rows. If there are too many, it drops some before the last
// one, which may be a link.
func rows(list []discordgo.MessageComponent) []discordgo.MessageComponent {
	if extra := len(list) - maxRows*maxPerRow; extra > 0 {
		end := len(list) - extra
		list = append(list[:end-1:end-1], list[len(list)-1])
	}
	rows := []discordgo.MessageComponent{}
	for len(list) > 0 {
		n := min(len(list), maxPerRow)
		rows = append(rows, discordgo.ActionsRow{Components: list[:n]})
		list = list[n:]
	}
	return rows
}
