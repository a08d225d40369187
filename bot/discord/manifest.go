package discord

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// The modes in which Discord can reach the bot.
const (
	GatewayMode = "gateway"
	HTTPMode    = "http"
)

// permissions are the least that answers to mentions and daily posts need: to see
// a channel, to write there and in its threads, to set links, and to reply, which
// asks for the history
// (https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags).
const permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// placeholder stands for an application's ID where none is given.
const placeholder = "APPLICATION_ID"

// Manifest returns what to set when creating the application, as text for a
// person: Discord has no manifests. application is its ID, "" for a placeholder,
// and base the public address of the bot, for the mode http.
func Manifest(mode, application, base string) (string, error) {
	endpoint := ""
	switch mode {
	case GatewayMode:
		if base != "" {
			return "", fmt.Errorf("the gateway needs no address: leave --url out, or choose --mode http")
		}
	case HTTPMode:
		u, err := url.Parse(base)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			return "", fmt.Errorf("%q is no public https address: give the bot's own with --url https://…", base)
		}
		endpoint = strings.TrimSuffix(base, "/") + "/discord/interactions"
	default:
		return "", fmt.Errorf("unknown mode %q: use %s or %s", mode, GatewayMode, HTTPMode)
	}
	switch {
	case application == "":
		application = placeholder
	case !snowflake.MatchString(application):
		return "", fmt.Errorf("%q is no application's id, which has digits only: copy it from the page General Information", application)
	}
	link := func(install string, scopes string) string {
		q := url.Values{"client_id": {application}, "scope": {scopes}, "integration_type": {install}}
		if strings.Contains(scopes, "bot") {
			q.Set("permissions", fmt.Sprint(permissions))
		}
		return "https://discord.com/oauth2/authorize?" + q.Encode()
	}
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("Set up the application at https://discord.com/developers/applications:")
	say("")
	say("General Information")
	say("  Name                        k8sbot")
	say("  Description                 Explains Kubernetes words / Kubernetesの用語を説明します")
	if mode == HTTPMode {
		say("  Interactions Endpoint URL   %s", endpoint)
		say("                              (save it when the bot runs: Discord calls it at once)")
	} else {
		say("  Interactions Endpoint URL   leave it empty")
	}
	say("Installation")
	say("  Installation Contexts       User Install and Guild Install: tick both")
	say("  Install Link                Discord Provided Link")
	say("  Default Install Settings    User Install:  scope applications.commands")
	say("                              Guild Install: scopes applications.commands and bot;")
	say("                              permissions Embed Links, Read Message History, Send Messages,")
	say("                              Send Messages in Threads, View Channels (%d)", permissions)
	say("Bot")
	say("  Privileged Gateway Intents  leave all three off: the bot needs none of them")
	say("                              (it asks for GUILDS, GUILD_MESSAGES and DIRECT_MESSAGES, %d)", intents)
	say("")
	say("Then install it, to a server:")
	say("  %s", link("0", "applications.commands bot"))
	say("or to yourself, for use everywhere:")
	say("  %s", link("1", "applications.commands"))
	return b.String(), nil
}
