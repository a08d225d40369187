package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/platform"
	"k8sbot/bot/store"
	"k8sbot/bot/web"
)

func runServe(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if err := parseNoArgs(flags, args); err != nil {
		return err
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	if !cfg.served() {
		return usagef("no platform is set up: README.md tells which tokens to set; without any, type k8sbot for a chat in this terminal")
	}
	return serve(ctx, env, cfg)
}

// When it is told to stop, the process ends within ten seconds: the listeners
// finish the requests that they have, then the platforms what these brought.
// Kubernetes kills it after thirty.
const (
	grace       = 5 * time.Second
	finishGrace = 4 * time.Second
)

// sweepEvery is how often what is no longer kept is deleted.
const sweepEvery = time.Hour

// sweepTimeout is how long a sweep may take. The next one goes on where it was cut off.
const sweepTimeout = 5 * time.Minute

// serve runs the platforms that are set up until ctx ends or none of them works
// any more.
func serve(ctx context.Context, env *environment, cfg *config) (err error) {
	log := cfg.logger(env.stderr)
	g, err := loadGlossary(cfg.glossaryDir)
	if err != nil {
		return err
	}
	db, err := openStore(ctx, env, cfg, log, store.Connect)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	picker, posters := &daily.Picker{Glossary: g, History: db}, new(bot.Posters)
	b := bot.New(g, bot.Options{
		Store: db, Schedules: db, Reviews: db, Picker: picker, Posters: posters, Log: log, Lang: cfg.lang,
	})
	go warm(b)
	defer b.Wait()
	metrics, owner := platform.NewMetrics(), newOwner()
	services, err := newServices(cfg, log, b, db, metrics, owner)
	if err != nil {
		return usageError{err}
	}
	for _, s := range services {
		metrics.SetConnected(s.platform, false) // until it says otherwise
		if s.poster != nil {
			posters.Set(s.platform, s.poster)
		}
	}
	servers, err := listen(cfg, log, metrics, services)
	if err != nil {
		return err
	}
	log.Info("k8sbot serves", "version", versionLine(), "terms", g.Len(), "platforms", names(services), "http", cfg.httpAddr)

	worker := daily.New(daily.Options{
		Store: db, Picker: picker, Posters: posters, Replies: b, Owner: owner, Log: log, Observer: metrics,
	})
	tasks := []func(context.Context) error{
		worker.Run,
		db.Wait,
		func(ctx context.Context) error { return sweep(ctx, db, log) },
		func(ctx context.Context) error { return runServices(ctx, log, services) },
	}
	for _, s := range servers {
		tasks = append(tasks, func(ctx context.Context) error { return s.Serve(ctx, grace) })
	}
	err = runAll(ctx, tasks)
	// No listener brings events any more: what they brought is finished.
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishGrace)
	defer cancel()
	for _, s := range services {
		err = errors.Join(err, s.shutdown(finishing))
	}
	return err
}

// newOwner returns a name for this process, which no other replica has.
func newOwner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%.60s-%s", host, rand.Text())
}

// listen opens the listeners: health, readiness, metrics, and what the platforms
// call.
func listen(cfg *config, log *slog.Logger, metrics *platform.Metrics, services []service) ([]*web.Server, error) {
	server, err := web.Listen(cfg.httpAddr, log)
	if err != nil {
		return nil, err
	}
	server.Ready(func() (bool, string) {
		ready, away := metrics.Ready()
		return ready, fmt.Sprint(away)
	})
	for _, s := range services {
		if s.pattern != "" {
			server.Handle(s.pattern, s.handler)
		}
	}
	if cfg.metricsAddr == "" {
		server.Handle("GET /metrics", metrics.Handler())
		return []*web.Server{server}, nil
	}
	own, err := web.Listen(cfg.metricsAddr, log)
	if err != nil {
		return nil, errors.Join(err, server.Close())
	}
	own.Handle("GET /metrics", metrics.Handler())
	return []*web.Server{server, own}, nil
}

// runAll runs tasks side by side until ctx ends; when one fails, the others are
// stopped too.
func runAll(ctx context.Context, tasks []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() { ended <- task(ctx) }()
	}
	var errs error
	for range tasks {
		if err := <-ended; err != nil {
			errs = errors.Join(errs, err)
			cancel()
		}
	}
	return errs
}

// sweep deletes now and then what is no longer kept.
func sweep(ctx context.Context, db *store.DB, log *slog.Logger) error {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			bounded, cancel := context.WithTimeout(ctx, sweepTimeout)
			err := db.Sweep(bounded)
			cancel()
			if err != nil && ctx.Err() == nil {
				log.Error("cannot sweep store, trying again in an hour", "error", err)
			}
		}
	}
}
