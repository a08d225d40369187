package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"text/tabwriter"
	"time"

	"k8sbot/bot/store"
)

// openStore opens the database that the settings name.
func openStore(ctx context.Context, env *environment, cfg *config, log *slog.Logger) (*store.DB, error) {
	dsn := cfg.databaseURL.Reveal()
	if dsn == "" {
		var err error
		if dsn, err = store.DefaultPath(env.lookup); err != nil {
			return nil, err
		}
	}
	return store.Open(ctx, dsn, store.Options{Log: log})
}

func runMisses(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) (err error) {
	limit := flags.Int("limit", 50, "show at most this `number`")
	if rest, err := parseArgs(flags, args); err != nil {
		return err
	} else if len(rest) > 0 || *limit < 1 {
		return usagef("misses takes no arguments, and a limit of 1 or more")
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	db, err := openStore(ctx, env, cfg, cfg.logger(env.stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	misses, err := db.Misses(ctx, *limit)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ASKED\tLAST\tPLATFORM\tTENANT\tQUERY")
	for _, m := range misses {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", m.Count, m.Last.Format(time.DateOnly), m.Tenant.Platform, m.Tenant.ID, m.Query)
	}
	return w.Flush()
}
