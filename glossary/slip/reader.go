package slip

import (
	"fmt"
	"regexp"
	"strings"
)

// A Slip is a mistake in YAML.
type Slip struct {
	Line   int    // from 1
	Column int    // from 1, in bytes
	Cure   string // what is wrong and how to fix it, in lower case, without a period
}

// A reader reads lines in order, and repairs them in place.
type reader struct {
	lines []string
	at    int // index of the current line
	slips []Slip
	// block is the indentation of the field whose text is a block, after | or >. The lines of a
	// block are indented deeper, and may contain anything.
	block   int
	inBlock bool
}

func (r *reader) report(column int, format string, args ...any) {
	r.slips = append(r.slips, Slip{Line: r.at + 1, Column: column + 1, Cure: fmt.Sprintf(format, args...)})
}

var (
	items = regexp.MustCompile(`^(?:- +)*`)
	key   = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*(?: [a-z]+)?):(?: +|$)`)
)

// quote reports a value that needs quotes, and adds the quotes.
func (r *reader) quote(text string, start int, format string, args ...any) {
	r.report(start, format+": write %s", append(args, inQuotes(text))...)
	r.replace(start, inQuotes(text))
}

// replace replaces the value that begins at the given column.
func (r *reader) replace(start int, text string) { r.lines[r.at] = r.lines[r.at][:start] + text }

// inQuotes returns text in YAML single quotes.
func inQuotes(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
