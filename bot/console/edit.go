package console

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// An editor is the line that a person types, where the terminal hands over each
// key (raw mode). The terminal's own editing would do for words; but it hands over
// whole lines only, so that a paste whose last line has no end comes in two parts,
// and it erases half of a Japanese character.
type editor struct {
	out     io.Writer
	columns func() int // of the terminal
	suspend func()     // by Ctrl-Z; nil where that cannot be done

	unread  []byte   // keys that are not handled yet
	lines   []string // those of the message that have ended
	size    int      // of these, in bytes
	line    []rune
	at      int  // where the cursor is in line
	ended   bool // whether the last key ended a line, so that the message may be complete
	cr      bool // whether it was a carriage return, whose line feed may follow
	pasting bool

	past  []string // messages of one line, the oldest first
	back  int      // how many of them the person has gone back
	typed []rune   // what stood there before

	row, col int // where the cursor is, from the beginning of line
	drawn    bytes.Buffer
}

// Bracketed paste (https://invisible-island.net/xterm/xterm-paste64.html): the
// terminal marks where a paste begins and ends.
const (
	bracketsOn  = "\x1b[?2004h"
	bracketsOff = "\x1b[?2004l"
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// Keys that are no characters, beyond Unicode.
const (
	keyUp rune = unicode.MaxRune + 1 + iota
	keyDown
	keyLeft
	keyRight
	keyHome
	keyEnd
	keyDelete
	keyPasteBegins
	keyPasteEnds
	keyNone
)

// ctrl returns the key that is pressed with Ctrl.
func ctrl(r rune) rune { return r & 0x1f }

const backspace = 0x7f

var sequences = map[string]rune{
	"\x1b[A": keyUp, "\x1bOA": keyUp, "\x1b[B": keyDown, "\x1bOB": keyDown,
	"\x1b[C": keyRight, "\x1bOC": keyRight, "\x1b[D": keyLeft, "\x1bOD": keyLeft,
	"\x1b[H": keyHome, "\x1bOH": keyHome, "\x1b[1~": keyHome, "\x1b[7~": keyHome,
	"\x1b[F": keyEnd, "\x1bOF": keyEnd, "\x1b[4~": keyEnd, "\x1b[8~": keyEnd,
	"\x1b[3~": keyDelete, pasteBegins: keyPasteBegins, pasteEnds: keyPasteEnds,
}

// maxPast is the number of messages that can be called back.
const maxPast = 100

// message returns the lines of the next message, and false where the person
// leaves or no key will come any more.
func (e *editor) message(ctx context.Context, keys <-chan []byte) ([]string, bool) {
	e.lines, e.size, e.ended, e.back = nil, 0, false, 0
	e.clear()
	e.redraw()
	for {
		stays := e.handle()
		if err := e.flush(); err != nil || !stays {
			return nil, false
		}
		var settled <-chan time.Time
		if e.ended {
			settled = time.After(pause) // for a terminal that does not mark pastes
		}
		select {
		case k, ok := <-keys:
			if !ok {
				return nil, false
			}
			e.unread = append(e.unread, k...)
		case <-settled:
			e.remember()
			return e.lines, true
		case <-ctx.Done():
			return nil, false
		}
	}
}

// handle does what the keys say, and reports whether the person stays.
func (e *editor) handle() bool {
	for {
		k, n := e.next()
		if n == 0 {
			return true
		}
		e.unread = e.unread[n:]
		if k == '\n' && e.cr {
			e.cr = false
			continue
		}
		e.cr = k == '\r'
		if !e.press(k) {
			return false
		}
	}
}

// next returns the first key that is unread, and the number of bytes that it takes;
// 0 where it has not come in full.
func (e *editor) next() (rune, int) {
	b := e.unread
	if len(b) == 0 {
		return 0, 0
	}
	if b[0] == '\x1b' {
		return e.sequence()
	}
	if !utf8.FullRune(b) {
		return 0, 0
	}
	return utf8.DecodeRune(b)
}

// sequence returns the key that an escape begins. Within a paste there is but one,
// so that nothing that is pasted presses a key.
func (e *editor) sequence() (rune, int) {
	b := e.unread
	if e.pasting {
		switch {
		case bytes.HasPrefix(b, []byte(pasteEnds)):
			return keyPasteEnds, len(pasteEnds)
		case strings.HasPrefix(pasteEnds, string(b)):
			return 0, 0
		}
		return keyNone, 1
	}
	if len(b) == 1 {
		return 0, 0
	}
	if b[1] != '[' && b[1] != 'O' {
		return keyNone, 1 // the key Esc
	}
	for i := 2; i < len(b); i++ {
		if b[i] >= '@' && b[i] <= '~' { // the final byte (ECMA-48, 5.4)
			if k, ok := sequences[string(b[:i+1])]; ok {
				return k, i + 1
			}
			return keyNone, i + 1
		}
		if b[i] < ' ' || b[i] > '~' {
			return keyNone, i
		}
	}
	return 0, 0
}

// press does what a key says, and reports whether the person stays.
func (e *editor) press(k rune) bool {
	e.ended = false
	switch k {
	case '\r', '\n':
		e.enter()
	case keyPasteBegins:
		e.pasting = true
	case keyPasteEnds:
		e.pasting = false
		e.ended = len(e.line) == 0 && len(e.lines) > 0
	case '\t':
		e.insert(k)
	default:
		switch {
		case !e.pasting && (k < ' ' || k == backspace || k > unicode.MaxRune):
			return e.command(k)
		case k <= unicode.MaxRune && k != utf8.RuneError && !unicode.IsControl(k) && !unicode.Is(unicode.Cf, k):
			e.insert(k)
		}
	}
	return true
}

// command does what a key says that is no character.
func (e *editor) command(k rune) bool {
	switch k {
	case ctrl('c'):
		return false
	case ctrl('d'):
		switch {
		case len(e.line) == 0 && len(e.lines) == 0:
			return false
		case e.at == len(e.line):
			e.enter()
		default:
			e.remove(e.at, e.at+1)
		}
	case backspace, ctrl('h'):
		e.remove(e.at-1, e.at)
	case keyDelete:
		e.remove(e.at, e.at+1)
	case ctrl('u'):
		e.remove(0, e.at)
	case ctrl('k'):
		e.remove(e.at, len(e.line))
	case ctrl('w'):
		from := e.at
		for from > 0 && e.line[from-1] == ' ' {
			from--
		}
		for from > 0 && e.line[from-1] != ' ' {
			from--
		}
		e.remove(from, e.at)
	case keyLeft, ctrl('b'):
		e.move(e.at - 1)
	case keyRight, ctrl('f'):
		e.move(e.at + 1)
	case keyHome, ctrl('a'):
		e.move(0)
	case keyEnd, ctrl('e'):
		e.move(len(e.line))
	case keyUp, ctrl('p'):
		e.recall(e.back + 1)
	case keyDown, ctrl('n'):
		e.recall(e.back - 1)
	case ctrl('l'):
		e.drawn.WriteString("\x1b[H\x1b[2J")
		e.row = 0
		e.redraw()
	case ctrl('z'):
		if e.suspend != nil {
			e.drawn.WriteString("\r\n" + bracketsOff)
			_ = e.flush()
			e.suspend()
			e.drawn.WriteString(bracketsOn)
			e.row = 0
			e.redraw()
		}
	}
	return true
}

// enter ends a line.
func (e *editor) enter() {
	e.move(len(e.line))
	e.drawn.WriteString("\r\n")
	line := string(e.line)
	if e.size += len(line) + 1; e.size <= maxMessage {
		e.lines = append(e.lines, line)
	}
	e.clear()
	e.ended = !e.pasting
}

func (e *editor) clear() { e.line, e.at, e.row, e.col = nil, 0, 0, 0 }

// insert puts a character at the cursor. At the end, where nearly all are typed and
// pasted, it is drawn alone.
func (e *editor) insert(r rune) {
	if len(e.line) >= maxLine {
		return
	}
	e.line = append(e.line, 0)
	copy(e.line[e.at+1:], e.line[e.at:])
	e.line[e.at] = r
	if e.at++; e.at == len(e.line) {
		e.draw(e.line[e.at-1:])
	} else {
		e.redraw()
	}
}

func (e *editor) remove(from, to int) {
	if from < 0 || to > len(e.line) || from == to {
		return
	}
	e.line = append(e.line[:from], e.line[to:]...)
	e.at = from
	e.redraw()
}

func (e *editor) move(at int) {
	if at != e.at && at >= 0 && at <= len(e.line) {
		e.at = at
		e.redraw()
	}
}

// recall shows what was typed n messages ago, 0 for what is being typed.
func (e *editor) recall(n int) {
	if n < 0 || n > len(e.past) {
		return
	}
	if e.back == 0 {
		e.typed = e.line
	}
	if e.back = n; n == 0 {
		e.line = e.typed
	} else {
		e.line = []rune(e.past[len(e.past)-n])
	}
	e.at = len(e.line)
	e.redraw()
}

// remember keeps a message of one line for recall.
func (e *editor) remember() {
	if len(e.lines) != 1 || strings.TrimSpace(e.lines[0]) == "" {
		return
	}
	if n := len(e.past); n > 0 && e.past[n-1] == e.lines[0] {
		return
	}
	if e.past = append(e.past, e.lines[0]); len(e.past) > maxPast {
		e.past = e.past[1:]
	}
}

// redraw draws the line anew, with the prompt before the first of a message, and
// puts the cursor where it belongs.
func (e *editor) redraw() {
	e.up(e.row)
	e.drawn.WriteString("\r\x1b[J")
	e.row, e.col = 0, 0
	if len(e.lines) == 0 {
		e.draw([]rune(prompt))
	}
	e.draw(e.line[:e.at])
	row, col := e.row, e.col
	e.draw(e.line[e.at:])
	if e.at == len(e.line) {
		return
	}
	e.up(e.row - row)
	e.drawn.WriteByte('\r')
	if col > 0 {
		fmt.Fprintf(&e.drawn, "\x1b[%dC", col)
	}
	e.row, e.col = row, col
}

func (e *editor) up(rows int) {
	if rows > 0 {
		fmt.Fprintf(&e.drawn, "\x1b[%dA", rows)
	}
}

// draw writes characters at the cursor. It breaks lines itself: terminals differ
// in where the cursor is after the last column.
func (e *editor) draw(text []rune) {
	width := max(e.columns(), 2)
	for _, r := range text {
		if r == '\t' {
			r = ' '
		}
		w := columns(string(r))
		if e.col+w > width {
			e.feed()
		}
		e.drawn.WriteRune(r)
		if e.col += w; e.col == width {
			e.feed()
		}
	}
}

func (e *editor) feed() {
	e.drawn.WriteString("\r\n")
	e.row, e.col = e.row+1, 0
}

func (e *editor) flush() error {
	_, err := e.out.Write(e.drawn.Bytes())
	e.drawn.Reset()
	return err
}

// readKeys sends what r gives, as pump does.
func readKeys(ctx context.Context, r io.Reader) (<-chan []byte, <-chan error) {
	buf := make([]byte, 4<<10)
	return pump(ctx, func() ([]byte, bool, error) {
		n, err := r.Read(buf)
		return bytes.Clone(buf[:n]), n > 0, err
	})
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
