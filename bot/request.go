package bot

import (
	"context"

	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// Capabilities are what a platform can do, as far as replies depend on it. The zero
// value fits a pipe.
type Capabilities struct {
	// Channels is set if a reply can be shared in a channel.
	Channels bool
	// ProfileLocale is set if people choose their locale on the platform. The locale of
	// a terminal says little about its reader.
	ProfileLocale bool
	// PartialLocale is set if the platform sends a person's locale with commands and
	// buttons, but not with messages.
	PartialLocale bool
	// GlobalUsers is set if a person has one ID in all tenants.
	GlobalUsers bool
	// DirectMessages is set if the bot can send people direct messages on its own.
	DirectMessages bool
	// ButtonPayload is how many bytes a button can carry besides its ID, see [reply.Button].
	ButtonPayload int
	// ClickedMessage is set if the platform sends the message whose button was clicked, so
	// that the adapter can share its content, see [reply.Reply].
	ClickedMessage bool
	// InviteHint says how to let the bot post in a channel, as a clause: "type
	// /invite @k8sbot".
	InviteHint glossary.Text
}

// Surface is how a person asks.
type Surface string

// The surfaces.
const (
	Slash         Surface = "slash"          // a slash command
	Mention       Surface = "mention"        // a message that names the bot
	DirectMessage Surface = "direct_message" // a message to the bot alone
	Shortcut      Surface = "shortcut"       // "explain" on somebody's message
	ButtonClick   Surface = "button"         // a button of an earlier reply
	Home          Surface = "home"           // the bot's own tab
	Terminal      Surface = "terminal"
	Tool          Surface = "tool" // a tool call of an agent
)

// A Request is one question, with its context. Fields that a platform
// does not have are empty.
type Request struct {
	ID       string // of the event, for the log
	Platform Platform
	Caps     Capabilities // of the platform
	Tenant   string       // workspace or server
	Surface  Surface
	User     string
	UserName string // as others see it, for what the person shares; "" if it is not known
	Channel  string
	Direct   bool // Channel is the direct messages of the bot and User
	Thread   string
	Message  string // ID of the message that contains the question
	// NewThread is the thread that the reply to a mention outside of threads starts; "" if
	// it starts none.
	NewThread string

	// Lang is the language of the reply if whoever asks has named one.
	Lang glossary.Lang
	// Locales are the person's and then the server's, as "ja" or "en-US". Messages on a
	// platform with a PartialLocale have only the server's.
	Locales []string
	// TimeZone is the person's, as an IANA name.
	TimeZone string

	// Command is the name of one of [Commands] if the platform knows it; Text is then
	// its argument. Otherwise the bot parses the command from Text.
	Command string
	// Text is what the person typed, without the mention, the name of the slash command
	// and the platform's escapes.
	Text string
	// Files are the files on the message. If any of them has text, it is explained as a
	// paste below Text.
	Files []File
	// Action is the ID of the [reply.Button] that was clicked; Text is then empty.
	Action string
	// Payload is the payload of the clicked button.
	Payload string
	// Fields are what was entered in the form whose ID is Action, by the IDs of its fields;
	// nil if Action is a button.
	Fields map[string][]string
	// Public is set if the person asked for a public answer.
	Public bool
	// FromEphemeral is set if the clicked button is on an ephemeral message, which the
	// reply may replace.
	FromEphemeral bool

	// CanManage reports whether this person may change the channel's settings. It may
	// call the platform. Nil means that it cannot be checked here.
	CanManage func(context.Context) (bool, error)
	// Directory knows the people of the tenant; nil on platforms without forms.
	Directory team.Directory
}

// Person returns the person who sent the request.
func (r *Request) Person() Person {
	if r.Caps.GlobalUsers {
		return Person{Platform: r.Platform, User: r.User}
	}
	return Person{r.Platform, r.Tenant, r.User}
}

const (
	// maxText is how many bytes of a text are read in a terminal, which may show the
	// Pods of a large cluster, and of files.
	maxText = 1 << 20
	// maxChatText is how many bytes are read on other platforms. People can type fewer,
	// but messages of other bots have attachments.
	maxChatText = 64 << 10
)
