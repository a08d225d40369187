package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/review"
	"k8sbot/bot/store"
	"k8sbot/bot/study"
	"k8sbot/glossary"
	"k8sbot/glossary/lint"
)

// loadGlossary loads the embedded terms, and over them those in dir, if dir is not "".
func loadGlossary(dir string) (*glossary.Glossary, error) {
	if dir == "" {
		return glossary.Load()
	}
	terms, err := openTerms(dir)
	if err != nil {
		return nil, err
	}
	g, err := lint.Load(terms)
	var problems glossary.Problems
	if errors.As(err, &problems) {
		return nil, fmt.Errorf("the terms in %q have mistakes:\n%w", dir, problems.WithDir(dir))
	}
	return g, err
}

// openTerms returns the file system of dir, which has a team's own terms.
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

// newBot loads the glossary and returns a bot for the user of this terminal. It
// answers in lang, or if lang is "" in the language of the question. What the user
// remembers is in learners; nil if nothing is remembered.
func newBot(cfg *config, log *slog.Logger, lang glossary.Lang, learners review.Store) (*bot.Bot, *glossary.Glossary, error) {
	g, err := loadGlossary(cfg.glossaryDir)
	if err != nil {
		return nil, nil, err
	}
	o := bot.Options{Store: &session{lang: lang}, Log: log, Lang: cfg.lang, Picker: &daily.Picker{Glossary: g}}
	if learners != nil {
		o.Tutor = study.New(g, &review.Reviewer{Store: learners}, log)
	}
	return bot.New(g, o), g, nil
}

// openStore opens the database at DATABASE_URL, or the default SQLite file in the
// user's state directory, with [store.Open] or [store.Connect].
func openStore(ctx context.Context, env *environment, cfg *config, log *slog.Logger,
	open func(context.Context, string, store.Options) (*store.DB, error),
) (*store.DB, error) {
	dsn := cfg.databaseURL.Reveal()
	if dsn == "" {
		var err error
		if dsn, err = store.DefaultPath(env.lookup); err != nil {
			return nil, err
		}
	}
	return open(ctx, dsn, store.Options{Log: log})
}

// warm builds the parts of the search index that only guesses need. Then it returns
// the memory that only the start needed, two thirds of the total, to the system.
func warm(b *bot.Bot) {
	b.Warm()
	debug.FreeOSMemory()
}
