package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// defaultColor is Kubernetes' blue.
const defaultColor = 0x326ce5

// colors are the colours of the categories. Related categories have related colours.
var colors = map[glossary.Category]int{
	"control-plane": 0x326ce5, "node": 0x1f9bcf, "workloads": 0x2e9e5b, "configuration": 0x8a8d91,
	"networking": 0x7b5ea7, "storage": 0x9c6b3f, "scheduling": 0xd98e04, "security": 0xb03a5b,
	"api": 0x4b6584, "operations": 0x5c7f2b, "observability": 0x0f8b8d, "pod-status": 0xd64545,
	"node-status": 0xe0663c, "events": 0xe3a008, "errors": 0xa61b1b, "kubectl": 0x24478f,
	"tools": 0x6d7a88, "concepts": 0x3b82b5, "community": 0xc65d9b,
}

// block adds a block of a reply, if there is room for it.
func (b *builder) block(block reply.Block) {
	if b.left <= 20 {
		return
	}
	switch t := block.(type) {
	case reply.Title:
		b.title(t)
	case reply.Paragraph:
		b.describe(withHeading(t.Heading, escape(t.Text)))
	case reply.List:
		b.list(t)
	case reply.Steps:
		b.steps(t)
	case reply.Entry:
		b.entry(t)
	case reply.Comparison:
		b.comparison(t)
	case reply.Note:
		if len(b.embeds) == 0 {
			b.lead = t.Text
			return
		}
		b.embed().Footer = &discordgo.MessageEmbedFooter{Text: b.plain(t.Text, maxFooter)}
	case reply.Links:
		for _, l := range t.Links {
			b.links = append(b.links, discordgo.Button{
				Style: discordgo.LinkButton, URL: l.URL, Label: platform.Shorten(l.Label, maxLabel, platform.UTF16),
			})
		}
	}
}

// severityEmoji marks severities.
var severityEmoji = map[glossary.Severity]string{
	glossary.Failure: "🔴", glossary.Warning: "🟠", glossary.Transient: "🟡", glossary.Normal: "🟢",
}

func (b *builder) title(t reply.Title) {
	if c, ok := colors[t.Category]; ok {
		b.color = c
	}
	name := t.Name
	if t.Other != "" {
		name += "  " + t.Other
	}
	e := b.newEmbed()
	e.Title = b.cut(name, maxTitle)
	var about []string
	for _, text := range append([]string{strings.TrimSpace(severityEmoji[t.Severity] + " " + t.SeverityLabel), t.Reading, t.StandsFor}, t.Badges...) {
		if text != "" {
			about = append(about, escape(text))
		}
	}
	b.describe(strings.Join(about, "\n"))
}

func (b *builder) list(t reply.List) {
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
	b.describe(withHeading(t.Heading, text))
}

// steps adds commands to copy, each in a field with its note.
func (b *builder) steps(t reply.Steps) {
	for i, s := range t.Commands {
		name := escape(t.Heading)
		if len(t.Commands) > 1 {
			name += " " + strconv.Itoa(i+1)
		}
		b.field(name, b.step(s, maxFieldValue))
	}
}

// step returns a command and its note in at most limit characters.
func (b *builder) step(s reply.Step, limit int) string {
	command := codeBlock(s.Run)
	return command + platform.Shorten(escape(s.Note), max(limit*95/100-platform.UTF16(command), 20), platform.UTF16)
}

func (b *builder) entry(t reply.Entry) {
	name := escape(t.Name)
	if m := severityEmoji[t.Severity]; m != "" {
		name = m + " " + name
	}
	var value strings.Builder
	for _, o := range t.Objects {
		value.WriteString(code(o) + " ")
	}
	if value.Len() > 0 {
		value.WriteString("\n")
	}
	for _, s := range reply.Spans(t.Text) {
		if s.Code {
			value.WriteString(code(s.Text))
		} else {
			value.WriteString(escape(s.Text))
		}
	}
	for _, f := range t.Facts {
		value.WriteString("\n" + code(platform.Shorten(f, maxFact, platform.UTF16)))
	}
	for _, s := range t.Commands {
		value.WriteString("\n" + b.step(s, maxFieldValue))
	}
	text := value.String()
	if platform.UTF16(text) > maxFieldValue*95/100 {
		// A code block that is cut off has no end, so a text that is too long has no
		// code blocks.
		text = escape(strings.Join(append(t.Objects, t.Text), " "))
	}
	b.field(name, text)
}

func (b *builder) comparison(t reply.Comparison) {
	b.newEmbed().Title = b.cut(t.Left+" / "+t.Right, maxTitle)
	b.describe(escape(t.Difference))
	for _, row := range t.Rows {
		half := maxFieldValue/2 - 60
		side := func(name, text string) string {
			if text == "" {
				text = "—"
			}
			return withHeading(platform.Shorten(name, 50, platform.UTF16), platform.Shorten(escape(text), half, platform.UTF16))
		}
		b.field(escape(row.Label), side(t.Left, row.Left)+"\n"+side(t.Right, row.Right))
	}
}
