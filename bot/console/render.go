// Package console is the terminal as a platform: a chat for people who have no
// token at hand, and the text in which the command line answers.
package console

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"k8sbot/bot"
	"k8sbot/bot/console/lineedit"
	"k8sbot/glossary"
)

// A Style is how replies are set.
type Style struct {
	// Color sets them in colour, with ANSI escapes.
	Color bool
	// Width is the number of columns at which lines are broken; 0 for never,
	// as a program that reads the text wants it.
	Width int
	// Numbers puts a number before each choice, for a chat in which it can be
	// typed.
	Numbers bool
}

// ANSI escapes (ECMA-48, SGR), by what is meant.
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

var severityColor = map[glossary.Severity]string{
	glossary.Failure: red, glossary.Warning: yellow, glossary.Passing: yellow, glossary.Normal: green,
}

// Render returns a reply as text, ending with a line end.
func Render(r bot.Reply, style Style) string {
	p := &printer{Style: style}
	for i, b := range r.Blocks {
		if i > 0 && !joins(b) {
			p.line("", "")
		}
		p.block(b)
	}
	p.buttons(r.Buttons)
	return p.out.String()
}

type printer struct {
	Style
	out strings.Builder
}

// joins reports whether a block follows the one before without a blank line.
func joins(b bot.Block) bool {
	_, isNote := b.(bot.Note)
	return isNote
}

func (p *printer) block(b bot.Block) {
	switch b := b.(type) {
	case bot.Title:
		p.title(b)
	case bot.Paragraph:
		p.heading(b.Heading)
		p.text(b.Text, "")
	case bot.List:
		p.heading(b.Heading)
		for i, item := range b.Items {
			mark := "- "
			if b.Ordered {
				mark = fmt.Sprintf("%d. ", i+1)
			}
			p.item(item, mark)
		}
	case bot.Steps:
		p.heading(b.Heading)
		p.steps(b.Commands, "")
	case bot.Entry:
		name := p.paint(b.Name, bold)
		if c := severityColor[b.Severity]; c != "" {
			name = p.paint("● ", c) + name
		}
		p.line(name, "")
		if len(b.Objects) > 0 {
			p.text(strings.Join(b.Objects, ", "), "  ")
		}
		p.text(b.Text, "  ")
		p.steps(b.Commands, "  ")
	case bot.Comparison:
		p.comparison(b)
	case bot.Note:
		p.text(p.paint(b.Text, faint), "")
	case bot.Links:
		for _, l := range b.Links {
			p.line(p.paint(l.Label+": ", faint)+l.URL, "")
		}
	}
}

func (p *printer) title(t bot.Title) {
	line := p.paint(t.Name, bold)
	for _, s := range []string{t.Other, t.Reading, t.StandsFor} {
		if s != "" {
			line += "  " + s
		}
	}
	p.line(line, "")
	if t.SeverityLabel != "" {
		p.line(p.paint("● "+t.SeverityLabel, severityColor[t.Severity]), "")
	}
	for _, b := range t.Badges {
		p.text(p.paint(b, faint), "")
	}
}

func (p *printer) steps(steps []bot.Step, indent string) {
	for _, s := range steps {
		p.line(p.paint("$ ", faint)+p.paint(s.Run, cyan), indent+"  ")
		p.text(s.Note, indent+"    ")
	}
}

func (p *printer) comparison(c bot.Comparison) {
	p.line(p.paint(c.Left, bold)+"  /  "+p.paint(c.Right, bold), "")
	if c.Difference != "" {
		p.line("", "")
		p.text(c.Difference, "")
	}
	for _, row := range c.Rows {
		p.line("", "")
		p.heading(row.Label)
		p.item(c.Left+": "+orDash(row.Left), "- ")
		p.item(c.Right+": "+orDash(row.Right), "- ")
	}
}

// orDash stands in for what there is nothing to say of.
func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// buttons prints each choice behind its number, and breaks lines only between them.
func (p *printer) buttons(choices []bot.Button) {
	if len(choices) == 0 || !p.Numbers {
		return
	}
	const gap = "  "
	p.line("", "")
	line := ""
	for i, c := range choices {
		label := p.paint(fmt.Sprintf("[%d]", i+1), faint) + " " + c.Label
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

// item prints a text behind a mark, its further lines below its first letter.
func (p *printer) item(text, mark string) {
	p.wrapped(text, "  "+mark, "  "+strings.Repeat(" ", len(mark)))
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

// noLineStart must not begin a line in Japanese, opening must not end one.
const (
	noLineStart = "、。，．」』）)】!?！？…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ・:：;"
	noLineEnd   = "「『（(【"
)

// wrap breaks a text into lines of at most n columns: at blanks, and between
// Japanese characters where a line may begin. n below 20 means not at all.
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

// breakable splits a text into the pieces between which a line may be broken.
func breakable(text string) []string {
	var pieces []string
	var piece strings.Builder
	flush := func() {
		if piece.Len() > 0 {
			pieces = append(pieces, piece.String())
			piece.Reset()
		}
	}
	before, wasWide := "", false
	for character, width := range lineedit.Characters(text) {
		isWide := width == 2
		mayBreak := before == " " && character != " " || isWide || wasWide
		if mayBreak && !isOneOf(noLineStart, character) && !isOneOf(noLineEnd, before) {
			flush()
		}
		piece.WriteString(character)
		before, wasWide = character, isWide
	}
	flush()
	return pieces
}

// isOneOf reports whether a character, whatever marks it has, is one of a set.
func isOneOf(set, character string) bool {
	r, _ := utf8.DecodeRuneInString(character)
	return character != "" && strings.ContainsRune(set, r)
}
