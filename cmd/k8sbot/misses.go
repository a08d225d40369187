package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"text/tabwriter"
	"time"

	"k8sbot/bot/store"
)

func runMisses(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) (err error) {
	limit := flags.Int("limit", 50, "maximum `number` of queries to list")
	if err := parseNoArgs(flags, args); err != nil {
		return err
	}
	if *limit < 1 {
		return usagef("invalid --limit %d: use 1 or more", *limit)
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	db, err := openStore(ctx, env, cfg, cfg.logger(env.stderr), store.Open)
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
