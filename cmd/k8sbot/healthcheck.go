package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"k8sbot/bot/web"
)

func newHealthcheck(env *environment) *cobra.Command {
	return &cobra.Command{
		Use: "healthcheck", Short: "Check that the running bot is healthy",
		Long: "Check that the bot at HTTP_ADDR is healthy.", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runHealthcheck(c.Context(), env) },
	}
}

func runHealthcheck(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := web.Check(ctx, cfg.httpAddr); err != nil {
		return fmt.Errorf("not healthy: %w", err)
	}
	_, err = fmt.Fprintln(env.stdout, "healthy")
	return err
}
