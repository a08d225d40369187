package main

import (
	"cmp"
	"context"
	"flag"
	"io"

	"k8sbot/bot/discord"
	"k8sbot/bot/slack"
)

func runManifest(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	mode := enumFlag(flags, "mode", "", "how the platform reaches the bot", slack.SocketMode, discord.GatewayMode, slack.HTTPMode)
	address := flags.String("url", "", "public `URL` of the bot, for --mode http")
	application := flags.String("id", "", "`ID` of the Discord application, for its install links")
	rest, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	var text string
	switch {
	case len(rest) == 1 && rest[0] == string(slack.Platform):
		var data []byte
		data, err = slack.Manifest(cmp.Or(*mode, slack.SocketMode), *address)
		text = string(data) + "\n"
	case len(rest) == 1 && rest[0] == string(discord.Platform):
		text, err = discord.Manifest(cmp.Or(*mode, discord.GatewayMode), *application, *address)
	default:
		return usagef("name the platform: k8sbot manifest slack, or k8sbot manifest discord")
	}
	if err != nil {
		return usageError{err}
	}
	_, err = io.WriteString(env.stdout, text)
	return err
}
