package discord

import (
	"encoding/json"

	"k8sbot/glossary"
)

// localesOf returns the language that a server's owner chose. The one that Discord
// sets for all others says nothing.
func (a *Adapter) localesOf(guild string) []string {
	if l, ok := a.guilds.Load(guild); ok {
		return []string{l.(string)}
	}
	return nil
}

// onGuild notes the language of a server
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
