package mcp

import (
	"fmt"
	"strings"

	"k8sbot/bot/reply"
)

// markdown returns blocks as Markdown. It keeps the code marks in texts, because Markdown uses
// the same marks.
func markdown(blocks []reply.Block) string {
	w := new(writer)
	for _, b := range blocks {
		w.block(b)
	}
	return strings.TrimSpace(w.String())
}

type writer struct{ strings.Builder }

// paragraph adds a paragraph, unless it is empty.
func (w *writer) paragraph(parts ...string) {
	if text := strings.TrimSpace(strings.Join(parts, " ")); text != "" {
		w.WriteString(text + "\n\n")
	}
}

func (w *writer) block(b reply.Block) {
	switch b := b.(type) {
	case reply.Title:
		name := "**" + b.Name + "**"
		if b.Other != "" {
			name += " (" + b.Other + ")"
		}
		w.paragraph(name, strings.Join(b.Context, " · "))
		for _, l := range []reply.Link{b.Docs, b.Page} {
			w.link(l)
		}
	case reply.Headline:
		w.paragraph(bold(b.Text), b.About)
	case reply.Paragraph:
		w.paragraph(bold(b.Heading))
		w.paragraph(b.Bold)
		w.paragraph(b.Text)
		w.link(b.Link)
	case reply.List:
		w.paragraph(bold(b.Heading))
		for i, item := range b.Items {
			mark := "-"
			if b.Ordered {
				mark = fmt.Sprintf("%d.", i+1)
			}
			w.WriteString(mark + " " + item + "\n")
		}
		w.WriteString("\n")
	case reply.Steps:
		w.paragraph(bold(b.Heading))
		w.steps(b.Commands)
	case reply.Entry:
		w.paragraph(bold(b.Name), strings.Join(b.Objects, ", "))
		w.paragraph(b.Text)
		for _, f := range b.Facts {
			w.WriteString("> " + code(f) + "\n")
		}
		if len(b.Facts) > 0 {
			w.WriteString("\n")
		}
		w.steps(b.Commands)
		for _, a := range b.Asides {
			w.paragraph(bold(a.Heading), a.Text)
			w.link(a.Link)
		}
	case reply.Comparison:
		w.comparison(b)
	case reply.Note:
		w.paragraph(b.Text)
	}
}

// link adds a link, unless it is the zero value.
func (w *writer) link(l reply.Link) {
	if l.URL != "" {
		w.paragraph(l.Label + ": " + l.URL)
	}
}

func (w *writer) steps(steps []reply.Step) {
	for _, s := range steps {
		line := "- "
		if s.Goal != "" {
			line += s.Goal + ": "
		}
		line += code(s.Run)
		if s.Note != "" {
			line += " — " + s.Note
		}
		w.WriteString(line + "\n")
	}
	if len(steps) > 0 {
		w.WriteString("\n")
	}
}

func (w *writer) comparison(c reply.Comparison) {
	w.paragraph(bold(strings.Join(c.Names, " / ")))
	w.paragraph(c.Difference)
	if len(c.Rows) == 0 {
		return
	}
	w.row("", c.Names)
	w.WriteString("|" + strings.Repeat(" --- |", len(c.Names)+1) + "\n")
	for _, r := range c.Rows {
		w.row(r.Label, r.Cells)
	}
	w.WriteString("\n")
}

func (w *writer) row(label string, cells []string) {
	w.WriteString("| " + cell(label) + " |")
	for _, c := range cells {
		w.WriteString(" " + cell(c) + " |")
	}
	w.WriteString("\n")
}

// cell returns text escaped for a table cell.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}

func bold(text string) string {
	if text == "" {
		return ""
	}
	return "**" + text + "**"
}

// code returns a single-line text as a code span. The span's delimiter is longer than any run of
// backticks in the text (https://spec.commonmark.org/0.31.2/#code-spans).
func code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if !strings.Contains(text, "`") {
		return "`" + text + "`"
	}
	mark := strings.Repeat("`", longestRun(text)+1)
	return mark + " " + text + " " + mark
}

// longestRun returns the length of the longest run of backticks in text.
func longestRun(text string) int {
	longest, run := 0, 0
	for _, r := range text {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
