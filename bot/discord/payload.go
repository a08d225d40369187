package discord

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// The payloads of Discord, as far as they are read. They are decoded here and not
// by the library, which fails at a whole interaction for one component that it
// does not know.

// An interaction is a command, a button or a modal
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object).
type interaction struct {
	ID            string                    `json:"id"`
	ApplicationID string                    `json:"application_id"`
	Type          discordgo.InteractionType `json:"type"`
	Token         string                    `json:"token"`
	GuildID       string                    `json:"guild_id"`
	ChannelID     string                    `json:"channel_id"`
	Locale        string                    `json:"locale"`
	GuildLocale   string                    `json:"guild_locale"`
	Member        *member                   `json:"member"` // in servers
	User          *user                     `json:"user"`   // elsewhere
	Message       *chatMessage              `json:"message"`
	Data          interactionData           `json:"data"`
}

// readInteraction returns the interaction that data is, and an error where it is of
// no kind that can be answered.
func readInteraction(data []byte) (interaction, error) {
	i, err := decode[interaction](data)
	if err != nil {
		return i, err
	}
	switch i.Type {
	case discordgo.InteractionPing, discordgo.InteractionApplicationCommand, discordgo.InteractionMessageComponent,
		discordgo.InteractionApplicationCommandAutocomplete, discordgo.InteractionModalSubmit:
		return i, nil
	}
	return i, fmt.Errorf("an interaction of the unknown type %d", i.Type)
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

type member struct {
	User *user `json:"user"`
	// Permissions are a bit set in decimal digits
	// (https://docs.discord.com/developers/topics/permissions).
	Permissions string `json:"permissions"`
}

type interactionData struct {
	Name       string                           `json:"name"`
	Type       discordgo.ApplicationCommandType `json:"type"`
	Options    []option                         `json:"options"`
	TargetID   string                           `json:"target_id"`
	Resolved   resolved                         `json:"resolved"`
	CustomID   string                           `json:"custom_id"`
	Components []modalRow                       `json:"components"`
}

type resolved struct {
	Messages map[string]chatMessage `json:"messages"`
}

// An option is a sub-command with its options, or a value.
type option struct {
	Name    string   `json:"name"`
	Value   any      `json:"value"`
	Focused bool     `json:"focused"`
	Options []option `json:"options"`
}

// A modalRow is a row of a modal that was filled in.
type modalRow struct {
	Components []struct {
		CustomID string `json:"custom_id"`
		Value    string `json:"value"`
	} `json:"components"`
}

// userID returns the ID of the person, "" if Discord names none.
func (i interaction) userID() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// canManage reports whether the person may change the channel's settings: who
// manages channels, or where adminsOnly is set the server. In a direct message
// everybody may.
func (i interaction) canManage(adminsOnly bool) bool {
	if i.Member == nil {
		return i.GuildID == ""
	}
	var needed int64 = discordgo.PermissionManageChannels | discordgo.PermissionAdministrator
	if adminsOnly {
		needed = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator
	}
	bits, err := strconv.ParseInt(i.Member.Permissions, 10, 64)
	return err == nil && bits&needed != 0
}

// fromEphemeral reports whether only the person sees the message whose button was
// pressed.
func (i interaction) fromEphemeral() bool {
	return i.Message != nil && i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
}

// A chatMessage is a message of a person or a program
// (https://docs.discord.com/developers/resources/message#message-object).
type chatMessage struct {
	ID        string                 `json:"id"`
	ChannelID string                 `json:"channel_id"`
	GuildID   string                 `json:"guild_id"`
	Type      discordgo.MessageType  `json:"type"`
	Flags     discordgo.MessageFlags `json:"flags"`
	Author    *user                  `json:"author"`
	WebhookID string                 `json:"webhook_id"`
	Content   string                 `json:"content"`
	Edited    string                 `json:"edited_timestamp"`
	Mentions  []user                 `json:"mentions"`
	Embeds    []embed                `json:"embeds"`
	// Forwarded are the messages that this one passes on
	// (https://docs.discord.com/developers/resources/message#message-snapshot-object).
	Forwarded []struct {
		Message chatMessage `json:"message"`
	} `json:"message_snapshots"`
}

// An embed is how many programs send alerts.
type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// text returns all that a message says.
func (m chatMessage) text() string {
	lines := []string{m.Content}
	for _, e := range m.Embeds {
		lines = append(lines, e.Title, e.Description)
		for _, f := range e.Fields {
			lines = append(lines, f.Name+" "+f.Value)
		}
	}
	for _, f := range m.Forwarded {
		lines = append(lines, f.Message.text())
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// mentions reports whether a message names somebody.
func (m chatMessage) mentions(id string) bool {
	for _, u := range m.Mentions {
		if u.ID == id && id != "" {
			return true
		}
	}
	return false
}

// epoch is the first second of Discord's IDs, in milliseconds of Unix time
// (https://docs.discord.com/developers/reference#snowflakes).
const epoch = 1420070400000

// timeOf returns when what has an ID was made; 2015 for what is no ID.
func timeOf(id string) time.Time {
	n, _ := strconv.ParseInt(id, 10, 64)
	return time.UnixMilli(n>>22 + epoch)
}

func decode[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}
