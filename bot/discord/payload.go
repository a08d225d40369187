package discord

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/form"
)

// Discord's payloads, with the fields that the adapter reads. discordgo's types are not used
// because they cannot decode an interaction that has even one unknown component.

// An interaction is sent when a user uses a command, a button or a modal
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
	Channel       channel                   `json:"channel"`
	Data          interactionData           `json:"data"`
}

// readInteraction decodes an interaction. It returns an error if the adapter does not answer
// interactions of its type.
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
	return i, fmt.Errorf("unknown interaction type %d", i.Type)
}

type user struct {
	ID         string `json:"id"`
	Bot        bool   `json:"bot"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"` // the display name, or ""
}

// A channel is the channel in which a user used a command, a button or a modal
// (https://docs.discord.com/developers/resources/channel#channel-object).
type channel struct {
	Type discordgo.ChannelType `json:"type"`
}

// isThread reports whether the channel is a thread.
func (c channel) isThread() bool {
	switch c.Type {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return true
	}
	return false
}

type member struct {
	User *user  `json:"user"`
	Nick string `json:"nick"` // the name in the server, or ""
	// Roles are the IDs of the user's roles.
	Roles []string `json:"roles"`
	// Permissions is a bit set, in decimal
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
	Values     []string                         `json:"values"` // chosen in a menu
	Components form.Submitted                   `json:"components"`
}

type resolved struct {
	Messages    map[string]chatMessage  `json:"messages"`
	Attachments map[string]attachedFile `json:"attachments"`
	Roles       map[string]any          `json:"roles"`
}

// An option is a subcommand with its options, or a value.
type option struct {
	Name    string   `json:"name"`
	Value   any      `json:"value"`
	Focused bool     `json:"focused"`
	Options []option `json:"options"`
}

// button returns the ID of the [reply.Button] that was clicked or chosen in a menu, or "".
func (i interaction) button() string {
	if i.Data.CustomID != menuID {
		return i.Data.CustomID
	}
	if len(i.Data.Values) == 0 {
		return ""
	}
	return i.Data.Values[0]
}

// userID returns the user's ID, or "" if the payload has none.
func (i interaction) userID() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// userName returns the name of the user as others see it, or "" if the payload has none.
func (i interaction) userName() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return cmp.Or(i.Member.Nick, i.Member.User.GlobalName, i.Member.User.Username)
	case i.User != nil:
		return cmp.Or(i.User.GlobalName, i.User.Username)
	}
	return ""
}

// canManage reports whether the user may change the channel's settings. In servers, the user
// needs the permission Administrator or Manage Channels or, if adminsOnly is set, Administrator
// or Manage Server. In direct messages, anyone may.
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

// fromEphemeral reports whether the message with the clicked button is ephemeral.
func (i interaction) fromEphemeral() bool {
	return i.Message != nil && i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
}

// A chatMessage is a message from a user or an application
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
	// Embeds are formatted parts. Many applications send alerts as embeds.
	Embeds []*discordgo.MessageEmbed `json:"embeds"`
	// Attachments are empty, like Content, if the bot may not read the message.
	Attachments []attachedFile `json:"attachments"`
	// Forwarded contains the messages that this message forwards
	// (https://docs.discord.com/developers/resources/message#message-snapshot-object).
	Forwarded []struct {
		Message chatMessage `json:"message"`
	} `json:"message_snapshots"`
}

// An attachedFile is a file attached to a message or uploaded in a modal
// (https://docs.discord.com/developers/resources/message#attachment-object). Discord offers to send
// more than 2,000 characters of text as the file message.txt.
type attachedFile struct {
	Filename    string `json:"filename"`
	ContentType string `json:"content_type"`
	URL         string `json:"url"`
}

// text returns all text of a message: its content, embeds and forwarded messages.
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

// mentions reports whether a message mentions the user with the given ID.
func (m chatMessage) mentions(id string) bool {
	for _, u := range m.Mentions {
		if u.ID == id && id != "" {
			return true
		}
	}
	return false
}

// decode decodes JSON into a T.
func decode[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}
