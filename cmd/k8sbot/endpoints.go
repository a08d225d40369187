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

// An endpoint serves the glossary to agents or browsers over HTTP. No endpoint is enabled by
// default.
type endpoint struct {
	pattern string
	handler http.Handler
}

// hasEndpoint reports whether at least one endpoint is enabled.
func (cfg *config) hasEndpoint() bool { return cfg.mcpHTTP || cfg.page }

// newEndpoints returns the enabled endpoints.
func newEndpoints(cfg *config, log *slog.Logger, b *bot.Bot, g *glossary.Glossary, metrics *platform.Metrics, services []service) ([]endpoint, error) {
	var endpoints []endpoint
	if cfg.mcpHTTP {
		o := mcp.Options{
			Bot: b, Glossary: g, Metrics: metrics, Log: log.With("platform", mcp.Platform), Version: programVersion(), Lang: cfg.lang, Token: cfg.mcpToken,
		}
		for _, s := range services {
			if s.slackbot != nil {
				o.Slackbot = s.slackbot
			}
		}
		endpoints = append(endpoints, endpoint{"/mcp", mcp.New(o).Handler()})
	}
	if cfg.page {
		handler, err := page.Handler(g)
		if err != nil {
			return nil, err
		}
		endpoints = append(endpoints, endpoint{"GET /{$}", handler})
	}
	return endpoints, nil
}
