package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"k8sbot/bot/web"
)

func runHealthcheck(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if err := parseNoArgs(flags, args); err != nil {
		return err
	}
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
