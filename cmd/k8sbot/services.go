package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"k8sbot/bot"
	"k8sbot/bot/discord"
	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack"
	"k8sbot/bot/store"
	"k8sbot/bot/store/tenants"
	"k8sbot/cmd/k8sbot/slackapp"
)

// A service runs one platform.
type service struct {
	platform bot.Platform
	poster   bot.Poster // nil if the platform cannot post
	// run answers events until its context ends. It returns an error if the platform cannot
	// work with this configuration.
	run func(context.Context) error
	// shutdown waits until the events that arrived over HTTP have been answered.
	shutdown func(context.Context) error
	pattern  string // for the platform's HTTP requests; "" if it sends none
	handler  http.Handler
	slackbot *mcp.Slackbot // nil if Slackbot cannot sign its requests
}

// newServices returns a service for each configured platform.
func newServices(cfg *config, log *slog.Logger, b *bot.Bot, db *store.DB, metrics *platform.Metrics, owner string) ([]service, error) {
	var services []service
	if cfg.slack.Enabled() {
		s, err := newSlack(cfg, log.With("platform", slack.Platform), b, db, metrics, owner)
		if err != nil {
			return nil, err
		}
		services = append(services, s)
	}
	if cfg.discord.Enabled() {
		s, err := newDiscord(cfg, log.With("platform", discord.Platform), b, db, metrics, owner)
		if err != nil {
			return nil, err
		}
		services = append(services, s)
	}
	return services, nil
}

func newSlack(cfg *config, log *slog.Logger, b *bot.Bot, db *store.DB, metrics *platform.Metrics, owner string) (service, error) {
	app, err := cfg.slack.New(slackapp.Options{
		Bot: b, Store: db, Tenants: tenants.New(db), Owner: owner, Metrics: metrics, Log: log, AdminsOnly: cfg.adminsOnly,
	})
	if err != nil {
		return service{}, err
	}
	return service{
		platform: slack.Platform, poster: app.Adapter, run: app.Run, shutdown: app.Shutdown,
		pattern: app.Pattern, handler: app.Handler, slackbot: app.Slackbot,
	}, nil
}

func newDiscord(cfg *config, log *slog.Logger, b *bot.Bot, db *store.DB, metrics *platform.Metrics, owner string) (service, error) {
	app, err := discord.New(discord.Options{
		Bot: b, Store: db, Leases: db, Departures: tenants.New(db), Owner: owner, Metrics: metrics, Log: log,
		BotToken: cfg.discord.BotToken, ApplicationID: cfg.discord.ApplicationID, PublicKey: cfg.discord.PublicKey,
		APIURL: cfg.discord.APIURL, Shards: cfg.discord.Shards, AdminsOnly: cfg.adminsOnly,
	})
	if err != nil {
		return service{}, err
	}
	s := service{platform: discord.Platform, run: app.Run, shutdown: app.Shutdown}
	if cfg.discord.BotToken != "" { // posting needs a token
		s.poster = app
	}
	if cfg.discord.PublicKey != "" {
		s.pattern, s.handler = "/discord/", app.Handler()
	}
	return s, nil
}

// runServices runs the platforms until ctx is done. If one fails permanently, the others
// continue. When all have ended, it returns their errors.
func runServices(ctx context.Context, log *slog.Logger, services []service) error {
	type end struct {
		platform bot.Platform
		err      error
	}
	ended := make(chan end, len(services))
	for _, s := range services {
		go func() { ended <- end{s.platform, s.run(ctx)} }()
	}
	var errs error
	for left := len(services) - 1; left >= 0; left-- {
		e := <-ended
		if e.err == nil {
			continue
		}
		errs = errors.Join(errs, e.err)
		if left > 0 && ctx.Err() == nil {
			log.Error("platform failed permanently, other platforms continue", "platform", e.platform, "error", e.err)
		}
	}
	return errs
}

func platformNames(services []service) []string {
	var names []string
	for _, s := range services {
		names = append(names, string(s.platform))
	}
	return names
}
