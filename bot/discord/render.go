package discord

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// Limits of messages. Discord counts characters, and does not say which; UTF-16
// code units, of which there are never fewer, are safe in either case
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits,
// https://docs.discord.com/developers/components/reference).
const (
	maxTitle       = 256  // title of an embed
	maxDescription = 4096 // description of an embed
	maxFields      = 25   // fields of an embed
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256  // the line above an embed
	maxEmbeds      = 10   // embeds of a message
	maxTexts       = 6000 // all texts of all embeds of a message
	maxRows        = 5    // rows of buttons
	maxPerRow      = 5    // buttons of a row
	maxLabel       = 80   // label of a button
	maxCustomID    = 100
)

// A response answers an interaction
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object).
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// A message is what is sent, through whichever way
// (https://docs.discord.com/developers/resources/message#create-message).
type message struct {
	Content         string                       `json:"content,omitempty"`
	Embeds          []*discordgo.MessageEmbed    `json:"embeds"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions allowedMentions              `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags       `json:"flags,omitempty"`
	Reference       *reference                   `json:"message_reference,omitempty"`
	Nonce           string                       `json:"nonce,omitempty"`
	EnforceNonce    bool                         `json:"enforce_nonce,omitempty"`
}

// allowedMentions always allows none: Discord pings whomever a text names where
// this is left out, and refuses null
// (https://docs.discord.com/developers/resources/message#allowed-mentions-object).
type allowedMentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// A reference makes a message the reply to another.
type reference struct {
	MessageID string `json:"message_id"`
	// FailIfNotExists is always false: an answer to a deleted question is sent as
	// a message of its own.
	FailIfNotExists bool `json:"fail_if_not_exists"`
}

// Render returns a reply as the JSON that answers a command.
func Render(r bot.Reply) ([]byte, error) { return json.Marshal(responseOf(r)) }

// responseOf returns the response to an interaction that a reply is.
func responseOf(r bot.Reply) response {
	m := render(r)
	if r.Update {
		m.Flags = 0 // the message stays as private as it is
		return response{discordgo.InteractionResponseUpdateMessage, m}
	}
	return response{discordgo.InteractionResponseChannelMessageWithSource, m}
}

func render(r bot.Reply) message {
	b := &builder{left: maxTexts * 95 / 100, color: defaultColor}
	for _, block := range r.Blocks {
		b.block(block)
	}
	if b.lead != "" { // nothing came below it
		b.describe(escape(b.lead))
	}
	m := message{
		Embeds: b.embeds, Components: rows(append(buttons(r.Choices), b.links...)),
		AllowedMentions: allowedMentions{Parse: []string{}},
	}
	if r.Private {
		m.Flags = discordgo.MessageFlagsEphemeral
	}
	return m
}

// defaultColor is Kubernetes' blue.
const defaultColor = 0x326ce5

// colors tell the categories apart at a glance, related ones by related colours.
var colors = map[glossary.Category]int{
	"control-plane": 0x326ce5, "node": 0x1f9bcf, "workloads": 0x2e9e5b, "configuration": 0x8a8d91,
	"networking": 0x7b5ea7, "storage": 0x9c6b3f, "scheduling": 0xd98e04, "security": 0xb03a5b,
	"api": 0x4b6584, "operations": 0x5c7f2b, "observability": 0x0f8b8d, "pod-status": 0xd64545,
	"node-status": 0xe0663c, "events": 0xe3a008, "errors": 0xa61b1b, "kubectl": 0x24478f,
	"tools": 0x6d7a88, "concepts": 0x3b82b5, "community": 0xc65d9b,
}

// A builder collects the embeds of a message. Every text is escaped, whoever
// wrote it.
type builder struct {
	embeds []*discordgo.MessageEmbed
	links  []discordgo.MessageComponent
	lead   string // stands above the next embed
	left   int    // characters that the embeds may still hold
	color  int
}

// cut returns an escaped text that fits a limit, and what is left of the message.
func (b *builder) cut(text string, limit int) string {
	return b.fit(escape(text), limit)
}

// fit shortens a text that is escaped already.
func (b *builder) fit(text string, limit int) string {
	short := platform.Shorten(text, min(limit, max(b.left, 20)), platform.UTF16)
	if short != text {
		// What was cut off behind a backslash is not what it escaped.
		short = strings.TrimSuffix(short, platform.Mark)
		if n := len(short) - len(strings.TrimRight(short, `\`)); n%2 == 1 {
			short = short[:len(short)-1]
		}
		short += platform.Mark
	}
	b.left -= platform.UTF16(short)
	return short
}

// embed returns the embed that is being filled.
func (b *builder) embed() *discordgo.MessageEmbed {
	if len(b.embeds) == 0 {
		b.begin()
	}
	return b.embeds[len(b.embeds)-1]
}

func (b *builder) begin() *discordgo.MessageEmbed {
	e := &discordgo.MessageEmbed{Color: b.color}
	if b.lead != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: b.plain(b.lead, maxAuthor)}
		b.lead = ""
	}
	b.embeds = append(b.embeds, e)
	return e
}

// describe adds a text that is escaped to the description, which stands before
// the fields: behind these a new embed begins.
func (b *builder) describe(text string) {
	if text == "" {
		return
	}
	e := b.embed()
	if len(e.Fields) > 0 || e.Footer != nil {
		if len(b.embeds) == maxEmbeds {
			return
		}
		e = b.begin()
	}
	room := maxDescription*95/100 - platform.UTF16(e.Description) - 2
	if room < 20 {
		return
	}
	if e.Description != "" {
		e.Description += "\n\n"
		b.left -= 2
	}
	e.Description += b.fit(text, room)
}

// field adds a field of escaped texts.
func (b *builder) field(name, value string) {
	e := b.embed()
	if len(e.Fields) >= maxFields || b.left < 2*20 {
		return
	}
	e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: b.fit(name, maxFieldName), Value: b.fit(value, maxFieldValue)})
}

func (b *builder) block(block bot.Block) {
	if b.left <= 20 {
		return
	}
	switch t := block.(type) {
	case bot.Title:
		b.title(t)
	case bot.Paragraph:
		b.describe(under(t.Heading, escape(t.Text)))
	case bot.List:
		b.list(t)
	case bot.Steps:
		b.steps(t)
	case bot.Entry:
		b.entry(t)
	case bot.Comparison:
		b.comparison(t)
	case bot.Note:
		if len(b.embeds) == 0 {
			b.lead = t.Text
			return
		}
		b.embed().Footer = &discordgo.MessageEmbedFooter{Text: b.plain(t.Text, maxFooter)}
	case bot.Links:
		for _, l := range t.Links {
			b.links = append(b.links, discordgo.Button{
				Style: discordgo.LinkButton, URL: l.URL, Label: platform.Shorten(l.Label, maxLabel, platform.UTF16),
			})
		}
	}
}

// plain shortens a text where Discord reads no markup.
func (b *builder) plain(text string, limit int) string {
	short := platform.Shorten(text, min(limit, max(b.left, 20)), platform.UTF16)
	b.left -= platform.UTF16(short)
	return short
}

// under sets an escaped text under a heading.
func under(heading, text string) string {
	if heading == "" {
		return text
	}
	return "**" + escape(heading) + "**\n" + text
}

// mood is how a severity is marked.
var mood = map[glossary.Severity]string{
	glossary.Failure: "🔴", glossary.Warning: "🟠", glossary.Passing: "🟡", glossary.Normal: "🟢",
}

func (b *builder) title(t bot.Title) {
	if c, ok := colors[t.Category]; ok {
		b.color = c
	}
	name := t.Name
	if t.Other != "" {
		name += "  " + t.Other
	}
	e := b.begin()
	e.Title = b.cut(name, maxTitle)
	var about []string
	for _, text := range append([]string{strings.TrimSpace(mood[t.Severity] + " " + t.Mood), t.Reading, t.StandsFor}, t.Badges...) {
		if text != "" {
			about = append(about, escape(text))
		}
	}
	b.describe(strings.Join(about, "\n"))
}

func (b *builder) list(t bot.List) {
	lines := make([]string, len(t.Items))
	for i, item := range t.Items {
		mark := "• "
		if t.Ordered {
			mark = strconv.Itoa(i+1) + "\\. "
		}
		lines[i] = mark + escape(item)
	}
	text := strings.Join(lines, "\n")
	if len(b.embed().Fields) > 0 && t.Heading != "" && platform.UTF16(text) <= maxFieldValue*95/100 {
		b.field(escape(t.Heading), text)
		return
	}
	b.describe(under(t.Heading, text))
}

// steps are commands to copy, each in a field with what to look for.
func (b *builder) steps(t bot.Steps) {
	for i, s := range t.Commands {
		name := escape(t.Heading)
		if len(t.Commands) > 1 {
			name += " " + strconv.Itoa(i+1)
		}
		b.field(name, b.step(s, maxFieldValue))
	}
}

// step returns a command and its note in at most limit characters.
func (b *builder) step(s bot.Step, limit int) string {
	command := codeBlock(s.Run)
	return command + platform.Shorten(escape(s.Note), max(limit*95/100-platform.UTF16(command), 20), platform.UTF16)
}

func (b *builder) entry(t bot.Entry) {
	name := escape(t.Name)
	if m := mood[t.Severity]; m != "" {
		name = m + " " + name
	}
	var value strings.Builder
	for _, o := range t.Objects {
		value.WriteString(code(o) + " ")
	}
	if value.Len() > 0 {
		value.WriteString("\n")
	}
	value.WriteString(escape(t.Text))
	for _, s := range t.Commands {
		value.WriteString("\n" + b.step(s, maxFieldValue))
	}
	text := value.String()
	if platform.UTF16(text) > maxFieldValue*95/100 {
		// A code block that is cut has no end: what is too long has none.
		text = escape(strings.Join(append(t.Objects, t.Text), " "))
	}
	b.field(name, text)
}

func (b *builder) comparison(t bot.Comparison) {
	b.begin().Title = b.cut(t.Left+" / "+t.Right, maxTitle)
	b.describe(escape(t.Difference))
	for _, row := range t.Rows {
		half := maxFieldValue/2 - 60
		side := func(name, text string) string {
			if text == "" {
				text = "—"
			}
			return under(platform.Shorten(name, 50, platform.UTF16), platform.Shorten(escape(text), half, platform.UTF16))
		}
		b.field(escape(row.Label), side(t.Left, row.Left)+"\n"+side(t.Right, row.Right))
	}
}

// buttons are the choices of a reply. A button's custom ID is the choice's own: it
// is all that is needed to answer.
func buttons(choices []bot.Choice) []discordgo.MessageComponent {
	var list []discordgo.MessageComponent
	seen := make(map[string]bool)
	for _, c := range choices {
		if seen[c.ID] || platform.UTF16(c.ID) > maxCustomID {
			continue // Discord refuses a message for it
		}
		seen[c.ID] = true
		style := discordgo.SecondaryButton
		if c.Primary {
			style = discordgo.PrimaryButton
		}
		list = append(list, discordgo.Button{
			Style: style, CustomID: c.ID, Label: platform.Shorten(c.Label, maxLabel, platform.UTF16),
		})
	}
	return list
}

// rows sets buttons in rows. Links come last, and stay where there are too many.
func rows(list []discordgo.MessageComponent) []discordgo.MessageComponent {
	if extra := len(list) - maxRows*maxPerRow; extra > 0 {
		end := len(list) - extra
		list = append(list[:end-1:end-1], list[len(list)-1])
	}
	set := []discordgo.MessageComponent{}
	for len(list) > 0 {
		n := min(len(list), maxPerRow)
		set = append(set, discordgo.ActionsRow{Components: list[:n]})
		list = list[n:]
	}
	return set
}
