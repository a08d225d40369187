package lineedit

import (
	"bytes"
	"fmt"
	"io"
)

// redraw redraws the whole line, with the prompt if it is the first line of a message, and
// moves the cursor to its position.
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

// cursorUp moves the cursor up by the given number of rows.
func (e *Editor) cursorUp(rows int) {
	if rows > 0 {
		fmt.Fprintf(&e.pending, "\x1b[%dA", rows)
	}
}

// draw writes characters at the cursor. It wraps lines itself, since terminals differ in
// where they leave the cursor after the last column.
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

// newRow moves the cursor to the beginning of the next row.
func (e *Editor) newRow() {
	e.pending.WriteString("\r\n")
	e.row, e.col = e.row+1, 0
}

// flush writes the pending output to the terminal.
func (e *Editor) flush() error {
	_, err := e.Out.Write(e.pending.Bytes())
	e.pending.Reset()
	return err
}

// Raw returns a writer to a terminal in raw mode. It adds the carriage returns that such
// a terminal needs.
func Raw(w io.Writer) io.Writer { return rawWriter{w} }

type rawWriter struct{ w io.Writer }

func (r rawWriter) Write(p []byte) (int, error) {
	if _, err := r.w.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}
