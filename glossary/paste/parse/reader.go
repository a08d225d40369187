package parse

import "k8sbot/glossary/paste/line"

// A Reader reads the lines from the first one as far as they have its form, and returns
// how many these are; 0 if not even the first has.
type Reader func(p *Parser, lines []line.Line) int
