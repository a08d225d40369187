package paste

import (
	"context"
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// Read parses text into observations. If ctx is done, Read stops early, and the Read field of the
// result is the number of bytes that were read. Read omits the middle of a text with more than
// [MaxLines] lines. It uses two cores for a long text.
func Read(ctx context.Context, text string) observe.Text {
	lines := line.Clean(text)
	p := &parse.Parser{Text: observe.Text{Read: len(text)}}
	if n := len(lines); n > 0 {
		p.Text.Lines = int(lines[n-1].Number)
	}
	if kept := len(lines) - 1; kept == MaxLines { // and a separator
		p.Text.Omitted = p.Text.Lines - kept
	}
	p.Command = closing(lines)
	h := halves{ctx: ctx, lines: lines, p: p}
	readFrom(ctx, p, lines, 0, h.before)
	h.close()
	finish(p)
	return p.Text
}

// maxClosed is the maximum number of lines above a command that closing returns.
const maxClosed = 500

// closing returns the command on the last line, if it shows one object: people put it below its output too. It
// returns nil if there is none, or if another command may have printed one of the lines above.
func closing(lines []line.Line) *observe.Command {
	last := len(lines) - 1
	for last > 0 && lines[last].Text == "" {
		last--
	}
	if last < 1 || last > maxClosed {
		return nil
	}
	c := line.Command(strings.TrimSpace(lines[last].Text))
	if c == nil || c.Program != "kubectl" || c.Object.Name == "" || c.Verb != "describe" && (c.Verb != "get" || c.Output == "") {
		return nil
	}
	if slices.ContainsFunc(lines[:last], func(l line.Line) bool { return l.Indent() == 0 && parse.BeginsOutput(l.Text) }) {
		return nil
	}
	return c
}

// maxProse is the number of bytes that Prose examines.
const maxProse = 16 << 10

// Prose returns the lines that a person wrote around the output. It examines only the first
// 16 KiB of the text.
func Prose(text string) string {
	if len(text) > maxProse {
		text = text[:lex.CutAt(text, maxProse)]
	}
	return Read(context.Background(), text).Prose
}

// LooksLikeOutput reports whether text looks like the output of a tool: a table, a
// description, an event, an error or a log. It returns false for a typed command alone. It
// examines only the first 4 KiB of the text.
func LooksLikeOutput(text string) bool {
	if !strings.ContainsAny(text, "\n:/=") || len(text) < 8 {
		return false
	}
	head := text[:lex.CutAt(text, min(len(text)-1, maxLook))]
	if len(text) <= maxLook {
		head = text
	}
	t := Read(context.Background(), head)
	for i := range t.Observations.Len() {
		o := t.Observations.At(i)
		if o.Place != observe.Line || strings.Contains(o.Message, "nodes are available:") || nested(o) {
			return true
		}
	}
	return false
}

// nested reports whether a line is a Go error that wraps other errors and lacks its beginning,
// which would name the program: "… failed to pull image: failed to copy: unexpected status code …".
func nested(o *observe.Observation) bool {
	return len(o.Message) > 60 && strings.Count(o.Message, ": ") >= 3 && lex.IsASCII(strings.ReplaceAll(o.Message, "…", "")) && logs.HasFailure(o.Message) && !strings.HasSuffix(o.Message, "?")
}

// maxLook is the number of bytes that LooksLikeOutput examines.
const maxLook = 4 << 10

// See [line.MaxLines] and [line.Separator].
const (
	MaxLines  = line.MaxLines
	Separator = line.Separator
)
