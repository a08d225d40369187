package parse

import (
	"strings"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// ReadCommand is the [Reader] for typed commands, including commands that continue on the next
// lines after a backslash.
func ReadCommand(p *Parser, lines []line.Line) int {
	c := line.Command(lines[0].Text)
	if c == nil {
		return 0
	}
	c.Line = lines[0].Number
	n := 1
	for strings.HasSuffix(lines[n-1].Text, "\\") && n < len(lines) {
		c.Text = strings.TrimSuffix(c.Text, "\\") + strings.TrimSpace(lines[n].Text)
		n++
	}
	if n > 1 {
		joined := line.Command(c.Text)
		if joined != nil {
			joined.Line = c.Line
			c = joined
		}
	}
	p.Text.Commands = append(p.Text.Commands, *c)
	p.Command, p.Object = c, observe.Object{}
	return n
}
