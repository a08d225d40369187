package paste

import (
	"context"
	"slices"
	"strings"
)

// Separator is a line between two texts, as in YAML. It does not end a table.
const Separator = "---"

// A reader turns the lines of a paste into statements.
type reader struct {
	statements
	table    table
	describe describeBlock
	yaml     yamlObject
}

// Read returns the statements of a text, in order, and the number of bytes read: all of
// them unless ctx ends first.
func Read(ctx context.Context, text string) ([]Statement, int) {
	r := new(reader)
	n := 0
	for line := range strings.Lines(headlessRows(ctx, &r.statements, text)) {
		if n%checkEvery == 0 && ctx.Err() != nil {
			break
		}
		n++
		r.line(strings.TrimRight(line, " \t\r\n"))
		r.offset += len(line)
	}
	r.yaml.begin(&r.statements)
	slices.SortStableFunc(r.all, func(a, b Statement) int { return a.At - b.At })
	return r.all, r.offset
}

// line passes a line to the first reader that recognizes it. Any other line is a
// sentence.
func (r *reader) line(line string) {
	if line == Separator {
		// What follows is about another object.
		r.yaml.begin(&r.statements)
		r.describe, r.yaml = describeBlock{}, yamlObject{}
	}
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
