package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// A builder collects a message's embeds. It escapes every text, including texts from the
// glossary.
type builder struct {
	embeds []*discordgo.MessageEmbed
	lead   string // text above the next embed
	about  string // text for the footer of the last embed
	left   int    // number of characters that still fit in the embeds
	color  int
	lang   glossary.Lang
}

// cut escapes text and shortens it to limit and to the space left in the message.
func (b *builder) cut(text string, limit int) string {
	return b.fit(markdown.Escape(text), limit)
}

// fit is like cut, but text is already escaped.
func (b *builder) fit(text string, limit int) string {
	short := platform.Shorten(text, min(limit, max(b.left, 20)), platform.UTF16)
	if short != text {
		// A backslash at the end would escape the ellipsis instead of the character that was
		// cut off.
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

// finish completes the last embed.
func (b *builder) finish() {
	if b.about == "" {
		return
	}
	e := b.embed()
	if e.Footer == nil {
		e.Footer = &discordgo.MessageEmbedFooter{Text: b.about}
	} else {
		e.Footer.Text = b.about + " · " + e.Footer.Text
	}
	b.about = ""
}

// newEmbed starts an embed. If there is a lead, it appears above the embed.
func (b *builder) newEmbed() *discordgo.MessageEmbed {
	b.finish()
	e := &discordgo.MessageEmbed{Color: b.color}
	if b.lead != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: b.plain(b.lead, maxAuthor)}
		b.lead = ""
	}
	b.embeds = append(b.embeds, e)
	return e
}

// describe adds text, which must be escaped, to the description. Discord shows the description
// above the fields, so if the embed already has fields, the text starts a new embed.
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

// field adds a field. Both texts are escaped.
func (b *builder) field(name, value string) {
	e := b.embed()
	if len(e.Fields) >= maxFields || b.left < 2*20 {
		return
	}
	e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: b.fit(name, maxFieldName), Value: b.fit(value, maxFieldValue)})
}

// plain shortens text without escaping it, for places where Discord does not interpret
// Markdown.
func (b *builder) plain(text string, limit int) string {
	short := platform.Shorten(text, min(limit, max(b.left, 20)), platform.UTF16)
	b.left -= platform.UTF16(short)
	return short
}

// withHeading returns text below a heading. It escapes the heading; text is already escaped.
func withHeading(heading, text string) string {
	if heading == "" {
		return text
	}
	return "**" + markdown.Escape(heading) + "**\n" + text
}
