package discord

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// defaultColor is the blue of the Kubernetes logo.
const defaultColor = 0x326ce5

// severityColors contains the colors of the bar beside an embed.
var severityColors = map[glossary.Severity]int{
	glossary.Failure: 0xd64545, glossary.Warning: 0xe8912d, glossary.Transient: 0xf0c330, glossary.Normal: 0x2e9e5b,
}

// colorOf returns the color for a severity, or defaultColor if there is none.
func colorOf(s glossary.Severity) int { return cmp.Or(severityColors[s], defaultColor) }

// block adds a block of a reply, if it fits.
func (b *builder) block(block reply.Block) {
	if b.left <= 20 {
		return
	}
	switch t := block.(type) {
	case reply.Title:
		b.title(t)
	case reply.Headline:
		b.newEmbed().Title = b.cut(severityEmoji[t.Severity]+" "+t.Text, maxTitle)
		b.about = b.plain(t.About, maxFooter/2)
	case reply.Paragraph:
		text := markdown.Linked(t.Text, t.Link.Label, t.Link.URL)
		if t.Bold != "" {
			text = strings.TrimSpace("**" + markdown.Marked(t.Bold) + "** " + text)
		}
		b.describe(withHeading(t.Heading, text))
	case reply.List:
		b.list(t)
	case reply.Steps:
		b.steps(t)
	case reply.Entry:
		b.entry(t)
	case reply.Comparison:
		b.comparison(t)
	case reply.Note:
		b.note(t.Text)
	}
}

// note adds an aside: above the first embed, or in the footer. Neither can show code. A note with
// code becomes a paragraph if nothing else follows the paragraphs; otherwise, its code is quoted.
func (b *builder) note(text string) {
	if len(b.embeds) == 0 {
		b.lead = b.quoted(text)
		return
	}
	e := b.embed()
	if strings.Contains(text, "`") && len(e.Fields) == 0 && e.Footer == nil && b.about == "" {
		b.describe(markdown.Marked(text))
		return
	}
	note := b.plain(b.quoted(text), maxFooter/4)
	if e.Footer != nil {
		note = platform.Shorten(e.Footer.Text+" · "+note, maxFooter/2-10, platform.UTF16)
	}
	e.Footer = &discordgo.MessageEmbedFooter{Text: note}
}

// quoted returns text with quotes around its code instead of code marks.
func (b *builder) quoted(text string) string {
	left, right := "“", "”"
	if b.lang == glossary.Japanese {
		left, right = "「", "」"
	}
	var plain strings.Builder
	for _, s := range mark.Spans(text) {
		if s.Code {
			plain.WriteString(left + s.Text + right)
		} else {
			plain.WriteString(s.Text)
		}
	}
	return plain.String()
}

// severityEmoji marks severities.
var severityEmoji = map[glossary.Severity]string{
	glossary.Failure: "🔴", glossary.Warning: "🟠", glossary.Transient: "🟡", glossary.Normal: "🟢",
}

func (b *builder) title(t reply.Title) {
	name := strings.TrimSpace(severityEmoji[t.Severity] + " " + t.Name)
	if t.Other != "" {
		name += " (" + t.Other + ")"
	}
	e := b.newEmbed()
	e.Title, e.URL = b.cut(name, maxTitle), t.Docs.URL
	if t.Page.URL != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: b.cut("🗺️ "+t.Page.Label, maxTitle), URL: t.Page.URL}
	}
	b.about = b.plain(strings.Join(t.Context, " · "), maxFooter/2)
}

func (b *builder) list(t reply.List) {
	lines := make([]string, len(t.Items))
	for i, item := range t.Items {
		mark := "• "
		if t.Ordered {
			mark = strconv.Itoa(i+1) + "\\. "
		}
		lines[i] = mark + markdown.Marked(item)
	}
	text := strings.Join(lines, "\n")
	if len(b.embed().Fields) > 0 && t.Heading != "" && platform.UTF16(text) <= maxFieldValue*95/100 {
		b.field(markdown.Escape(t.Heading), text)
		return
	}
	b.describe(withHeading(t.Heading, text))
}

// steps adds commands to copy, each in a field with its goal and note. The goals are numbered
// if there are several.
func (b *builder) steps(t reply.Steps) {
	for i, s := range t.Commands {
		name := s.Goal
		if len(t.Commands) > 1 && name != "" {
			name = strconv.Itoa(i+1) + ". " + name
		}
		if i == 0 && t.Heading != "" {
			name = strings.TrimSuffix(t.Heading+" — "+name, " — ")
		}
		if name == "" {
			name = strconv.Itoa(i+1) + "." // Discord rejects an empty name
		}
		b.field(markdown.Escape(name), b.step(s, maxFieldValue))
	}
}

// step returns a command and its note, in at most limit characters.
func (b *builder) step(s reply.Step, limit int) string {
	command := markdown.CodeBlock(s.Run)
	note := markdown.Marked(s.Note)
	if room := limit*95/100 - platform.UTF16(command); platform.UTF16(note) > room {
		note = platform.Shorten(markdown.Escape(mark.Strip(s.Note)), max(room, 20), platform.UTF16)
	}
	return command + note
}

func (b *builder) entry(t reply.Entry) {
	name := markdown.Escape(t.Name)
	if m := severityEmoji[t.Severity]; m != "" {
		name = m + " " + name
	}
	var value strings.Builder
	for _, o := range t.Objects {
		value.WriteString(markdown.Code(o) + " ")
	}
	if value.Len() > 0 {
		value.WriteString("\n")
	}
	value.WriteString(markdown.Marked(t.Text))
	for _, f := range t.Facts {
		value.WriteString("\n" + markdown.Code(platform.Shorten(f, maxFact, platform.UTF16)))
	}
	for _, s := range t.Commands {
		value.WriteString("\n" + b.step(s, maxFieldValue))
	}
	text := value.String()
	if platform.UTF16(text) > maxFieldValue*95/100 {
		// Cutting a code block would remove its end, so text that is too long is shown without code
		// blocks.
		text = markdown.Escape(strings.Join(append(t.Objects, mark.Strip(t.Text)), " "))
	}
	b.field(name, text)
	for _, p := range t.Asides {
		b.field(markdown.Escape(p.Heading), markdown.Linked(p.Text, p.Link.Label, p.Link.URL))
	}
}

func (b *builder) comparison(t reply.Comparison) {
	b.newEmbed().Title = b.cut(strings.Join(t.Names, " / "), maxTitle)
	if t.Difference != "" {
		b.describe("**" + markdown.Marked(t.Difference) + "**")
	}
	for _, row := range t.Rows {
		share := maxFieldValue/len(row.Cells) - 70
		var lines []string
		for i, cell := range row.Cells {
			text := markdown.Marked(cell)
			if platform.UTF16(text) > share {
				text = platform.Shorten(markdown.Escape(mark.Strip(cell)), share, platform.UTF16)
			}
			lines = append(lines, "• **"+markdown.Escape(platform.Shorten(t.Names[i], 50, platform.UTF16))+"** "+text)
		}
		b.field(markdown.Escape(row.Label), strings.Join(lines, "\n"))
	}
}
