package lineedit

import (
	"bytes"
	"context"
	"io"
	"time"
	"unicode"
	"unicode/utf8"
)

// Start reads keys from in until it ends or ctx is done, and has the terminal mark
// what is pasted. Stop takes that back.
func (e *Editor) Start(ctx context.Context, in io.Reader) error {
	buf := make([]byte, 4<<10)
	e.keys, e.failed = pump(ctx, func() ([]byte, bool, error) {
		n, err := in.Read(buf)
		return bytes.Clone(buf[:n]), n > 0, err
	})
	_, err := io.WriteString(e.Out, bracketsOn)
	return err
}

// Stop puts the terminal back.
func (e *Editor) Stop() { _, _ = io.WriteString(e.Out, bracketsOff) }

// Err returns the error of reading that ended the messages, if one did.
func (e *Editor) Err() error { return errorIn(e.failed) }

// Next returns the lines of the next message, and false if the person leaves, ctx
// is done, or no key will come any more.
func (e *Editor) Next(ctx context.Context) ([]string, bool) {
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
		case k, ok := <-e.keys:
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
func (e *Editor) handle() bool {
	for {
		k, n := e.key()
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

// press does what a key says, and reports whether the person stays.
func (e *Editor) press(k rune) bool {
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
func (e *Editor) command(k rune) bool {
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
		for from > 0 && e.line[from-1] == " " {
			from--
		}
		for from > 0 && e.line[from-1] != " " {
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
		if e.Suspend != nil {
			e.drawn.WriteString("\r\n" + bracketsOff)
			_ = e.flush()
			e.Suspend()
			e.drawn.WriteString(bracketsOn)
			e.row = 0
			e.redraw()
		}
	}
	return true
}
