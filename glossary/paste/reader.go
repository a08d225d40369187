package paste

import (
	"slices"
	"strings"
)

// A reader turns the lines of a paste into statements.
type reader struct {
	statements
	table    table
	describe describeBlock
	yaml     yamlObject
}

// Read returns what a text says, in its order.
func Read(text string) []Statement {
	r := new(reader)
	for line := range strings.Lines(headlessRows(&r.statements, text)) {
		r.line(strings.TrimRight(line, " \t\r\n"))
		r.offset += len(line)
	}
	r.yaml.begin(&r.statements)
	slices.SortStableFunc(r.all, func(a, b Statement) int { return a.At - b.At })
	return r.all
}

// line has a line read by the first reader that knows its form. What none knows is a
// sentence.
func (r *reader) line(line string) {
	out := &r.statements
	if r.table.read(out, line) || apiError(out, line) {
		return
	}
	if eventLine.MatchString(line) {
		event(out, r.describe.object, cells(line))
		return
	}
	if r.describe.read(out, line) || r.yaml.read(out, line) {
		return
	}
	out.emit(Statement{Text: line, Object: objectIn(line)})
}
