package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/slack/workspace"
	"k8sbot/bot/store"
	"k8sbot/bot/store/tenants"
	"k8sbot/cmd/k8sbot/option"
	"k8sbot/cmd/k8sbot/tenantcmd"
)

func newTenants(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "tenants", Short: "List workspaces and servers, or delete what is stored about one",
		Args: cobra.ArbitraryArgs, RunE: runGroup,
	}
	with := func(c *cobra.Command, do func(context.Context, *tenants.Store) error) error {
		return withStore(c.Context(), env, func(ctx context.Context, db *store.DB) error { return do(ctx, tenants.New(db)) })
	}
	list := &cobra.Command{
		Use: "list", Short: "List all workspaces and servers", Args: noArgs,
		Long: "List all workspaces and servers, with the number of rows that are stored about each. For\nthose that have left, also show when their data will be deleted. --format json prints one object\nper line.",
	}
	format := option.Enum(list, "format", "text", "format of the list", "text", "json")
	list.RunE = func(c *cobra.Command, _ []string) error {
		return with(c, func(ctx context.Context, s *tenants.Store) error {
			return tenantcmd.List(ctx, env.stdout, s, *format == "json")
		})
	}
	show := &cobra.Command{Use: "show PLATFORM:TENANT", Short: "Show what is stored about a workspace or a server", Args: tenantArgs}
	show.RunE = func(c *cobra.Command, args []string) error {
		return with(c, func(ctx context.Context, s *tenants.Store) error {
			return tenantcmd.Show(ctx, env.stdout, s, tenantArg(args))
		})
	}
	remove := &cobra.Command{
		Use: "delete PLATFORM:TENANT", Short: "Delete what is stored about a workspace or a server", Args: tenantArgs,
		Long: "Delete everything that is stored about a workspace or a server, including its token. For\nan organization, also delete the data of the workspaces that have the app through it. The app\nstays installed until somebody removes it.",
	}
	yes := remove.Flags().Bool("yes", false, "delete the data instead of only showing it")
	remove.RunE = func(c *cobra.Command, args []string) error {
		return with(c, func(ctx context.Context, s *tenants.Store) error {
			return tenantcmd.Delete(ctx, env.stdout, s, tenantArg(args), *yes)
		})
	}
	reseal := &cobra.Command{
		Use: "reseal", Short: "Seal all tokens with the first key of SEAL_KEYS", Args: noArgs,
		Long: "Seal all tokens with the first key of SEAL_KEYS. The bot may be running. To replace a\nkey, add the new key at the end of SEAL_KEYS_FILE, move it to the beginning once all\nreplicas have the file, run this command, and remove the old key. If the keys are in\nSEAL_KEYS instead, restart all replicas after each change.",
	}
	reseal.RunE = func(c *cobra.Command, _ []string) error {
		cfg, err := readConfig(env)
		if err != nil {
			return err
		}
		ring, err := cfg.slack.Ring()
		if err != nil {
			return usageError{err}
		}
		return with(c, func(ctx context.Context, s *tenants.Store) error {
			n, err := workspace.Reseal(ctx, workspace.Options{Store: s, Ring: ring, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				return fmt.Errorf("sealed %d installations with key %s, then failed: %w", n, ring.Current(), err)
			}
			_, err = fmt.Fprintf(env.stdout, "sealed %d installations with key %s\n", n, ring.Current())
			return err
		})
	}
	c.AddCommand(list, show, remove, reseal)
	return c
}

// tenantArgs returns an error unless args name a tenant.
func tenantArgs(c *cobra.Command, args []string) error {
	if len(tenantcmd.Split(args)) != 2 {
		return usagef("use k8sbot tenants %s PLATFORM:TENANT, with a value from k8sbot tenants list", c.Name())
	}
	return nil
}

// tenantArg returns the tenant that args name. The caller must have checked args with tenantArgs.
func tenantArg(args []string) bot.Tenant {
	args = tenantcmd.Split(args)
	return tenantcmd.Tenant(args[0], args[1])
}
