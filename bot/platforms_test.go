package bot

// Platforms for tests.
const (
	Slack   Platform = "slack"
	Discord Platform = "discord"
	Console Platform = "console"
)

// chat contains the capabilities of a chat platform.
var chat = Capabilities{Channels: true}
