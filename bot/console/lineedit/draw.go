package lineedit

import (
	"bytes"
	"fmt"
	"io"
)

// redraw draws the line anew, with the prompt before the first of a message, and
// puts the cursor where it belongs.
func (e *Editor) redraw() {
	e.cursorUp(e.row)
	e.pending.WriteString("\r\x1b[J")
	e.row, e.col = 0, 0
	if len(e.lines) == 0 {
		e.draw(splitCharacters(e.Prompt))
	}
	e.draw(e.line[:e.cursor])
	row, col := e.row, e.col
	e.draw(e.line[e.cursor:])
	if e.cursor == len(e.line) {
		return
	}
	e.cursorUp(e.row - row)
	e.pending.WriteByte('\r')
	if col > 0 {
		fmt.Fprintf(&e.pending, "\x1b[%dC", col)
	}
	e.row, e.col = row, col
}

func (e *Editor) cursorUp(rows int) {
	if rows > 0 {
		fmt.Fprintf(&e.pending, "\x1b[%dA", rows)
	}
}

// draw writes characters at the cursor. It breaks lines itself: terminals differ
// in where the cursor is after the last column.
func (e *Editor) draw(text []string) {
	width := max(e.Columns(), maxWidth)
	for _, character := range text {
		if character == "\t" {
			character = " "
		}
		w := Width(character)
		if e.col+w > width {
			e.newRow()
		}
		e.pending.WriteString(character)
		if e.col += w; e.col == width {
			e.newRow()
		}
	}
}

func (e *Editor) newRow() {
	e.pending.WriteString("\r\n")
	e.row, e.col = e.row+1, 0
}

func (e *Editor) flush() error {
	_, err := e.Out.Write(e.pending.Bytes())
	e.pending.Reset()
	return err
}

// Raw returns a writer to a terminal in raw mode, which does not begin a line at
// its left edge by itself.
func Raw(w io.Writer) io.Writer { return rawWriter{w} }

type rawWriter struct{ w io.Writer }

func (r rawWriter) Write(p []byte) (int, error) {
	if _, err := r.w.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}
