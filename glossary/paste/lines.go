package paste

import (
	"context"
	"strings"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/parse"
)

// checkEvery is the number of lines between two checks of the context.
const checkEvery = 64

// readFrom reads the lines from the one with index i. It calls before with the index of each line that
// differs from the line above it, if a reader might begin there, and stops if before returns false.
func readFrom(ctx context.Context, p *parse.Parser, lines []line.Line, i int, before func(i int) bool) {
	refused, end := 0, 0 // the number of last lines, all alike, that no reader accepted; the end of such lines
	for i < len(lines) {
		if i%checkEvery == 0 && ctx.Err() != nil {
			p.Text.Read = lines[i].Offset
			break
		}
		l := &lines[i]
		if l.Text == "" {
			refused = 0
			i++
			continue
		}
		differs := i == 0 || l.Text != lines[i-1].Text
		if differs && !before(i) {
			break
		}
		if differs || refused == 0 {
			refused, end = 0, i
		} else if refused > 1 && end <= i { // the first of these lines may have mentioned a command
			end = i + alike(lines[i:])
			if n := end - i - maxAhead; n > 0 {
				p.AddLines(*l, n)
				i += n
				continue
			}
		}
		n := read(p, lines[i:])
		if n == 0 {
			p.AddLine(readQuoted(p, *l))
			n, refused = 1, refused+1
		} else {
			p.Accepted(l.Number)
			refused = 0
		}
		i += n
	}
}

// minQuoted and maxQuoted are the lengths in bytes between which readQuoted reads what a sentence quotes.
const minQuoted, maxQuoted = 24, 2000

// readQuoted reads the output that a person quotes in backticks within a sentence. It returns the line
// without the output that a reader has accepted.
func readQuoted(p *parse.Parser, l line.Line) line.Line {
	before, rest, ok := strings.Cut(l.Text, "`")
	quote, after, closed := strings.Cut(rest, "`")
	quoted := strings.TrimSpace(quote)
	if !ok || !closed || before == "" || len(quoted) < minQuoted || len(quoted) > maxQuoted || strings.Count(quoted, " ") < 3 {
		return l
	}
	one := line.Line{Text: quoted, Number: l.Number, Offset: l.Offset, Fenced: true}
	if read(p, []line.Line{one}) > 0 {
		p.Accepted(l.Number)
		l.Text = before + after
	}
	return l
}

// maxAhead is the number of lines after the current one that decide whether a reader accepts it. More
// equal lines than that are only counted.
const maxAhead = 100

// alike returns how many lines at the start of lines have the same text.
func alike(lines []line.Line) int {
	n := 1
	for n < len(lines) && lines[n].Text == lines[0].Text && lines[n].Fenced == lines[0].Fenced {
		n++
	}
	return n
}
