package main

import (
	"log/slog"
	"net/http"

	"k8sbot/bot"
	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
	"k8sbot/glossary/page"
)

// A door is a way to the glossary on the listener, for others than the platforms. None is
// open by default.
type door struct {
	pattern string
	handler http.Handler
}

// hasDoor reports whether at least one door is open.
func (cfg *config) hasDoor() bool { return cfg.mcpHTTP || cfg.page }

// newDoors returns the doors that are open.
func newDoors(cfg *config, log *slog.Logger, b *bot.Bot, g *glossary.Glossary, metrics *platform.Metrics, services []service) ([]door, error) {
	var doors []door
	if cfg.mcpHTTP {
		o := mcp.Options{
			Bot: b, Glossary: g, Metrics: metrics, Log: log.With("platform", mcp.Platform), Version: programVersion(), Lang: cfg.lang, Token: cfg.mcpToken,
		}
		for _, s := range services {
			if s.slackbot != nil {
				o.Slackbot = s.slackbot
			}
		}
		doors = append(doors, door{"/mcp", mcp.New(o).Handler()})
	}
	if cfg.page {
		handler, err := page.Handler(g)
		if err != nil {
			return nil, err
		}
		doors = append(doors, door{"GET /{$}", handler})
	}
	return doors, nil
}
