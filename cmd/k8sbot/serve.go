package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/courier"
	"k8sbot/bot/daily"
	"k8sbot/bot/digest"
	"k8sbot/bot/editor"
	"k8sbot/bot/platform"
	"k8sbot/bot/review"
	"k8sbot/bot/store"
	"k8sbot/bot/store/teams"
	"k8sbot/bot/store/tenants"
	"k8sbot/bot/study"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/web"
	"k8sbot/cmd/k8sbot/about"
	"k8sbot/cmd/k8sbot/system"
	"k8sbot/cmd/k8sbot/task"
)

func newServe(env *environment) *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Run the bot on Slack and Discord",
		Long: "Run the bot on every platform whose tokens are set.\n\n" + about.SettingsText() + "\n\n" + about.StoredText() + "\n\n" + about.DailyRules, Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runServe(c.Context(), env) },
	}
}

// errNoPlatform is returned if no platform is configured.
var errNoPlatform = errors.New("no platform is set up: set the tokens that k8sbot serve --help lists")

func runServe(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	if !cfg.hasPlatform() && !cfg.hasEndpoint() {
		return usageError{fmt.Errorf("%w, or run k8sbot without arguments to chat in this terminal", errNoPlatform)}
	}
	return serve(ctx, env, cfg)
}

// With these limits, the process ends within ten seconds of SIGTERM. By default, Kubernetes
// kills it after thirty
// (https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination).
const (
	serverGrace   = 5 * time.Second // for the listeners to finish requests
	platformGrace = 4 * time.Second // then, for the platforms to answer events
)

// serve runs the platforms that are configured until ctx is done or all of them have failed
// permanently.
func serve(ctx context.Context, env *environment, cfg *config) (err error) {
	log := cfg.logger(env.stderr)
	g, err := loadGlossary(cfg.glossaryDir, log)
	if err != nil {
		return err
	}
	dsn, err := databaseAddress(env, cfg)
	if err != nil {
		return err
	}
	db, err := store.Connect(ctx, dsn, store.Options{Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	reviewer := &review.Reviewer{Store: db.Learners()}
	terms := teams.New(db)
	overlays := overlay.NewCache(terms, log)
	picker, posters := &daily.Picker{Glossary: g, History: db, Forgetting: reviewer, Team: overlays.Terms}, new(bot.Posters)
	tutor := study.New(g, reviewer, log)
	tutor.Team = overlays.Find
	editing := editor.New(editor.Options{Store: terms, Terms: overlays, Poster: courier.Courier{Posters: posters}, Upstream: cfg.upstream, Log: log})
	b := bot.New(g, bot.Options{
		Overlays: overlays, Editor: editing,
		Store: db, Profiles: db, LastTerms: db, Schedules: db, Reviews: db, Picker: picker, Posters: posters, Log: log, Lang: cfg.lang, PageURL: cfg.publicURL,
		Tutor: tutor,
	})
	defer b.Wait()
	metrics, owner := platform.NewMetrics(), newOwner()
	services, err := newServices(cfg, log, b, db, metrics, owner)
	if err != nil {
		return usageError{err}
	}
	for _, s := range services {
		metrics.SetConnected(s.platform, false) // until the platform reports a connection
		if s.poster != nil {
			posters.Set(s.platform, s.poster)
		}
	}
	endpoints, err := newEndpoints(cfg, log, b, g, metrics, services)
	if err != nil {
		return err
	}
	servers, err := listen(cfg, log, metrics, services, endpoints)
	if err != nil {
		return err
	}
	log.Info("k8sbot started", "version", versionLine(), "replica", owner, "terms", g.Len(), "platforms", platformNames(services), "mcp", cfg.mcpHTTP, "page", cfg.page, "http", cfg.httpAddr,
		"metrics", cmp.Or(cfg.metricsListener(), "off (set METRICS_ADDR to enable)"))
	system.SetGC(env.lookup, system.GCWhileServing)
	go warm(b)

	worker := daily.New(daily.Options{
		Store: db, Picker: picker, Posters: posters, Replies: b, Owner: owner, Log: log, Observer: metrics, Prefer: cfg.prefer,
	})
	digests := digest.New(digest.Options{Reviewer: reviewer, Posters: posters, Replies: tutor, Log: log})
	tasks := []func(context.Context) error{
		worker.Run,
		digests.Run,
		overlays.Run,
		editing.Run,
		db.Wait,
		func(ctx context.Context) error {
			return task.Sweep(ctx, log, db.Sweep, terms.Sweep, func(ctx context.Context) error {
				removed, err := tenants.New(db).Sweep(ctx)
				for _, t := range removed {
					log.Info("tenant departed, data deleted", "platform", t.Platform, "tenant", t.ID)
				}
				return err
			})
		},
		func(ctx context.Context) error { return runServices(ctx, log, services) },
	}
	for _, s := range servers {
		tasks = append(tasks, func(ctx context.Context) error { return s.Serve(ctx, serverGrace) })
	}
	err = task.All(ctx, tasks)
	// The listeners are closed, so no more events arrive: finish the accepted ones.
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), platformGrace)
	defer cancel()
	for _, s := range services {
		err = errors.Join(err, s.shutdown(finishing))
	}
	return err
}

// newOwner returns a unique name for this replica.
func newOwner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%.60s-%s", host, rand.Text())
}

// listen opens the listener for health, readiness, metrics, the platforms' requests and the
// endpoints. If METRICS_ADDR names another address, metrics have their own listener.
func listen(cfg *config, log *slog.Logger, metrics *platform.Metrics, services []service, endpoints []endpoint) ([]*web.Server, error) {
	server, err := web.Listen(cfg.httpAddr, log)
	if err != nil {
		return nil, err
	}
	// The process is ready even if a platform is down, because the other platforms keep
	// running, and another replica would not reach it either. If all platforms fail
	// permanently, the process ends.
	server.Ready(func() (bool, string) {
		if connected, missing := metrics.Ready(); !connected {
			return true, fmt.Sprint("not connected: ", missing)
		}
		return true, ""
	})
	for _, s := range services {
		if s.pattern != "" {
			server.Handle(s.pattern, s.handler)
		}
	}
	for _, d := range endpoints {
		server.Handle(d.pattern, d.handler)
	}
	switch cfg.metricsListener() {
	case "":
		return []*web.Server{server}, nil
	case cfg.httpAddr:
		server.Handle("GET /metrics", metrics.Handler())
		return []*web.Server{server}, nil
	}
	metricsServer, err := web.Listen(cfg.metricsAddr, log)
	if err != nil {
		return nil, errors.Join(err, server.Close())
	}
	metricsServer.Handle("GET /metrics", metrics.Handler())
	return []*web.Server{server, metricsServer}, nil
}
