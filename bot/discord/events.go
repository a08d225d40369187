package discord

import (
	"encoding/json"
)

// onEvent handles an event from the gateway
// (https://docs.discord.com/developers/events/gateway-events).
func (a *Adapter) onEvent(kind string, data json.RawMessage) {
	a.servers.OnEvent(kind, data)
	switch kind {
	case "READY":
		ready, err := decode[struct {
			User        user `json:"user"`
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
		}](data)
		if err != nil {
			a.o.Log.Error("cannot decode READY event", "error", err)
			return
		}
		a.self.Store(&ready.User.ID)
		select {
		case a.application <- ready.Application.ID:
		default: // a shard has already delivered it
		}
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		m, err := decode[chatMessage](data)
		if err != nil {
			a.o.Log.Warn("cannot decode message", "error", err)
			return
		}
		if self := a.self.Load(); self != nil {
			a.onMessage(m, *self, kind == "MESSAGE_UPDATE")
		}
	case "INTERACTION_CREATE":
		i, err := readInteraction(data)
		if err != nil {
			a.o.Log.Warn("cannot decode interaction", "error", err)
			return
		}
		a.onInteraction(i)
	}
}
