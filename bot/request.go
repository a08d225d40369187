package bot

import "context"

// Capabilities say what a platform can do, as far as answers depend on it. The zero
// value is that of a pipe.
type Capabilities struct {
	// Channels is set if a reply can be shared in a channel.
	Channels bool
	// ProfileLocale is set if a request's locales are what people chose to read. A
	// terminal's locale says little about its reader.
	ProfileLocale bool
	// GlobalUsers is set if a person is the same in all tenants.
	GlobalUsers bool
}

// Surface is the way in which a person asks.
type Surface string

// The surfaces.
const (
	Slash         Surface = "slash"          // a slash command
	Mention       Surface = "mention"        // a message that names the bot
	DirectMessage Surface = "direct_message" // a message to the bot alone
	Shortcut      Surface = "shortcut"       // "explain" on somebody's message
	ButtonClick   Surface = "button"         // a choice of an earlier reply
	Home          Surface = "home"           // the bot's own page
	Terminal      Surface = "terminal"
)

// A Request is one question, with what policy needs to know about it. Fields
// that a platform does not have are empty.
type Request struct {
	ID       string // of the event, for the log
	Platform Platform
	Caps     Capabilities // of the platform
	Tenant   string       // workspace or server
	Surface  Surface
	User     string
	Channel  string
	Thread   string
	Message  string // ID of the message that holds the question

	// Locales are the person's and then the server's, as "ja" or "en-US".
	Locales []string
	// TimeZone is the person's, as an IANA name.
	TimeZone string

	// Command is the name of a command in [Commands] if the platform knows it, and
	// then Text is what follows it. Else the command is found in Text.
	Command string
	// Text is what the person typed, without the mention or the name of the slash
	// command, and without the platform's escapes.
	Text string
	// Action is the ID of the [Button] that was pressed; then there is no Text.
	Action string
	// Public is set where the person asked for an answer that all can see.
	Public bool
	// FromEphemeral is set where only this person sees the message whose choice was
	// pressed, so that the reply may replace it.
	FromEphemeral bool

	// CanManage tells whether this person may change the channel's settings.
	// It may ask the platform; nil means no.
	CanManage func(context.Context) (bool, error)
}

// Person returns who asks.
func (r *Request) Person() Person {
	if r.Caps.GlobalUsers {
		return Person{Platform: r.Platform, User: r.User}
	}
	return Person{r.Platform, r.Tenant, r.User}
}
