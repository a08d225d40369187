package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"k8sbot/bot/store"
	"k8sbot/bot/store/teams"
	"k8sbot/bot/team"
	"k8sbot/cmd/k8sbot/transfer"
	"k8sbot/glossary"
	"k8sbot/glossary/sheet"
)

func newImport(env *environment, dir *string) *cobra.Command {
	c := &cobra.Command{
		Use: "import FILE", Short: "Turn a spreadsheet into your team's own terms",
		Long: "Show what the CSV file FILE would change in your team's own terms. With --yes, write the\nchanges: all of them, or none if a row is in conflict. The columns are those of k8sbot\nglossary export --format csv --own, and an empty cell changes nothing. If FILE is -, read\nstandard input.\n\nWith --tenant, FILE may be a directory of term files, as in GLOSSARY_DIR. Such files can have\nfields that a spreadsheet can't, such as seen: the messages by which a term is recognized.",
	}
	yes := c.Flags().Bool("yes", false, "write the files")
	tenant := c.Flags().String("tenant", "", "import into the terms that the bot stores for `TENANT`, such as slack:T0123ABC")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("want one CSV file, as in k8sbot glossary import --dir DIR FILE")
		}
		if *tenant != "" {
			from, err := sourceOf(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			return withTenant(c.Context(), env, *tenant, func(ctx context.Context, s team.Store, t team.Tenant) error {
				return transfer.Import(ctx, env.stdout, env.stderr, s, t, from, *yes)
			})
		}
		dir, err := termsDir(env, *dir)
		if err != nil {
			return err
		}
		if dir == "" {
			return usagef("no directory to import into: specify one with --dir or GLOSSARY_DIR")
		}
		return importSheet(c.Context(), env, dir, args[0], *yes)
	}
	return c
}

// sourceOf returns the terms in a CSV file or in a directory.
func sourceOf(ctx context.Context, env *environment, name string) (from transfer.Source, err error) {
	if info, failed := os.Stat(name); failed == nil && info.IsDir() {
		from.Files = os.DirFS(name)
		return from, nil
	}
	from.CSV, err = readInput(ctx, env, name)
	return from, err
}

// importSheet shows what a CSV file would change in dir. If yes is set, it makes the changes.
func importSheet(ctx context.Context, env *environment, dir, file string, yes bool) error {
	tree, err := openTerms(dir)
	if err != nil {
		return err
	}
	data, err := readInput(ctx, env, file)
	if err != nil {
		return err
	}
	base, err := glossary.Load()
	if err != nil {
		return err
	}
	plan, err := sheet.Read(bytes.NewReader(data), tree, base)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := plan.Write(env.stdout); err != nil {
		return err
	}
	if yes || len(plan.Conflicts) > 0 {
		return plan.Apply(dir)
	}
	fmt.Fprintln(env.stderr, "k8sbot: nothing was written: add --yes to write the files")
	return nil
}

// withTenant calls do with the store for tenants' terms, and with the tenant that the given name
// stands for.
func withTenant(ctx context.Context, env *environment, tenant string, do func(context.Context, team.Store, team.Tenant) error) error {
	t, err := transfer.Tenant(tenant)
	if err != nil {
		return usageError{err}
	}
	return withStore(ctx, env, func(ctx context.Context, db *store.DB) error { return do(ctx, teams.New(db), t) })
}
