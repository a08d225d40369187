package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/daily"
	"k8sbot/bot/discord"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack"
	"k8sbot/bot/store"
	"k8sbot/bot/web"
	"k8sbot/glossary"
)

// runDefault runs the platforms that are set up, or else a chat.
func runDefault(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	if cfg.served() {
		return serve(ctx, env, cfg)
	}
	return chat(ctx, env, cfg)
}

func runServe(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("serve takes no arguments, and got %q", rest[0])
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

// warm makes what the search needs for guesses, and then gives the memory back that
// only the start has needed: what is kept takes a third of it.
func warm(b *bot.Bot) {
	b.Warm()
	debug.FreeOSMemory()
}

// sweepEvery is how often what is no longer kept is deleted.
const sweepEvery = time.Hour

// A service is a platform that is set up.
type service struct {
	platform bot.Platform
	poster   bot.Poster // nil if it cannot post
	// run answers until its context ends, and returns an error where the platform
	// will never work again.
	run func(context.Context) error
	// shutdown finishes what the listener brought.
	shutdown func(context.Context) error
	pattern  string // of the requests that the platform sends; "" for none
	handler  http.Handler
}

// serve runs the platforms that are set up until ctx ends or none of them works
// any more.
func serve(ctx context.Context, env *environment, cfg *config) (err error) {
	log := cfg.logger(env.stderr)
	g, err := loadGlossary(cfg.glossaryDir)
	if err != nil {
		return err
	}
	db, err := openStore(ctx, env, cfg, log)
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

func names(services []service) []string {
	var names []string
	for _, s := range services {
		names = append(names, string(s.platform))
	}
	return names
}

// newServices returns the platforms that are set up.
func newServices(cfg *config, log *slog.Logger, b *bot.Bot, db *store.DB, metrics *platform.Metrics, owner string) ([]service, error) {
	var services []service
	if cfg.slack.on() {
		s, err := newSlack(cfg, log.With("platform", slack.Platform), b, db, metrics)
		if err != nil {
			return nil, err
		}
		services = append(services, s)
	}
	if cfg.discord.on() {
		s, err := newDiscord(cfg, log.With("platform", discord.Platform), b, db, metrics, owner)
		if err != nil {
			return nil, err
		}
		services = append(services, s)
	}
	return services, nil
}

func newSlack(cfg *config, log *slog.Logger, b *bot.Bot, db *store.DB, metrics *platform.Metrics) (service, error) {
	app, err := slack.New(slack.Options{
		Bot: b, Store: db, Metrics: metrics, Log: log,
		BotToken: cfg.slack.botToken, AppToken: cfg.slack.appToken, SigningSecret: cfg.slack.signingSecret,
		APIURL: cfg.slack.apiURL, AdminsOnly: cfg.adminsOnly,
	})
	if err != nil {
		return service{}, err
	}
	if cfg.slack.appToken != "" && cfg.slack.signingSecret != "" {
		log.Info("both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: set SLACK_MODE to choose", "mode", cfg.slack.mode)
	}
	s := service{platform: slack.Platform, poster: app, run: app.Run, shutdown: app.Shutdown}
	if cfg.slack.mode == slack.HTTPMode {
		s.run, s.pattern, s.handler = app.Verify, "/slack/", app.Handler()
	}
	return s, nil
}

func newDiscord(cfg *config, log *slog.Logger, b *bot.Bot, db *store.DB, metrics *platform.Metrics, owner string) (service, error) {
	app, err := discord.New(discord.Options{
		Bot: b, Store: db, Leases: db, Owner: owner, Metrics: metrics, Log: log,
		BotToken: cfg.discord.botToken, ApplicationID: cfg.discord.applicationID, PublicKey: cfg.discord.publicKey,
		APIURL: cfg.discord.apiURL, Shards: cfg.discord.shards, AdminsOnly: cfg.adminsOnly,
	})
	if err != nil {
		return service{}, err
	}
	s := service{platform: discord.Platform, run: app.Run, shutdown: app.Shutdown}
	if cfg.discord.botToken != "" { // which posting takes
		s.poster = app
	}
	if cfg.discord.publicKey != "" {
		s.pattern, s.handler = "/discord/", app.Handler()
	}
	return s, nil
}

// runServices runs the platforms until ctx ends. One that fails for good leaves the
// others running; when none is left, their errors are returned.
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
			log.Error("a platform has failed for good: the others go on", "platform", e.platform, "error", e.err)
		}
	}
	return errs
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
			if err := db.Sweep(ctx); err != nil {
				log.Warn("what is no longer kept was not deleted: trying again later", "error", err)
			}
		}
	}
}

func runManifest(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	mode := choose(flags, "mode", "", "how the platform reaches the bot", slack.SocketMode, discord.GatewayMode, slack.HTTPMode)
	address := flags.String("url", "", "the bot's public `address`, for the mode http")
	application := flags.String("id", "", "Discord's `ID` of the application, for the links that install it")
	rest, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	var text string
	switch {
	case len(rest) == 1 && rest[0] == string(slack.Platform):
		var data []byte
		data, err = slack.Manifest(cmp.Or(*mode, slack.SocketMode), *address)
		text = string(data) + "\n"
	case len(rest) == 1 && rest[0] == string(discord.Platform):
		text, err = discord.Manifest(cmp.Or(*mode, discord.GatewayMode), *application, *address)
	default:
		return usagef("name the platform: k8sbot manifest slack, or k8sbot manifest discord")
	}
	if err != nil {
		return usageError{err}
	}
	_, err = io.WriteString(env.stdout, text)
	return err
}

// chat talks with the person at this terminal. Where HTTP_ADDR is set it also
// tells that it is well, so that the image can be tried without a platform.
func chat(ctx context.Context, env *environment, cfg *config) error {
	c := &console.Chat{
		In: env.stdin, Out: env.stdout, Locale: env.locale(),
		Interactive: term.IsTerminal(int(env.stdin.Fd())),
		Style:       env.style(),
	}
	c.Style.Numbers = c.Interactive
	stderr := env.stderr
	restore := env.edit(c)
	defer restore()
	if f, isFile := stderr.(*os.File); c.Raw && isFile && term.IsTerminal(int(f.Fd())) {
		stderr = lineedit.Raw(stderr)
	}
	log := cfg.logger(stderr)
	b, g, err := newBot(cfg, log, "")
	if err != nil {
		return err
	}
	go warm(b)
	c.Bot = b
	if c.Interactive {
		c.Greeting = greeting(cfg, env.locale(), g.Len())
	}
	if !cfg.httpAddrSet {
		return c.Run(ctx)
	}
	server, err := web.Listen(cfg.httpAddr, log)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, grace) }()
	err = c.Run(ctx)
	cancel()
	return errors.Join(err, <-served)
}

// edit has the chat edit the line by itself where a terminal can do what that
// takes, and returns what puts the terminal back.
func (env *environment) edit(c *console.Chat) (restore func()) {
	out, isFile := env.stdout.(*os.File)
	kind, _ := env.lookup("TERM")
	if !c.Interactive || !isFile || !term.IsTerminal(int(out.Fd())) || kind == "" || kind == "dumb" {
		return func() {}
	}
	in := int(env.stdin.Fd())
	before, err := term.MakeRaw(in)
	if err != nil {
		return func() {} // as good as it can be without
	}
	restore = func() { _ = term.Restore(in, before) }
	c.Raw = true
	c.Columns = func() int {
		if columns, _, err := term.GetSize(int(out.Fd())); err == nil && columns > 0 {
			return columns
		}
		return defaultWidth
	}
	if suspend != nil {
		c.Suspend = func() {
			restore()
			suspend()
			_, _ = term.MakeRaw(in)
		}
	}
	return restore
}

func greeting(cfg *config, locale string, terms int) string {
	lang := cfg.lang
	if l, ok := glossary.LangOfLocale(locale); ok {
		lang = l
	}
	if lang == glossary.Japanese {
		return fmt.Sprintf("k8sbot: Kubernetesの用語を%d語、日本語と英語で説明します。\n用語を入力するか、kubectlの出力を貼り付けてください。helpで使い方、Ctrl-Dで終了。", terms)
	}
	return fmt.Sprintf("k8sbot explains %d Kubernetes words, in English and Japanese.\nType a word, or paste what kubectl printed. help tells more, Ctrl-D leaves.", terms)
}

func runHealthcheck(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("healthcheck takes no arguments, and got %q", rest[0])
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := web.Check(ctx, cfg.httpAddr); err != nil {
		return fmt.Errorf("not healthy: %w", err)
	}
	_, err = fmt.Fprintln(env.stdout, "healthy")
	return err
}

func runVersion(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("version takes no arguments, and got %q", rest[0])
	}
	_, err := fmt.Fprintln(env.stdout, versionLine())
	return err
}
