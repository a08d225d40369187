package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/store"
	"k8sbot/cmd/k8sbot/tenantcmd"
)

func newDaily(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "daily", Short: "List the daily terms that may not have been posted, or retry one",
		Args: cobra.ArbitraryArgs, RunE: runGroup,
	}
	list := &cobra.Command{
		Use: "list", Short: "List the daily terms that were skipped or failed, or may not have arrived", Args: noArgs,
	}
	days := list.Flags().Int("days", 7, "list the last `N` days")
	list.RunE = func(c *cobra.Command, _ []string) error {
		if err := atLeastOne("days", *days); err != nil {
			return err
		}
		return withStore(c.Context(), env, func(ctx context.Context, db *store.DB) error {
			return listNotSent(ctx, env, db, time.Now().AddDate(0, 0, -*days))
		})
	}
	retry := &cobra.Command{
		Use: "retry PLATFORM:TENANT CHANNEL DAY", Short: "Have the running bot post a daily term again",
		Long: "Have the running bot post a daily term again. Copy the arguments from the output of\nk8sbot daily list. If its state in the list is unclear, the channel may get the term twice.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(tenantcmd.Split(args)) != 4 {
				return usagef("use k8sbot daily retry PLATFORM:TENANT CHANNEL DAY, with values from k8sbot daily list")
			}
			return nil
		},
	}
	retry.RunE = func(c *cobra.Command, args []string) error {
		args = tenantcmd.Split(args)
		t := tenantcmd.Tenant(args[0], args[1])
		channel := bot.Channel{Platform: t.Platform, Tenant: t.ID, ID: args[2]}
		return withStore(c.Context(), env, func(ctx context.Context, db *store.DB) error {
			return repeat(ctx, env, db, channel, args[3])
		})
	}
	c.AddCommand(list, retry)
	return c
}

// maxListed is the maximum number of deliveries to list.
const maxListed = 1000

// listNotSent lists the deliveries since the given day that may not have arrived.
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
	fmt.Fprintln(w, "DAY\tTENANT\tCHANNEL\tSTATE\tTERM")
	for _, d := range deliveries {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", d.Day, tenantcmd.Name(bot.Tenant{Platform: d.Channel.Platform, ID: d.Channel.Tenant}), d.Channel.ID, d.State, orDash(d.Term))
	}
	return w.Flush()
}

// repeat reschedules a delivery so that the running bot posts it again.
func repeat(ctx context.Context, env *environment, db *store.DB, c bot.Channel, day string) error {
	ok, err := db.Repeat(ctx, c, day)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("channel %q has no daily term for %s that can be posted again: see k8sbot daily list", c.ID, day)
	}
	_, err = fmt.Fprintf(env.stdout, "the running bot will post the daily term for %s in channel %s\n", day, c.ID)
	return err
}

// orDash returns the text of a table cell: s, or "-" if s is empty.
func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
