package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/store"
	"k8sbot/bot/study"
)

// runReview reviews the terms that the user of this terminal remembers, or exports them.
func runReview(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	rest, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	arg := strings.Join(rest, " ")
	if arg != "" && !study.IsArgument(arg) {
		return usagef("unknown argument %q: see k8sbot review --help", arg)
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	switch {
	case arg == "":
		arg = "start"
	case rest[0] == "export":
		return exportReviews(ctx, env, cfg, arg)
	}
	return chatAbout(ctx, env, cfg, bot.ReviewCommand+" "+arg)
}

// exportReviews prints what the user of this terminal remembers, and nothing else.
func exportReviews(ctx context.Context, env *environment, cfg *config, arg string) (err error) {
	cfg.logLevel = max(cfg.logLevel, slog.LevelWarn)
	log := cfg.logger(env.stderr)
	db, err := openStore(ctx, env, cfg, log, store.Open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	b, _, err := newBot(cfg, log, "", db.Learners())
	if err != nil {
		return err
	}
	r := b.Handle(ctx, bot.Request{
		Platform: console.Platform, Surface: bot.Terminal, User: console.User, Locales: []string{env.locale()}, TimeZone: env.timeZone(),
		Command: bot.ReviewCommand, Text: arg,
	})
	if len(r.Files) == 0 {
		fmt.Fprint(env.stderr, console.Render(r, console.Style{}))
		return errReported
	}
	for i, f := range r.Files {
		if i > 0 {
			f.Text = "\n" + f.Text
		}
		if _, err := io.WriteString(env.stdout, f.Text); err != nil {
			return err
		}
	}
	return nil
}
