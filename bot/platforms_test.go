package bot

// Platforms for tests.
const (
	Slack   Platform = "slack"
	Discord Platform = "discord"
	Console Platform = "console"
)

// chat are the capabilities of a chat platform.
var chat = Capabilities{Channels: true, ProfileLocale: true}
