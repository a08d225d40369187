package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/reply"
	"k8sbot/bot/study"
	"k8sbot/cmd/k8sbot/option"
)

func newReview(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "review [start | placement | settings | export [csv]]", Short: "Review the terms that you remember",
		Long:              "Review the terms that you remember, one card after another, in this terminal. Type the\nnumber of a button to press it. k8sbot review export prints your cards for Anki, and\nk8sbot review export csv prints them as tables.",
		ValidArgsFunction: completeReview,
	}
	lang := option.Enum(c, "lang", "", "language of the reviews from now on", "ja", "en")
	c.RunE = func(c *cobra.Command, args []string) error { return runReview(c.Context(), env, *lang, args) }
	return c
}

// completeReview returns the subcommands of review that work in a terminal.
func completeReview(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	switch {
	case len(args) == 0:
		return []cobra.Completion{"start", "placement", "settings", "undo", "export"}, cobra.ShellCompDirectiveNoFileComp
	case args[0] == "export":
		return []cobra.Completion{reply.ExportCSV}, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// runReview reviews the terms that this terminal's user remembers, or exports them. lang is the
// language to use from now on; "" keeps the current one.
func runReview(ctx context.Context, env *environment, lang string, args []string) error {
	arg := strings.Join(args, " ")
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
	case args[0] == "export":
		return exportReviews(ctx, env, cfg, lang, arg)
	}
	_, err = chatFrom(ctx, env, cfg, lang, bot.ReviewCommand+" "+arg)
	return err
}

// exportReviews prints the cards of this terminal's user and nothing else, so that the output can
// be redirected to a file.
func exportReviews(ctx context.Context, env *environment, cfg *config, lang, arg string) (err error) {
	cfg.logLevel = max(cfg.logLevel, slog.LevelWarn)
	log := cfg.logger(env.stderr)
	db, err := openReviews(ctx, env, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	b, _, err := newBot(env, cfg.inTerminal(env.locale()), log, "", false, db.Learners())
	if err != nil {
		return err
	}
	setLang(ctx, b, lang)
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
