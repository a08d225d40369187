package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"text/tabwriter"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store"
)

// runDaily lists the daily terms that were not posted, or posts one again.
func runDaily(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) (err error) {
	days := flags.Int("days", 7, "`number` of days to list")
	rest, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	if *days < 1 {
		return usagef("invalid --days %d: use 1 or more", *days)
	}
	var do func(context.Context, *environment, *store.DB) error
	switch {
	case len(rest) == 1 && rest[0] == "list":
		do = func(ctx context.Context, env *environment, db *store.DB) error {
			return listNotSent(ctx, env, db, time.Now().AddDate(0, 0, -*days))
		}
	case len(rest) == 5 && rest[0] == "retry":
		c := bot.Channel{Platform: bot.Platform(rest[1]), Tenant: rest[2], ID: rest[3]}
		do = func(ctx context.Context, env *environment, db *store.DB) error {
			return repeat(ctx, env, db, c, rest[4])
		}
	default:
		return usagef("use k8sbot daily list, or k8sbot daily retry PLATFORM TENANT CHANNEL DAY with values from the list")
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
	return do(ctx, env, db)
}

// maxListed is the maximum number of deliveries to list.
const maxListed = 1000

// listNotSent lists the deliveries since a day that may not have arrived.
func listNotSent(ctx context.Context, env *environment, db *store.DB, since time.Time) error {
	deliveries, err := db.NotSent(ctx, since.Format(time.DateOnly), maxListed)
	if err != nil {
		return err
	}
	if len(deliveries) == 0 {
		_, err := fmt.Fprintln(env.stdout, "all daily terms were posted")
		return err
	}
	w := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "DAY\tPLATFORM\tTENANT\tCHANNEL\tSTATE\tTERM")
	for _, d := range deliveries {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Day, d.Channel.Platform, orDash(d.Channel.Tenant), d.Channel.ID, d.State, orDash(d.Term))
	}
	return w.Flush()
}

// repeat schedules a delivery again, for the running bot to post.
func repeat(ctx context.Context, env *environment, db *store.DB, c bot.Channel, day string) error {
	if c.Tenant == "-" {
		c.Tenant = ""
	}
	ok, err := db.Repeat(ctx, c, day)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("channel %q has no daily term of %s to post again: see k8sbot daily list", c.ID, day)
	}
	_, err = fmt.Fprintf(env.stdout, "the running bot will post the daily term of %s in channel %s\n", day, c.ID)
	return err
}

// orDash returns s, or "-" for an empty cell.
func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
