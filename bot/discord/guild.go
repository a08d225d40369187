package discord

import (
	"encoding/json"

	"k8sbot/glossary"
)

// localesOf returns the locale of a server, as a list of at most one element.
func (a *Adapter) localesOf(guild string) []string {
	if l, ok := a.guilds.Load(guild); ok {
		return []string{l.(string)}
	}
	return nil
}

// onGuild remembers the locale of a server if it is one that the bot speaks. en-US is
// ignored because it is Discord's default and says nothing about the server
// (https://docs.discord.com/developers/resources/guild#guild-object).
func (a *Adapter) onGuild(data json.RawMessage) {
	g, err := decode[struct {
		ID     string `json:"id"`
		Locale string `json:"preferred_locale"`
	}](data)
	if err != nil || g.ID == "" {
		return
	}
	if _, known := glossary.LangOfLocale(g.Locale); known && g.Locale != "en-US" {
		a.guilds.Store(g.ID, g.Locale)
		return
	}
	a.guilds.Delete(g.ID)
}
