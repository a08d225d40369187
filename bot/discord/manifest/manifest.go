// Package manifest explains how to set up the application, and lists what the application may do.
package manifest

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/route"
)

// The ways in which Discord can send events to the bot.
const (
	GatewayMode = "gateway"
	HTTPMode    = "http"
)

// Intents select the events that the bot receives: those about servers and messages. Discord
// includes a message's text only if the message mentions the bot or is a direct message to the bot.
// None of the intents is privileged
// (https://docs.discord.com/developers/events/gateway#gateway-intents).
const Intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// Permissions are the minimum for replies to mentions and for daily terms: view channels, send
// messages there and in threads, embed links, and read the message history, which Discord
// requires for replies
// (https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags).
// Without permission to read the history, daily terms are still posted, but FindPost cannot look
// for them.
const Permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// placeholder is printed if no application ID is given.
const placeholder = "APPLICATION_ID"

// Text returns instructions for setting up the application, because Discord has no manifest to
// upload. mode is GatewayMode or HTTPMode. application is the application ID, or "" to print a
// placeholder. base is the bot's public https URL in HTTPMode, and must be "" in GatewayMode.
func Text(mode, application, base string) (string, error) {
	endpoint := ""
	switch mode {
	case GatewayMode:
		if base != "" {
			return "", fmt.Errorf("the gateway needs no URL: remove --url, or use --mode http")
		}
	case HTTPMode:
		u, err := url.Parse(base)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			return "", fmt.Errorf("invalid URL %q: set --url to the bot's public address, such as https://k8sbot.example.com", base)
		}
		endpoint = strings.TrimSuffix(base, "/") + "/discord/interactions"
	default:
		return "", fmt.Errorf("unknown mode %q: use %s or %s", mode, GatewayMode, HTTPMode)
	}
	switch {
	case application == "":
		application = placeholder
	default:
		if err := route.CheckID(application); err != nil {
			return "", err
		}
	}
	link := func(install string, scopes string) string {
		q := url.Values{"client_id": {application}, "scope": {scopes}, "integration_type": {install}}
		if strings.Contains(scopes, "bot") {
			q.Set("permissions", fmt.Sprint(Permissions))
		}
		return "https://discord.com/oauth2/authorize?" + q.Encode()
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Set up the application at https://discord.com/developers/applications:")
	line("")
	line("General Information")
	line("  Name                        k8sbot")
	line("  Description                 Explains Kubernetes terms / Kubernetesの用語を説明します")
	if mode == HTTPMode {
		line("  Interactions Endpoint URL   %s", endpoint)
		line("                              (save it while the bot is running: Discord checks it immediately)")
	} else {
		line("  Interactions Endpoint URL   leave empty")
	}
	line("Installation")
	line("  Installation Contexts       check both User Install and Guild Install")
	line("  Install Link                Discord Provided Link")
	line("  Default Install Settings    User Install:  scope applications.commands")
	line("                              Guild Install: scopes applications.commands and bot;")
	line("                              permissions Embed Links, Read Message History, Send Messages,")
	line("                              Send Messages in Threads, View Channels (%d)", Permissions)
	line("                              Without Read Message History, mentions get no reply, and a daily")
	line("                              term is lost if Discord doesn't confirm that it was posted.")
	line("Bot")
	line("  Privileged Gateway Intents  leave all three off")
	line("                              (the bot uses GUILDS, GUILD_MESSAGES and DIRECT_MESSAGES: %d)", Intents)
	line("")
	line("Then add the application to a server:")
	line("  %s", link("0", "applications.commands bot"))
	line("or to your account, to use it everywhere:")
	line("  %s", link("1", "applications.commands"))
	return b.String(), nil
}
