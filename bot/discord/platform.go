package discord

import (
	"k8sbot/bot"
	"k8sbot/bot/discord/manifest"
	"k8sbot/glossary"
)

// Platform is Discord's name in requests.
const Platform bot.Platform = "discord"

// Capabilities describe what Discord offers. A user has the same ID in all servers.
var Capabilities = bot.Capabilities{
	Prefix:   "/k8s ", // the command in the application
	Channels: true, PartialLocale: true, GlobalUsers: true, DirectMessages: true, ClickedMessage: true,
	Ways: manifest.Ways, TeamWays: manifest.TeamWays,
	InviteHint: glossary.Text{
		EN: "let me view the channel and send messages",
		JA: "ボットにチャンネルの閲覧とメッセージの送信を許可して",
	},
}
