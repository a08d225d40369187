package bot

import "context"

// Platform is where a request comes from.
type Platform string

// The platforms.
const (
	Slack   Platform = "slack"
	Discord Platform = "discord"
	Console Platform = "console"
)

// Surface is the way in which a person asks.
type Surface string

// The surfaces.
const (
	Slash         Surface = "slash"          // a slash command
	Mention       Surface = "mention"        // a message that names the bot
	DirectMessage Surface = "direct_message" // a message to the bot alone
	Shortcut      Surface = "shortcut"       // "explain" on somebody's message
	Button        Surface = "button"         // a choice of an earlier reply
	Home          Surface = "home"           // the bot's own page
	Terminal      Surface = "terminal"
)

// A Request is one question, with what policy needs to know about it. Fields
// that a platform does not have are empty.
type Request struct {
	ID       string // of the event, for the log
	Platform Platform
	Tenant   string // workspace or server
	Surface  Surface
	User     string
	Channel  string
	Thread   string
	Message  string // ID of the message that holds the question

	// Locales are the person's and then the server's, as "ja" or "en-US".
	Locales []string
	// TimeZone is the person's, as an IANA name.
	TimeZone string

	// Text is what the person typed, without the mention or the command's own
	// name, and without the platform's escapes.
	Text string
	// Action is the ID of the [Choice] that was pressed; then there is no Text.
	Action string
	// Public is set where the person asked for an answer that all can see.
	Public bool
	// OnPrivate is set where only this person sees the message whose choice was
	// pressed, so that the reply may replace it.
	OnPrivate bool

	// CanManage tells whether this person may change the channel's settings.
	// It may ask the platform; nil means no.
	CanManage func(context.Context) (bool, error)
}

// Person returns who asks. On Discord, people are the same in all servers.
func (r *Request) Person() Person {
	if r.Platform == Discord {
		return Person{Platform: Discord, User: r.User}
	}
	return Person{r.Platform, r.Tenant, r.User}
}
