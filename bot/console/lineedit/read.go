package lineedit

import (
	"bytes"
	"context"
	"io"
	"time"
	"unicode"
	"unicode/utf8"
)

// Start starts reading keys from in, and stops when in ends or ctx is done. It also turns on
// bracketed paste, which Stop turns off. Start returns an error if it cannot write to Out.
func (e *Editor) Start(ctx context.Context, in io.Reader) error {
	buf := make([]byte, 4<<10)
	e.keys, e.readErr = pump(ctx, func() ([]byte, bool, error) {
		n, err := in.Read(buf)
		return bytes.Clone(buf[:n]), n > 0, err
	})
	_, err := io.WriteString(e.Out, pasteModeOn)
	return err
}

// Stop turns off bracketed paste.
func (e *Editor) Stop() { _, _ = io.WriteString(e.Out, pasteModeOff) }

// Err returns the read error that ended the input, or nil if there was no such error. After Ctrl-C,
// it returns [ErrInterrupt].
func (e *Editor) Err() error {
	if e.stopped {
		return ErrInterrupt
	}
	return pollError(e.readErr)
}

// Next returns the lines of the next message. more is false if the person leaves, ctx is done,
// or the input ends.
func (e *Editor) Next(ctx context.Context) (message []string, more bool) {
	e.lines, e.size, e.ended, e.stepsBack = nil, 0, false, 0
	e.clearLine()
	e.redraw()
	for {
		more := e.handleKeys()
		if err := e.flush(); err != nil || !more {
			return nil, false
		}
		var complete <-chan time.Time
		if e.ended {
			complete = time.After(pasteGap) // for terminals without bracketed paste
		}
		select {
		case k, ok := <-e.keys:
			if !ok {
				return nil, false
			}
			e.unread = append(e.unread, k...)
		case <-complete:
			e.addToHistory()
			return e.lines, true
		case <-ctx.Done():
			return nil, false
		}
	}
}

// handleKeys handles the keys that were read. It returns false if the person leaves.
func (e *Editor) handleKeys() bool {
	for {
		k, n := e.nextKey()
		if n == 0 {
			return true
		}
		e.unread = e.unread[n:]
		if k == '\n' && e.cr {
			e.cr = false
			continue
		}
		e.cr = k == '\r'
		if !e.handleKey(k) {
			return false
		}
	}
}

// handleKey handles one key. It returns false if the person leaves.
func (e *Editor) handleKey(k rune) bool {
	e.ended = false
	switch k {
	case '\r', '\n':
		e.enter()
	case keyPasteStart:
		e.pasting = true
	case keyPasteEnd:
		e.pasting = false
		e.ended = len(e.line) == 0 && len(e.lines) > 0
	case '\t':
		// Other keys that arrived with a Tab are a paste, on a terminal without bracketed paste.
		if e.Complete == nil || e.pasting || len(e.unread) > 0 || len(e.line) == 0 || e.cursor < len(e.line) {
			e.insert(k)
		} else {
			e.complete()
		}
	default:
		switch {
		case !e.pasting && (k < ' ' || k == backspace || k > unicode.MaxRune):
			return e.handleControl(k)
		case k <= unicode.MaxRune && k != utf8.RuneError && !unicode.IsControl(k) && !unicode.Is(unicode.Cf, k):
			e.insert(k)
		}
	}
	return true
}

// handleControl handles a key that is not a character. It returns false if the person
// leaves.
func (e *Editor) handleControl(k rune) bool {
	switch k {
	case ctrl('c'):
		if len(e.line) == 0 && len(e.lines) == 0 {
			e.stopped = true
			return false
		}
		e.drop()
	case ctrl('d'):
		switch {
		case len(e.line) == 0 && len(e.lines) == 0:
			return false
		case e.cursor == len(e.line):
			e.enter()
		default:
			e.remove(e.cursor, e.cursor+1)
		}
	case backspace, ctrl('h'):
		e.remove(e.cursor-1, e.cursor)
	case keyDelete:
		e.remove(e.cursor, e.cursor+1)
	case ctrl('u'):
		e.remove(0, e.cursor)
	case ctrl('k'):
		e.remove(e.cursor, len(e.line))
	case ctrl('w'):
		from := e.cursor
		for from > 0 && e.line[from-1] == " " {
			from--
		}
		for from > 0 && e.line[from-1] != " " {
			from--
		}
		e.remove(from, e.cursor)
	case keyLeft, ctrl('b'):
		e.move(e.cursor - 1)
	case keyRight, ctrl('f'):
		e.move(e.cursor + 1)
	case keyHome, ctrl('a'):
		e.move(0)
	case keyEnd, ctrl('e'):
		e.move(len(e.line))
	case keyUp, ctrl('p'):
		e.recall(e.stepsBack + 1)
	case keyDown, ctrl('n'):
		e.recall(e.stepsBack - 1)
	case ctrl('l'):
		e.pending.WriteString("\x1b[H\x1b[2J")
		e.row = 0
		e.redraw()
	case ctrl('z'):
		if e.Suspend != nil {
			e.pending.WriteString("\r\n" + pasteModeOff)
			_ = e.flush()
			e.Suspend()
			e.pending.WriteString(pasteModeOn)
			e.row = 0
			e.redraw()
		}
	}
	return true
}
