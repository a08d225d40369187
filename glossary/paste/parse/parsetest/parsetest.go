// Package parsetest contains checks that every [parse.Reader] must pass. Only tests use it.
package parsetest

import (
	"testing"

	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
)

// maxText is the maximum length in bytes of text that is checked. Check calls the reader for each
// line, which takes quadratic time.
const maxText = 4 << 10

// Check calls a reader on each line of text. It fails the test if the reader returns more lines
// than text has, or adds an observation with a line number out of range or an object with an
// invalid name.
func Check(t *testing.T, read parse.Reader, text string) {
	t.Helper()
	if len(text) > maxText {
		return
	}
	lines := line.Clean(text)
	p := new(parse.Parser)
	for i := range lines {
		if lines[i].Text == "" {
			continue
		}
		if n := read(p, lines[i:]); n < 0 || n > len(lines)-i {
			t.Fatalf("line %d of %q: read %d lines, want at most %d", i+1, text, n, len(lines)-i)
		}
	}
	for _, o := range p.Text.Observations.All() {
		if o.Line < 1 || int(o.Line) > len(lines) {
			t.Errorf("%+v: got line %d, want 1 to %d", o, o.Line, len(lines))
		}
		for _, obj := range append([]observe.Object{o.Object}, o.Related...) {
			if obj != obj.Valid() {
				t.Errorf("line %d of %q: %#v is not valid", o.Line, text, obj)
			}
		}
	}
}

// Refuse fails the test if a reader accepts the first line of text.
func Refuse(t *testing.T, read parse.Reader, text string) {
	t.Helper()
	p := new(parse.Parser)
	if n := read(p, line.Clean(text)); n != 0 || p.Text.Observations.Len() > 0 {
		t.Errorf("read %d lines of %q as %+v, want none", n, text, p.Text.Observations.Slice())
	}
}
