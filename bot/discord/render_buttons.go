package discord

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
)

// controls returns a reply's buttons and menu as rows of components. The ID of a button becomes its
// custom ID, or the value of its option in the menu. The bot needs nothing more to handle a click.
func controls(r reply.Reply) []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	list := buttons(r.Buttons)
	for len(list) > 0 && len(rows) < maxRows {
		n := min(len(list), maxPerRow)
		rows = append(rows, discordgo.ActionsRow{Components: list[:n]})
		list = list[n:]
	}
	if m := menu(r.Menu); len(m.Options) > 0 && len(rows) < maxRows {
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{m}})
	}
	return rows
}

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

// menuID is the custom ID of menus.
const menuID = "menu"

// menu returns m as a select menu, which has no options if m has none.
func menu(m reply.Menu) discordgo.SelectMenu {
	choices := discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: menuID, Placeholder: platform.Shorten(m.Label, maxPlaceholder, platform.UTF16),
	}
	seen := make(map[string]bool)
	for _, o := range m.Options {
		if seen[o.ID] || platform.UTF16(o.ID) > maxCustomID || len(choices.Options) == reply.MaxOptions {
			continue // Discord would reject the message
		}
		seen[o.ID] = true
		choices.Options = append(choices.Options, discordgo.SelectMenuOption{Label: platform.Shorten(o.Label, maxOption, platform.UTF16), Value: o.ID})
	}
	return choices
}
