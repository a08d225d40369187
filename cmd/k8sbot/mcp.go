package main

import (
	"context"
	"flag"
	"io"

	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
)

// runMCP serves the Model Context Protocol on standard input and output until the client
// closes it.
func runMCP(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if err := parseNoArgs(flags, args); err != nil {
		return err
	}
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	log := cfg.logger(env.stderr)
	b, g, err := newBot(cfg, log, "")
	if err != nil {
		return err
	}
	go warm(b)
	server := mcp.New(mcp.Options{
		Bot: b, Glossary: g, Metrics: platform.NewMetrics(), Log: log.With("platform", mcp.Platform), Version: programVersion(), Lang: cfg.lang,
	})
	return server.Run(ctx, env.stdin, keepOpen{env.stdout})
}

// keepOpen is an output that the server does not close.
type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }
