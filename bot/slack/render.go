package slack

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// Render returns a reply as the JSON that answers a slash command.
func Render(r bot.Reply) ([]byte, error) { return json.Marshal(render(r)) }

func render(r bot.Reply) message { return renderAs(r, "choices") }

func renderAs(r bot.Reply, idPrefix string) message {
	m := message{ResponseType: "in_channel", ReplaceOriginal: r.Update, Text: fallback(r)}
	if r.Private {
		m.ResponseType = "ephemeral"
	}
	b := &builder{left: maxMessageText}
	for _, block := range r.Blocks {
		b.block(block)
	}
	choices := buttons(r.Choices, idPrefix)
	if room := maxBlocks - len(choices); len(b.blocks) > room {
		b.blocks = b.blocks[:room]
	}
	m.Blocks = append(b.blocks, choices...)
	return m
}

// fallback is the text for notifications, and for readers of the screen.
func fallback(r bot.Reply) string {
	var parts []string
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case bot.Title:
			parts = append(parts, b.Name+":")
		case bot.Paragraph:
			parts = append(parts, b.Text)
		case bot.Entry:
			parts = append(parts, b.Name+": "+b.Text)
		case bot.Comparison:
			parts = append(parts, headed(b.Left+" / "+b.Right, b.Difference))
		case bot.List:
			parts = append(parts, headed(b.Heading, strings.Join(b.Items, ", ")))
		}
	}
	return escape(platform.Shorten(strings.Join(parts, " "), maxFallback/2, platform.Runes))
}

// headed is a text behind its heading, where it has both.
func headed(heading, text string) string {
	if heading == "" || text == "" {
		return heading + text
	}
	return strings.TrimSuffix(heading, ":") + ": " + text
}

// A builder collects the blocks of a message. All texts are plain text objects
// or parts of a rich text, which Slack takes as they are: nothing that somebody
// typed can ping, link or format there.
type builder struct {
	blocks []slack.Block
	left   int // characters that the message may still hold
}

// cut shortens a text to a limit, and to what is left of the message.
func (b *builder) cut(text string, limit int) string {
	text = platform.Shorten(text, min(limit, max(b.left, 20)), platform.Runes)
	b.left -= platform.Runes(text)
	return text
}

func (b *builder) block(block bot.Block) {
	if b.left <= 0 {
		return
	}
	switch t := block.(type) {
	case bot.Title:
		b.title(t)
	case bot.Paragraph:
		var parts []part
		if t.Heading != "" {
			parts = append(parts, b.text(t.Heading+"\n", bold))
		}
		b.rich(section(append(parts, b.text(t.Text, nil))...))
	case bot.List:
		b.list(t)
	case bot.Steps:
		b.rich(append([]part{section(b.text(t.Heading, bold))}, b.steps(t.Commands)...)...)
	case bot.Entry:
		b.entry(t)
	case bot.Comparison:
		b.comparison(t)
	case bot.Note:
		b.context(t.Text)
	case bot.Links:
		var links []part
		for _, l := range t.Links {
			links = append(links, part{Type: "link", URL: l.URL, Text: b.cut(l.Label, maxField)})
		}
		b.rich(section(links...))
	}
}

var (
	bold = &fontStyle{Bold: true}
	code = &fontStyle{Code: true}
)

// mood is how a severity is marked.
var mood = map[glossary.Severity]string{
	glossary.Failure: "🔴", glossary.Warning: "🟠", glossary.Passing: "🟡", glossary.Normal: "🟢",
}

func (b *builder) title(t bot.Title) {
	name := t.Name
	if t.Other != "" {
		name += "  " + t.Other
	}
	b.header(name)
	b.context(append([]string{strings.TrimSpace(mood[t.Severity] + " " + t.Mood), t.Reading, t.StandsFor}, t.Badges...)...)
}

func (b *builder) header(text string) {
	b.blocks = append(b.blocks, headerBlock{Type: "header", Text: plainText(b.cut(text, maxHeader))})
}

// context is a row of small texts; empty ones are left out.
func (b *builder) context(texts ...string) {
	row := contextBlock{Type: "context"}
	for _, text := range texts {
		if text != "" && len(row.Elements) < maxContext {
			row.Elements = append(row.Elements, plainText(b.cut(text, maxField)))
		}
	}
	if len(row.Elements) > 0 {
		b.blocks = append(b.blocks, row)
	}
}

func (b *builder) list(t bot.List) {
	items := part{Type: "rich_text_list", Style: bullet}
	if t.Ordered {
		items.Style = ordered
	}
	for _, item := range t.Items {
		items.Elements = append(items.Elements, section(b.text(item, nil)))
	}
	var parts []part
	if t.Heading != "" {
		parts = append(parts, section(b.text(t.Heading, bold)))
	}
	if len(items.Elements) > 0 {
		parts = append(parts, items)
	}
	b.rich(parts...)
}

func (b *builder) entry(t bot.Entry) {
	var parts []part
	if m := mood[t.Severity]; m != "" {
		parts = append(parts, b.text(m+" ", nil))
	}
	parts = append(parts, b.text(t.Name, bold))
	for _, o := range t.Objects {
		parts = append(parts, b.text(" ", nil), b.text(o, code))
	}
	parts = append(parts, b.text("\n"+t.Text, nil))
	b.rich(append([]part{section(parts...)}, b.steps(t.Commands)...)...)
}

// steps are commands to copy, each with what to look for.
func (b *builder) steps(steps []bot.Step) []part {
	var parts []part
	for _, s := range steps {
		parts = append(parts,
			part{Type: "rich_text_preformatted", Elements: []part{b.text(s.Run, nil)}},
			section(b.text(s.Note, nil)))
	}
	return parts
}

func (b *builder) comparison(t bot.Comparison) {
	b.header(t.Left + " / " + t.Right)
	if t.Difference != "" {
		b.rich(section(b.text(t.Difference, nil)))
	}
	for _, row := range t.Rows {
		b.blocks = append(b.blocks, sectionBlock{
			Type: "section", Text: plainText(b.cut(row.Label, maxText)),
			Fields: []textObject{
				plainText(b.cut(t.Left+": "+orDash(row.Left), maxField)),
				plainText(b.cut(t.Right+": "+orDash(row.Right), maxField)),
			},
		})
	}
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (b *builder) text(s string, style *fontStyle) part {
	if s == "" {
		s = " " // Slack refuses an empty text
	}
	p := part{Type: "text", Text: b.cut(s, maxText)}
	if style != nil {
		p.Style = style
	}
	return p
}

func (b *builder) rich(parts ...part) {
	if len(parts) > 0 {
		b.blocks = append(b.blocks, richText{Type: "rich_text", Elements: parts})
	}
}

func section(parts ...part) part { return part{Type: "rich_text_section", Elements: parts} }

// perRow is the number of buttons in a row; more are hard to read on a phone.
const perRow = 5

// buttons are the choices of a reply. A button's action ID is the choice's own:
// it is all that is needed to answer. idPrefix tells the rows of two replies in
// one view apart.
func buttons(choices []bot.Choice, idPrefix string) []slack.Block {
	choices = choices[:min(len(choices), maxButtons)]
	var rows []slack.Block
	for start := 0; start < len(choices); start += perRow {
		row := actionsBlock{Type: "actions", BlockID: fmt.Sprintf("%s-%d", idPrefix, len(rows))}
		for _, c := range choices[start:min(start+perRow, len(choices))] {
			b := button{Type: "button", ActionID: c.ID, Text: plainText(platform.Shorten(c.Label, maxButton, platform.Runes))}
			if c.Primary {
				b.Style = "primary"
			}
			row.Buttons = append(row.Buttons, b)
		}
		rows = append(rows, row)
	}
	return rows
}
