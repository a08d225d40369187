package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
)

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
		b.newEmbed()
	}
	return b.embeds[len(b.embeds)-1]
}

func (b *builder) newEmbed() *discordgo.MessageEmbed {
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
		e = b.newEmbed()
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

// plain shortens a text where Discord reads no markup.
func (b *builder) plain(text string, limit int) string {
	short := platform.Shorten(text, min(limit, max(b.left, 20)), platform.UTF16)
	b.left -= platform.UTF16(short)
	return short
}

// withHeading sets an escaped text under a heading.
func withHeading(heading, text string) string {
	if heading == "" {
		return text
	}
	return "**" + escape(heading) + "**\n" + text
}
