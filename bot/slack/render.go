package slack

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// Render returns a reply as JSON, in the format of a response to a slash command.
func Render(r reply.Reply) ([]byte, error) { return json.Marshal(render(r)) }

func render(r reply.Reply) message { return renderAs(r, "choices") }

func renderAs(r reply.Reply, idPrefix string) message {
	m := message{ResponseType: "in_channel", ReplaceOriginal: r.ReplaceOriginal, Text: fallback(r)}
	if r.Ephemeral {
		m.ResponseType = "ephemeral"
	}
	b := &builder{left: maxMessageText}
	for _, block := range r.Blocks {
		b.block(block)
	}
	rows := buttons(r.Buttons, idPrefix)
	if room := maxBlocks - len(rows); len(b.blocks) > room {
		b.blocks = b.blocks[:room]
	}
	m.Blocks = append(b.blocks, rows...)
	return m
}

// encodeReply returns the message of a reply as JSON, or nil if it cannot be encoded.
func (a *Adapter) encodeReply(r reply.Reply) []byte {
	return a.rendered.Get(r, func(r reply.Reply) []byte { return a.encode(render(r)) })
}

// fallback returns the text for notifications and screen readers.
func fallback(r reply.Reply) string {
	var parts []string
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case reply.Title:
			parts = append(parts, b.Name+":")
		case reply.Paragraph:
			parts = append(parts, b.Text)
		case reply.Entry:
			parts = append(parts, b.Name+": "+b.Text)
		case reply.Comparison:
			parts = append(parts, withHeading(b.Left+" / "+b.Right, b.Difference))
		case reply.List:
			parts = append(parts, withHeading(b.Heading, strings.Join(b.Items, ", ")))
		}
	}
	return escape(platform.Shorten(strings.Join(parts, " "), maxFallback/2, platform.Runes))
}

// withHeading joins a heading and a text with a colon. If one is empty, it returns the
// other.
func withHeading(heading, text string) string {
	if heading == "" || text == "" {
		return heading + text
	}
	return strings.TrimSuffix(heading, ":") + ": " + text
}

// A builder collects the blocks of a message. All texts are plain text objects or elements of
// rich text. Slack does not interpret them, so text that a user typed cannot mention, link or
// format anything.
type builder struct {
	blocks []slack.Block
	left   int // number of characters that still fit in the message
}

// cut shortens a text to a limit, and to the space left in the message.
func (b *builder) cut(text string, limit int) string {
	text = platform.Shorten(text, min(limit, max(b.left, 20)), platform.Runes)
	b.left -= platform.Runes(text)
	return text
}

func (b *builder) block(block reply.Block) {
	if b.left <= 0 {
		return
	}
	switch t := block.(type) {
	case reply.Title:
		b.title(t)
	case reply.Paragraph:
		var elements []slack.RichTextSectionElement
		if t.Heading != "" {
			elements = append(elements, b.text(t.Heading+"\n", bold))
		}
		b.rich(section(append(elements, b.text(t.Text, nil))...))
	case reply.List:
		b.list(t)
	case reply.Steps:
		b.rich(append([]slack.RichTextElement{section(b.text(t.Heading, bold))}, b.steps(t.Commands)...)...)
	case reply.Entry:
		b.entry(t)
	case reply.Comparison:
		b.comparison(t)
	case reply.Note:
		b.context(t.Text)
	case reply.Links:
		var links []slack.RichTextSectionElement
		for _, l := range t.Links {
			links = append(links, slack.NewRichTextSectionLinkElement(l.URL, b.cut(l.Label, maxField), nil))
		}
		b.rich(section(links...))
	}
}

var (
	bold = &slack.RichTextSectionTextStyle{Bold: true}
	code = &slack.RichTextSectionTextStyle{Code: true}
)

// severityEmoji marks severities.
var severityEmoji = map[glossary.Severity]string{
	glossary.Failure: "🔴", glossary.Warning: "🟠", glossary.Transient: "🟡", glossary.Normal: "🟢",
}

func (b *builder) title(t reply.Title) {
	name := t.Name
	if t.Other != "" {
		name += "  " + t.Other
	}
	b.header(name)
	b.context(append([]string{strings.TrimSpace(severityEmoji[t.Severity] + " " + t.SeverityLabel), t.Reading, t.StandsFor}, t.Badges...)...)
}

func (b *builder) header(text string) {
	b.blocks = append(b.blocks, slack.NewHeaderBlock(plainText(b.cut(text, maxHeader))))
}

// context adds a row of small texts. It leaves out empty ones.
func (b *builder) context(texts ...string) {
	var elements []slack.MixedElement
	for _, text := range texts {
		if text != "" && len(elements) < maxContext {
			elements = append(elements, plainText(b.cut(text, maxField)))
		}
	}
	if len(elements) > 0 {
		b.blocks = append(b.blocks, slack.NewContextBlock("", elements...))
	}
}

func (b *builder) list(t reply.List) {
	items := listElement{Type: slack.RTEList, Style: slack.RTEListBullet}
	if t.Ordered {
		items.Style = slack.RTEListOrdered
	}
	for _, item := range t.Items {
		items.Elements = append(items.Elements, section(b.text(item, nil)))
	}
	var elements []slack.RichTextElement
	if t.Heading != "" {
		elements = append(elements, section(b.text(t.Heading, bold)))
	}
	if len(items.Elements) > 0 {
		elements = append(elements, items)
	}
	b.rich(elements...)
}

func (b *builder) entry(t reply.Entry) {
	var elements []slack.RichTextSectionElement
	if m := severityEmoji[t.Severity]; m != "" {
		elements = append(elements, b.text(m+" ", nil))
	}
	elements = append(elements, b.text(t.Name, bold))
	for _, o := range t.Objects {
		elements = append(elements, b.text(" ", nil), b.text(o, code))
	}
	elements = append(elements, b.text("\n", nil))
	for _, s := range reply.Spans(t.Text) {
		if s.Code {
			elements = append(elements, b.text(s.Text, code))
		} else {
			elements = append(elements, b.text(s.Text, nil))
		}
	}
	rich := []slack.RichTextElement{section(elements...)}
	if len(t.Facts) > 0 {
		rich = append(rich, &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{b.text(strings.Join(t.Facts, "\n"), nil)}})
	}
	b.rich(append(rich, b.steps(t.Commands)...)...)
}

// steps returns the elements of commands, each with a note on what to look for.
func (b *builder) steps(steps []reply.Step) []slack.RichTextElement {
	var elements []slack.RichTextElement
	for _, s := range steps {
		elements = append(elements,
			preformattedElement{Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{b.text(s.Run, nil)}},
			section(b.text(s.Note, nil)))
	}
	return elements
}

func (b *builder) comparison(t reply.Comparison) {
	b.header(t.Left + " / " + t.Right)
	if t.Difference != "" {
		b.rich(section(b.text(t.Difference, nil)))
	}
	for _, row := range t.Rows {
		b.blocks = append(b.blocks, slack.NewSectionBlock(plainText(b.cut(row.Label, maxText)), []*slack.TextBlockObject{
			plainText(b.cut(t.Left+": "+orDash(row.Left), maxField)),
			plainText(b.cut(t.Right+": "+orDash(row.Right), maxField)),
		}, nil))
	}
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (b *builder) text(s string, style *slack.RichTextSectionTextStyle) *slack.RichTextSectionTextElement {
	if s == "" {
		s = " " // Slack rejects an empty text
	}
	return slack.NewRichTextSectionTextElement(b.cut(s, maxText), style)
}

func (b *builder) rich(elements ...slack.RichTextElement) {
	if len(elements) > 0 {
		b.blocks = append(b.blocks, slack.NewRichTextBlock("", elements...))
	}
}

// perRow is the number of buttons in a row; more are hard to read on a phone.
const perRow = 5

// buttons returns the buttons of a reply as rows of actions. The ID of each [reply.Button]
// becomes its action ID. idPrefix makes block IDs unique if a view contains two replies.
func buttons(list []reply.Button, idPrefix string) []slack.Block {
	list = list[:min(len(list), maxButtons)]
	var rows []slack.Block
	for start := 0; start < len(list); start += perRow {
		var row []slack.BlockElement
		for _, c := range list[start:min(start+perRow, len(list))] {
			b := slack.NewButtonBlockElement(c.ID, "", plainText(platform.Shorten(c.Label, maxButton, platform.Runes)))
			if c.Primary {
				b.Style = slack.StylePrimary
			}
			row = append(row, b)
		}
		rows = append(rows, slack.NewActionBlock(fmt.Sprintf("%s-%d", idPrefix, len(rows)), row...))
	}
	return rows
}
