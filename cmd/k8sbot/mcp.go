package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
)

func newMCP(env *environment) *cobra.Command {
	return &cobra.Command{
		Use: "mcp", Short: "Answer an agent over the Model Context Protocol",
		Long: "Serve the glossary to an agent over the Model Context Protocol, on standard input and\noutput.", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return serveMCP(c.Context(), env) },
	}
}

// serveMCP serves the Model Context Protocol on standard input and output until the client closes
// its end.
func serveMCP(ctx context.Context, env *environment) error {
	cfg, err := readConfig(env)
	if err != nil {
		return err
	}
	log := cfg.logger(env.stderr)
	b, g, err := newBot(env, cfg, log, "", false, nil)
	if err != nil {
		return err
	}
	go warm(b)
	server := mcp.New(mcp.Options{
		Bot: b, Glossary: g, Metrics: platform.NewMetrics(), Log: log.With("platform", mcp.Platform), Version: programVersion(), Lang: cfg.lang,
	})
	return server.Run(ctx, env.stdin, keepOpen{env.stdout})
}

// keepOpen is an output that the server cannot close.
type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }
