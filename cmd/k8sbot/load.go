package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/daily"
	"k8sbot/bot/followup"
	"k8sbot/bot/review"
	"k8sbot/bot/store"
	"k8sbot/bot/store/location"
	"k8sbot/bot/study"
	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

// loadGlossary loads the embedded terms, overlaid with the terms in dir if dir is not "". It
// logs warnings about the terms in dir.
func loadGlossary(dir string, log *slog.Logger) (*glossary.Glossary, error) {
	if dir == "" {
		return glossary.Load()
	}
	terms, err := openTerms(dir)
	if err != nil {
		return nil, err
	}
	warn := func(p glossary.Problem) {
		log.Warn("possible mistake in team term", "file", p.File, "line", p.Line, "problem", p.Message)
	}
	g, err := lint.Load(warn, terms)
	var problems glossary.Problems
	if errors.As(err, &problems) {
		return nil, fmt.Errorf("the terms in %q have mistakes:\n%w", dir, problems.WithDir(dir))
	}
	return g, err
}

// termsDir returns the directory with the team's own terms: the value of the flag or, if that
// is "", GLOSSARY_DIR.
func termsDir(env *environment, flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	cfg, err := readConfig(env)
	if err != nil {
		return "", err
	}
	return cfg.glossaryDir, nil
}

// loadTerms loads the built-in terms, overlaid with the team's own.
func loadTerms(env *environment, flag string) (*glossary.Glossary, error) {
	dir, err := termsDir(env, flag)
	if err != nil {
		return nil, err
	}
	return loadGlossary(dir, slog.New(slog.DiscardHandler)) // glossary lint shows the warnings
}

// openTerms returns dir, which contains a team's own terms, as a file system. It returns an
// error if dir is not a directory.
func openTerms(dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot read the terms in %q: %w", dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%q is not a directory: name one that contains <category>/<id>.yaml", dir)
	}
	return os.DirFS(dir), nil
}

// newBot loads the glossary and returns a bot for the user of this terminal. The bot answers in
// lang or, if lang is "", in the language of the question. If conversation is set, the bot answers
// follow-up questions. learners stores the user's reviews; if it is nil, reviews are off.
func newBot(env *environment, cfg *config, log *slog.Logger, lang glossary.Lang, conversation bool, learners review.Store) (*bot.Bot, *glossary.Glossary, error) {
	g, err := loadGlossary(cfg.glossaryDir, log)
	if err != nil {
		return nil, nil, err
	}
	o := bot.Options{Store: &session{lang: lang}, Log: log, Lang: cfg.lang, PageURL: cfg.publicURL, Picker: &daily.Picker{Glossary: g}}
	if conversation {
		o.LastTerms = new(followup.Memory)
	}
	if learners == nil {
		o.Elsewhere = reviewsName(env, cfg)
	} else {
		o.Tutor = study.New(g, &review.Reviewer{Store: learners}, log)
	}
	return bot.New(g, o), g, nil
}

// setLang sets the language of this terminal's user to lang, unless lang is "".
func setLang(ctx context.Context, b *bot.Bot, lang string) {
	if lang != "" {
		b.Handle(ctx, bot.Request{Platform: console.Platform, Surface: bot.Terminal, User: console.User, Command: bot.LangCommand, Text: lang})
	}
}

// databaseAddress returns DATABASE_URL, or the default SQLite file in the user's state
// directory.
func databaseAddress(env *environment, cfg *config) (string, error) {
	if dsn := cfg.databaseURL.Reveal(); dsn != "" {
		return dsn, nil
	}
	return location.Default(env.lookup)
}

// reviewsName returns the name of the database that stores the reviews of this terminal's user:
// the file's path, or DATABASE_URL for a server. It returns "" if the file does not exist.
func reviewsName(env *environment, cfg *config) string {
	dsn, err := databaseAddress(env, cfg)
	if err != nil {
		return ""
	}
	if strings.Contains(dsn, "://") { // it may contain a password
		return "DATABASE_URL"
	}
	if _, err := os.Stat(dsn); err != nil {
		return ""
	}
	return dsn
}

// withStore opens a bot's database and calls do. It does not create or migrate tables.
func withStore(ctx context.Context, env *environment, do func(context.Context, *store.DB) error) (err error) {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	dsn, err := databaseAddress(env, cfg)
	if err != nil {
		return err
	}
	db, err := store.OpenExisting(ctx, dsn, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(ctx, db)
}

// warm builds the parts of the search index that only inexact matches need. Then it releases the
// memory that was needed only at startup, so call it when everything else has started.
func warm(b *bot.Bot) {
	b.Warm()
	debug.FreeOSMemory()
}

// openReviews opens the database that stores the reviews of this terminal's user. It creates the
// database if it does not exist.
func openReviews(ctx context.Context, env *environment, cfg *config, log *slog.Logger) (*store.DB, error) {
	dsn, err := databaseAddress(env, cfg)
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, dsn, store.Options{Log: log})
}
