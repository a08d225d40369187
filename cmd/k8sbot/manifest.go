package main

import (
	"io"

	"github.com/spf13/cobra"

	"k8sbot/bot/discord"
	"k8sbot/bot/slack"
)

func newManifest(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "manifest", Short: "Print what to paste or to apply: for Slack, Discord or a cluster",
		Args: cobra.ArbitraryArgs, RunE: runGroup,
	}
	c.AddCommand(newManifestSlack(env), newManifestDiscord(env))
	return c
}

// urlFlag defines the flag for the bot's public URL.
func urlFlag(c *cobra.Command) *string {
	return c.Flags().String("url", "", "public https `URL` of the bot, for --mode http")
}

func newManifestSlack(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "slack", Short: "Print the manifest of the Slack app", Args: noArgs,
		Long: "Print the manifest to paste when you create the Slack app, on https://api.slack.com/apps.",
	}
	mode := enumFlag(c, "mode", slack.SocketMode, "how Slack reaches the bot", slack.SocketMode, slack.HTTPMode)
	address := urlFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		manifest, err := slack.Manifest(*mode, *address)
		return printManifest(env, string(manifest)+"\n", err)
	}
	return c
}

func newManifestDiscord(env *environment) *cobra.Command {
	c := &cobra.Command{
		Use: "discord", Short: "Print the settings of the Discord application", Args: noArgs,
		Long: "Print the settings to make on https://discord.com/developers/applications, and the install\nlinks.",
	}
	mode := enumFlag(c, "mode", discord.GatewayMode, "how Discord reaches the bot", discord.GatewayMode, discord.HTTPMode)
	address := urlFlag(c)
	application := c.Flags().String("id", "", "`ID` of the application, for its install links")
	c.RunE = func(*cobra.Command, []string) error {
		text, err := discord.Manifest(*mode, *application, *address)
		return printManifest(env, text, err)
	}
	return c
}

// printManifest prints a manifest. An error comes from the flags.
func printManifest(env *environment, text string, err error) error {
	if err != nil {
		return usageError{err}
	}
	_, err = io.WriteString(env.stdout, text)
	return err
}
