package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/store"
	"k8sbot/cmd/k8sbot/option"
)

// A missRow is the JSON that misses prints for one question. Fields may be added, but not renamed
// or removed.
type missRow struct {
	Asked    int          `json:"asked"`
	Last     time.Time    `json:"last"`
	Platform bot.Platform `json:"platform"`
	Tenant   string       `json:"tenant"`
	Query    string       `json:"query"`
}

func newMisses(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "misses", Short: "List the questions that found nothing",
		Long: "List the questions that found nothing, normalized and with counts, most frequent\nfirst. --format json prints one object per line. The command does not change the database.", Args: noArgs,
	}
	limit := c.Flags().Int("limit", 50, "list at most `N` questions")
	days := c.Flags().Int("days", 365, "list what was asked in the last `N` days")
	format := option.Enum(c, "format", "text", "format of the list", "text", "json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := errors.Join(atLeastOne("limit", *limit), atLeastOne("days", *days)); err != nil {
			return err
		}
		return listMisses(c.Context(), env, *limit, time.Now().AddDate(0, 0, -*days), *format)
	}
	return c
}

// listMisses prints the most frequent misses since the given time.
func listMisses(ctx context.Context, env *environment, limit int, since time.Time, format string) error {
	var misses []bot.Miss
	err := withStore(ctx, env, func(ctx context.Context, db *store.DB) (err error) {
		misses, err = db.Misses(ctx, limit, since)
		return err
	})
	if err != nil {
		return err
	}
	if format == "json" {
		for _, m := range misses {
			row := missRow{m.Count, m.Last.UTC(), m.Tenant.Platform, m.Tenant.ID, m.Query}
			if err := writeJSON(env.stdout, row); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ASKED\tLAST\tPLATFORM\tTENANT\tQUERY")
	for _, m := range misses {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", m.Count, m.Last.Format(time.DateOnly), m.Tenant.Platform, m.Tenant.ID, m.Query)
	}
	return w.Flush()
}
