package blockkit

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/mrkdwn"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// Render returns a reply as a message.
func Render(r reply.Reply) Message { return RenderAs(r, "choices") }

// RenderAs returns a reply as a message. idPrefix makes block IDs unique if a view contains two
// replies.
func RenderAs(r reply.Reply, idPrefix string) Message {
	m := Message{ResponseType: "in_channel", ReplaceOriginal: r.ReplaceOriginal, Text: fallback(r)}
	if r.Ephemeral {
		m.ResponseType = "ephemeral"
	}
	b := &builder{left: MaxMessageText}
	for _, block := range r.Blocks {
		b.block(block)
	}
	rows := controls(r, idPrefix)
	if room := MaxBlocks - len(rows); len(b.blocks) > room {
		b.blocks = b.blocks[:room]
	}
	m.Blocks = append(b.blocks, rows...)
	return m
}

// fallback returns the text for notifications and screen readers.
func fallback(r reply.Reply) string {
	var parts []string
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case reply.Title:
			parts = append(parts, b.Name+":")
		case reply.Headline:
			parts = append(parts, withHeading(b.Text, b.About))
		case reply.Paragraph:
			parts = append(parts, strings.TrimSpace(b.Bold+" "+b.Text))
		case reply.Entry:
			parts = append(parts, b.Name+": "+b.Text)
		case reply.Comparison:
			parts = append(parts, withHeading(strings.Join(b.Names, " / "), b.Difference))
		case reply.List:
			parts = append(parts, withHeading(b.Heading, strings.Join(b.Items, ", ")))
		}
	}
	return mrkdwn.Escape(platform.Shorten(mark.Strip(strings.Join(parts, " ")), MaxFallback/2, platform.Runes))
}

// withHeading joins heading and text with a colon. If one of them is empty, it returns the other.
func withHeading(heading, text string) string {
	if heading == "" || text == "" {
		return heading + text
	}
	return strings.TrimSuffix(heading, ":") + ": " + text
}

// A builder collects a message's blocks. All texts are plain text objects or elements of rich
// text. Slack does not interpret them, so text that a user typed cannot mention, link or format
// anything.
type builder struct {
	blocks []slack.Block
	left   int // the number of characters that still fit in the message
}

// cut shortens text to a limit, and to the space left in the message.
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
	case reply.Headline:
		b.header(severityEmoji[t.Severity] + " " + t.Text)
		if t.About != "" {
			b.context(PlainText(b.cut(t.About, MaxField)))
		}
	case reply.Paragraph:
		b.paragraph(t)
	case reply.List:
		b.list(t)
	case reply.Steps:
		var elements []slack.RichTextElement
		if t.Heading != "" {
			elements = append(elements, section(b.text(t.Heading, bold)))
		}
		b.rich(append(elements, b.steps(t.Commands, true)...)...)
	case reply.Entry:
		b.entry(t)
	case reply.Comparison:
		b.comparison(t)
	case reply.Note:
		b.note(t.Text)
	}
}

var (
	bold     = &slack.RichTextSectionTextStyle{Bold: true}
	code     = &slack.RichTextSectionTextStyle{Code: true}
	boldCode = &slack.RichTextSectionTextStyle{Bold: true, Code: true}
)

// severityEmoji maps each severity to the emoji that marks it.
var severityEmoji = map[glossary.Severity]string{
	glossary.Failure: "🔴", glossary.Warning: "🟠", glossary.Transient: "🟡", glossary.Normal: "🟢",
}

func (b *builder) title(t reply.Title) {
	name := strings.TrimSpace(severityEmoji[t.Severity] + " " + t.Name)
	if t.Other != "" {
		name += " (" + t.Other + ")"
	}
	b.header(name)
	about := strings.Join(t.Context, " · ")
	var links []string
	for _, l := range []reply.Link{{Label: "📖 " + t.Docs.Label, URL: t.Docs.URL}, {Label: "🗺️ " + t.Page.Label, URL: t.Page.URL}} {
		if l.URL != "" {
			links = append(links, mrkdwn.Link(l.URL, b.cut(l.Label, MaxField/8)))
		}
	}
	if about = b.cut(about, MaxField/2); about != "" && (len(links) == 0 || !mrkdwn.IsLiteral(about)) {
		b.context(PlainText(about))
		about = ""
	}
	if about != "" {
		links = append([]string{mrkdwn.Escape(about)}, links...)
	}
	if len(links) > 0 { // only Markdown can link inside a context block
		b.context(markdown(strings.Join(links, " · ")))
	}
}

// note adds a line of small text, with its code marked.
func (b *builder) note(text string) {
	text = b.cut(text, MaxField)
	var marked strings.Builder
	literal := true
	for _, s := range mark.Spans(text) {
		if s.Code {
			marked.WriteString(mrkdwn.Code(s.Text))
		} else {
			literal = literal && mrkdwn.IsLiteral(s.Text)
			marked.WriteString(mrkdwn.Escape(s.Text))
		}
	}
	if strings.Contains(text, "`") && literal && platform.Runes(marked.String()) <= MaxField {
		b.context(markdown(marked.String()))
	} else {
		b.context(PlainText(mark.Strip(text)))
	}
}

// markdown returns text in which Slack finds no links or mentions, but which may contain code and
// links.
func markdown(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

func (b *builder) header(text string) {
	b.blocks = append(b.blocks, slack.NewHeaderBlock(PlainText(b.cut(text, MaxHeader))))
}

// context adds a line of small text.
func (b *builder) context(text *slack.TextBlockObject) {
	b.blocks = append(b.blocks, slack.NewContextBlock("", text))
}

func (b *builder) paragraph(t reply.Paragraph) {
	var elements []slack.RichTextSectionElement
	if t.Heading != "" {
		elements = append(elements, b.text(t.Heading+"\n", bold))
	}
	if t.Bold != "" {
		elements = append(elements, b.marked(t.Bold, bold, boldCode)...)
		if t.Text != "" {
			elements = append(elements, b.text(" ", nil))
		}
	}
	if t.Text != "" {
		elements = append(elements, b.marked(t.Text, nil, code)...)
	}
	if t.Link.URL != "" {
		if t.Text != "" {
			elements = append(elements, b.text(" ", nil))
		}
		elements = append(elements, b.link(t.Link))
	}
	if len(elements) > 0 {
		b.rich(section(elements...))
	}
}

// link returns a link inside text.
func (b *builder) link(l reply.Link) slack.RichTextSectionElement {
	return slack.NewRichTextSectionLinkElement(l.URL, b.cut("📖 "+l.Label, MaxField), nil)
}

// marked returns the elements of text with code marks.
func (b *builder) marked(text string, style, codeStyle *slack.RichTextSectionTextStyle) []slack.RichTextSectionElement {
	var elements []slack.RichTextSectionElement
	for _, s := range mark.Spans(text) {
		if s.Code {
			elements = append(elements, b.text(s.Text, codeStyle))
		} else {
			elements = append(elements, b.text(s.Text, style))
		}
	}
	if len(elements) == 0 {
		elements = append(elements, b.text("", style))
	}
	return elements
}

func (b *builder) list(t reply.List) {
	items := listElement{Type: slack.RTEList, Style: slack.RTEListBullet}
	if t.Ordered {
		items.Style = slack.RTEListOrdered
	}
	for _, item := range t.Items {
		items.Elements = append(items.Elements, section(b.marked(item, nil, code)...))
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
	elements = append(append(elements, b.text("\n", nil)), b.marked(t.Text, nil, code)...)
	rich := []slack.RichTextElement{section(elements...)}
	if len(t.Facts) > 0 {
		rich = append(rich, &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{b.text(strings.Join(t.Facts, "\n"), nil)}})
	}
	b.rich(append(rich, b.steps(t.Commands, false)...)...)
	for _, p := range t.Asides {
		b.paragraph(p)
	}
}

// steps returns the elements that show commands, each with its goal and a note on what to look
// for. The goals are numbered if there are several.
func (b *builder) steps(steps []reply.Step, numbered bool) []slack.RichTextElement {
	var elements []slack.RichTextElement
	for i, s := range steps {
		if goal := s.Goal; goal != "" {
			if numbered && len(steps) > 1 {
				goal = fmt.Sprintf("%d. %s", i+1, goal)
			}
			elements = append(elements, section(b.text(goal, bold)))
		}
		elements = append(elements, preformattedElement{Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{b.text(s.Run, nil)}})
		if s.Note != "" {
			elements = append(elements, section(b.marked(s.Note, nil, code)...))
		}
	}
	return elements
}

func (b *builder) comparison(t reply.Comparison) {
	b.header(strings.Join(t.Names, " / "))
	if t.Difference != "" {
		b.rich(section(b.marked(t.Difference, bold, boldCode)...))
	}
	for _, row := range t.Rows {
		items := listElement{Type: slack.RTEList, Style: slack.RTEListBullet}
		for i, cell := range row.Cells {
			elements := append([]slack.RichTextSectionElement{b.text(t.Names[i], bold), b.text(" ", nil)}, b.marked(cell, nil, code)...)
			items.Elements = append(items.Elements, section(elements...))
		}
		b.rich(section(b.text(row.Label, bold)), items)
	}
}

func (b *builder) text(s string, style *slack.RichTextSectionTextStyle) *slack.RichTextSectionTextElement {
	if s == "" {
		s = " " // Slack rejects empty text
	}
	return slack.NewRichTextSectionTextElement(b.cut(s, MaxText), style)
}

func (b *builder) rich(elements ...slack.RichTextElement) {
	if len(elements) > 0 {
		b.blocks = append(b.blocks, slack.NewRichTextBlock("", elements...))
	}
}

// perRow is the maximum number of controls in a row; longer rows are hard to read on a phone.
const perRow = 5

// controls returns a reply's buttons and menu as rows of actions. The ID of each [reply.Button]
// becomes its action ID, or the value of its option in the menu. idPrefix is as in [RenderAs].
func controls(r reply.Reply, idPrefix string) []slack.Block {
	var all []slack.BlockElement
	for _, c := range r.Buttons[:min(len(r.Buttons), MaxButtons)] {
		b := slack.NewButtonBlockElement(c.ID, c.Payload, PlainText(platform.Shorten(c.Label, MaxButton, platform.Runes)))
		if c.Primary {
			b.Style = slack.StylePrimary
		}
		all = append(all, b)
	}
	if len(r.Menu.Options) > 0 {
		all = append(all, menu(r.Menu))
	}
	var rows []slack.Block
	for len(all) > 0 {
		n := min(len(all), perRow)
		rows = append(rows, slack.NewActionBlock(fmt.Sprintf("%s-%d", idPrefix, len(rows)), all[:n]...))
		all = all[n:]
	}
	return rows
}

// MenuID is the action ID of menus.
const MenuID = "menu"

// menu returns a menu as a select menu. An option's value is the ID of its button.
func menu(m reply.Menu) slack.BlockElement {
	var options []*slack.OptionBlockObject
	for _, o := range m.Options {
		if len(o.ID) <= MaxOptionValue {
			options = append(options, slack.NewOptionBlockObject(o.ID, PlainText(platform.Shorten(o.Label, MaxOption, platform.Runes)), nil))
		}
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, PlainText(platform.Shorten(m.Label, MaxPlaceholder, platform.Runes)), MenuID, options...)
}
