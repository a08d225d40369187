package discord

import (
	"encoding/json"
)

// onEvent answers what the gateway dispatches
// (https://docs.discord.com/developers/events/gateway-events).
func (a *Adapter) onEvent(kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		ready, err := decode[struct {
			User        user `json:"user"`
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
		}](data)
		if err != nil {
			a.o.Log.Error("discord's greeting cannot be read", "error", err)
			return
		}
		a.self.Store(&ready.User.ID)
		select {
		case a.application <- ready.Application.ID:
		default: // it is known
		}
	case "GUILD_CREATE", "GUILD_UPDATE":
		a.onGuild(data)
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		m, err := decode[chatMessage](data)
		if err != nil {
			a.o.Log.Warn("a message cannot be read", "error", err)
			return
		}
		if self := a.self.Load(); self != nil {
			a.onMessage(m, *self, kind == "MESSAGE_UPDATE")
		}
	case "INTERACTION_CREATE":
		i, err := readInteraction(data)
		if err != nil {
			a.o.Log.Warn("an interaction cannot be read", "error", err)
			return
		}
		a.onInteraction(i)
	}
}
