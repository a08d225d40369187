package discord

import "k8sbot/bot"

// Platform is Discord's name in requests.
const Platform bot.Platform = "discord"

// Capabilities are what Discord offers. A user has the same ID in all servers.
var Capabilities = bot.Capabilities{Channels: true, ProfileLocale: true, GlobalUsers: true}
