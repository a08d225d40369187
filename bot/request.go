package bot

import (
	"context"
	"slices"

	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// Capabilities describe what a platform can do, as far as it affects replies. The zero value suits
// a pipe.
type Capabilities struct {
	// Prefix is what people type before a command in a channel, with the space after it.
	Prefix string
	// Channels is set if a reply can be shared in a channel.
	Channels bool
	// PartialLocale is set if the platform sends a person's locale with commands and
	// buttons, but not with messages.
	PartialLocale bool
	// GlobalUsers is set if a person has the same ID in all tenants.
	GlobalUsers bool
	// DirectMessages is set if the bot can send people direct messages on its own.
	DirectMessages bool
	// ButtonPayload is how many bytes a button can carry besides its ID (see [reply.Button]).
	ButtonPayload int
	// ClickedMessage is set if the platform sends the message whose button was clicked, so that
	// the adapter can share its content (see [reply.Reply]).
	ClickedMessage bool
	// Ways are the ways to ask without a command, and TeamWays are the ways to edit a team's terms.
	// Each is one sentence.
	Ways, TeamWays []glossary.Text
	// InviteHint says how to let the bot post in a channel, as a clause: "type /invite @k8sbot".
	InviteHint glossary.Text
}

// Doors returns the ways to ask without a command and, if team is set, the ways to edit a team's
// terms.
func (c Capabilities) Doors(l glossary.Lang, team bool) (lines []string) {
	all := c.Ways
	if team {
		all = slices.Concat(all, c.TeamWays)
	}
	for _, t := range all {
		lines = append(lines, t.In(l))
	}
	return lines
}

// A Surface is a way of asking a question.
type Surface string

// The surfaces.
const (
	Slash         Surface = "slash"          // a slash command
	Mention       Surface = "mention"        // a message that names the bot
	DirectMessage Surface = "direct_message" // a direct message to the bot
	Shortcut      Surface = "shortcut"       // the "explain" item in a message's menu
	ButtonClick   Surface = "button"         // a button of an earlier reply
	Home          Surface = "home"           // the bot's Home tab
	Terminal      Surface = "terminal"
	Tool          Surface = "tool" // an agent's tool call
)

// A Request is one question, with its context. Fields that a platform does not provide are empty.
type Request struct {
	ID       string // the event's ID, for the log
	Platform Platform
	Caps     Capabilities // the platform's capabilities
	Tenant   string       // the workspace or server
	Surface  Surface
	User     string
	UserName string // the person's display name, shown on what the person shares; "" if unknown
	Channel  string
	Direct   bool // whether Channel is a direct message channel between the bot and User
	Thread   string
	Message  string // the ID of the message that contains the question
	// NewThread is the thread that the reply starts if the request is a mention outside a thread.
	// It is "" if the reply starts no thread.
	NewThread string

	// Lang is the language of the reply, if the request specifies one; otherwise "".
	Lang glossary.Lang
	// Locales are the locales of the person and of the server, in that order, such as "ja" or
	// "en-US". For messages on a platform with PartialLocale, only the server's locale is known.
	Locales []string
	// TimeZone is the IANA name of the person's time zone.
	TimeZone string

	// Command is the name of a command, if the platform sends the name separately; Text is then the
	// argument of the command. If Command is "", the bot parses the command from Text.
	Command string
	// Text is the text that the person typed, without the mention, the name of the slash command
	// and the platform's escapes.
	Text string
	// Files are the files attached to the message. Their text is explained as a paste, after Text.
	Files []File
	// Action is the ID of the [reply.Button] that was clicked; Text is then empty.
	Action string
	// Payload is the payload of the clicked button.
	Payload string
	// Fields are the values that were entered in the form with the ID Action, by field ID. They
	// are nil if Action is a button.
	Fields map[string][]string
	// Public is set if the person asked for a public answer.
	Public bool
	// FromEphemeral is set if the clicked button is on an ephemeral message, which the
	// reply may replace.
	FromEphemeral bool

	// CanManage reports whether this person may change the channel's settings. It may call the
	// platform. It is nil if the permission cannot be checked on this surface.
	CanManage func(context.Context) (bool, error)
	// Directory looks up the tenant's people. It is nil on platforms without forms.
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
	// maxText is the maximum number of bytes read from a file, or from text in a terminal. A list
	// of all Pods in a large cluster fits in this size.
	maxText = 1 << 20
	// maxChatText is the maximum number of bytes read from a message on any other platform. People
	// cannot type that much, but messages from other bots may have attachments.
	maxChatText = 64 << 10
)
