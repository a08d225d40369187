// Package console is the adapter for the terminal: a chat that works without a token, and the
// text output of the command line.
package console

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// A Style defines how replies are printed.
type Style struct {
	// Color adds ANSI escapes for colors.
	Color bool
	// Width is the maximum width of lines, in columns. It is 0 if lines must not be broken,
	// because a program reads the text.
	Width int
	// Numbers prints the buttons, each with a number to type. If it is false, buttons are
	// omitted.
	Numbers bool
}

// The ANSI escapes in use (ECMA-48, SGR).
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

var severityColor = map[glossary.Severity]string{
	glossary.Failure: red, glossary.Warning: yellow, glossary.Transient: yellow, glossary.Normal: green,
}

// Render returns a reply as text that ends with a newline.
func Render(r reply.Reply, style Style) string {
	p := &printer{Style: style, lang: r.Lang}
	for i, b := range r.Blocks {
		if i > 0 && !joins(r.Kind, b) {
			p.line("", "")
		}
		p.block(b)
	}
	for _, f := range r.Files {
		p.line("", "")
		p.line(p.paint(f.Name, faint), "")
		p.out.WriteString(f.Text)
	}
	p.buttons(choices(r))
	return p.out.String()
}

// choices returns what the user can choose by number: a reply's buttons, and the first options
// of its menu.
func choices(r reply.Reply) []reply.Button {
	return append(slices.Clip(r.Buttons), r.Menu.Options[:min(len(r.Menu.Options), maxOptions)]...)
}

// maxOptions is the maximum number of menu options printed after the buttons.
const maxOptions = 4

type printer struct {
	Style
	lang glossary.Lang // the reply's language
	out  strings.Builder
}

// joins reports whether a block follows the previous block without a blank line. A note on a list is
// not about the last group of the list.
func joins(kind reply.Kind, b reply.Block) bool {
	_, isNote := b.(reply.Note)
	return isNote && kind != reply.KindList
}

func (p *printer) block(b reply.Block) {
	switch b := b.(type) {
	case reply.Title:
		p.title(b)
	case reply.Headline:
		text := b.Text
		if b.About != "" {
			text += " · " + b.About
		}
		p.text(p.paint(text, bold), "")
	case reply.Paragraph:
		p.heading(b.Heading)
		if b.Bold != "" {
			p.text(p.paint(mark.Strip(b.Bold), bold), "")
		}
		if b.Text != "" {
			p.text(p.marked(b.Text), "")
		}
		p.link(b.Link, "")
	case reply.List:
		p.heading(b.Heading)
		for i, item := range b.Items {
			marker := "- "
			if b.Ordered {
				marker = fmt.Sprintf("%d. ", i+1)
			}
			p.item(p.marked(item), marker)
		}
	case reply.Steps:
		p.heading(b.Heading)
		p.steps(b.Commands, "", true)
	case reply.Entry:
		p.line(p.sign(b.Severity)+p.paint(b.Name, bold), "")
		if len(b.Objects) > 0 {
			p.text(strings.Join(b.Objects, ", "), "  ")
		}
		p.text(p.marked(b.Text), "  ")
		for _, f := range b.Facts {
			p.text(p.paint("> "+f, faint), "  ")
		}
		p.steps(b.Commands, "  ", false)
		for _, a := range b.Asides {
			heading := p.paint(a.Heading+":", bold)
			p.text(strings.TrimRight(heading+" "+p.marked(a.Text), " "), "  ")
			p.link(a.Link, "  ")
		}
	case reply.Comparison:
		p.comparison(b)
	case reply.Note:
		p.text(p.note(b.Text), "")
	}
}

func (p *printer) title(t reply.Title) {
	line := p.paint(t.Name, bold)
	if t.Other != "" {
		line += "  " + t.Other
	}
	p.line(line, "")
	context, sign := t.Context, p.sign(t.Severity)
	if len(context) > 0 && strings.Contains(sign, context[0]) {
		context = context[1:] // the sign says the same
	}
	if about := sign + p.paint(strings.Join(context, " · "), faint); about != "" {
		p.text(strings.TrimSpace(about), "")
	}
	p.link(t.Docs, "")
	p.link(t.Page, "")
}

// sign returns the sign of a severity, followed by a space: a colored dot or, without colors, the
// severity in brackets, such as [failure]. It returns "" for no severity.
func (p *printer) sign(s glossary.Severity) string {
	switch {
	case s == "":
		return ""
	case p.Color:
		return p.paint("● ", severityColor[s])
	}
	return "[" + s.Title(p.lang) + "] "
}

// link prints a link, unless it is the zero value.
func (p *printer) link(l reply.Link, indent string) {
	if l.URL != "" {
		p.line(p.paint(l.Label+": ", faint)+l.URL, indent)
	}
}

// note is like marked, but prints everything else faintly.
func (p *printer) note(text string) string {
	return p.spans(text, func(s string) string { return p.paint(s, faint) })
}

// marked prints code in a color. Without colors, it keeps the backticks.
func (p *printer) marked(text string) string {
	return p.spans(text, func(s string) string { return s })
}

// spans prints code in a color, and everything else with other. Without colors, it returns text.
func (p *printer) spans(text string, other func(string) string) string {
	if !p.Color {
		return text
	}
	var out strings.Builder
	for _, s := range mark.Spans(text) {
		if s.Code {
			out.WriteString(p.paint(s.Text, cyan))
		} else {
			out.WriteString(other(s.Text))
		}
	}
	return out.String()
}

func (p *printer) steps(steps []reply.Step, indent string, numbered bool) {
	for i, s := range steps {
		if goal := s.Goal; goal != "" {
			if numbered && len(steps) > 1 {
				goal = fmt.Sprintf("%d. %s", i+1, goal)
			}
			p.text(p.paint(goal, bold), indent)
		}
		p.line(p.paint("$ ", faint)+p.paint(s.Run, cyan), indent+"  ")
		if s.Note != "" {
			p.text(p.marked(s.Note), indent+"    ")
		}
	}
}

func (p *printer) comparison(c reply.Comparison) {
	var names []string
	for _, name := range c.Names {
		names = append(names, p.paint(name, bold))
	}
	p.line(strings.Join(names, "  /  "), "")
	if c.Difference != "" {
		p.line("", "")
		p.text(p.paint(mark.Strip(c.Difference), bold), "")
	}
	for _, row := range c.Rows {
		p.line("", "")
		p.heading(row.Label)
		for i, cell := range row.Cells {
			p.item(c.Names[i]+": "+p.marked(cell), "- ")
		}
	}
}

// buttons prints each button with its number and breaks lines only between buttons.
func (p *printer) buttons(buttons []reply.Button) {
	if len(buttons) == 0 || !p.Numbers {
		return
	}
	const gap = "  "
	p.line("", "")
	line := ""
	for i, b := range buttons {
		label := p.paint(fmt.Sprintf("[%d]", i+1), faint) + " " + b.Label
		if line != "" && p.Width > 0 && lineedit.Width(line+gap+label) > p.Width {
			p.line(line, "")
			line = ""
		}
		if line != "" {
			line += gap
		}
		line += label
	}
	p.line(line, "")
}

func (p *printer) heading(s string) {
	if s != "" {
		p.line(p.paint(s, bold), "")
	}
}

// item prints text after a list marker, with a hanging indent.
func (p *printer) item(text, marker string) {
	p.wrapped(text, "  "+marker, "  "+strings.Repeat(" ", len(marker)))
}

func (p *printer) text(text, indent string) { p.wrapped(text, indent, indent) }

func (p *printer) wrapped(text, first, rest string) {
	for _, line := range wrap(text, p.Width-lineedit.Width(rest)) {
		p.line(line, first)
		first = rest
	}
}

func (p *printer) line(s, indent string) {
	if s != "" {
		p.out.WriteString(indent)
	}
	p.out.WriteString(s)
	p.out.WriteByte('\n')
}

func (p *printer) paint(s, color string) string {
	if !p.Color || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// In Japanese, noLineStart characters must not begin a line, and noLineEnd characters
// must not end one.
const (
	noLineStart = "、。，．」』）)】!?！？…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ・:：;"
	noLineEnd   = "「『（(【"
)

// wrap breaks text into lines of at most n columns, at spaces and between Japanese
// characters. It does not break longer words. If n is less than 20, wrap does not break
// lines.
func wrap(text string, n int) []string {
	if n < 20 {
		return []string{text}
	}
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range breakable(text) {
		w := lineedit.Width(word)
		if used > 0 && used+lineedit.Width(strings.TrimRight(word, " ")) > n {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			used = 0
		}
		line.WriteString(word)
		used += w
	}
	return append(lines, strings.TrimRight(line.String(), " "))
}

// breakable splits text at the places where a line may be broken.
func breakable(text string) []string {
	var segments []string
	var segment strings.Builder
	flush := func() {
		if segment.Len() > 0 {
			segments = append(segments, segment.String())
			segment.Reset()
		}
	}
	before, wasWide := "", false
	for character, width := range lineedit.Characters(text) {
		isWide := width == 2
		mayBreak := before == " " && character != " " || isWide || wasWide
		if mayBreak && !isOneOf(noLineStart, character) && !isOneOf(noLineEnd, before) {
			flush()
		}
		segment.WriteString(character)
		before, wasWide = character, isWide
	}
	flush()
	return segments
}

// isOneOf reports whether a character is in a set. Combining marks are ignored.
func isOneOf(set, character string) bool {
	r, _ := utf8.DecodeRuneInString(character)
	return character != "" && strings.ContainsRune(set, r)
}
