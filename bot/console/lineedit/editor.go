// Package lineedit reads the messages that a person types or pastes on a terminal.
// It knows no bot. An [Editor] edits the line itself, on a terminal in raw mode;
// [Lines] takes lines as they come, from any other terminal and from a pipe.
// Several lines that come at once are one message, since they are a paste.
//
// github.com/nyaosorg/go-readline-ny was tried in its place. v1.14.1 reads and
// writes where it is told to, tells of a new width, erases wide characters whole,
// and lets Ctrl-C, Ctrl-D and Ctrl-Z be bound; but
//   - it does not know bracketed paste: the marks become text, and the first line
//     end within a paste ends the line;
//   - it scrolls one row sideways instead of continuing on the next;
//   - it erases half of what is several code points: a letter or kana without its
//     mark, one half of a flag, an emoji without what is joined to it;
//   - a key that it does not know (End as ESC O F, Ctrl-Shift-Right) becomes text,
//     and so do marks that turn the direction of writing;
//   - its ReadLine does not end with its context.
//
// This editor can be deleted for a library that does these five things.
package lineedit

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// An Editor is the line that a person types, if the terminal hands over each key
// (raw mode). The terminal's own editing would do for words; but it hands over
// whole lines only, so that a paste whose last line has no end comes in two parts,
// and it erases half of a Japanese character.
type Editor struct {
	Out     io.Writer  // the terminal
	Prompt  string     // before the first line of a message
	Columns func() int // of the terminal: they may change
	Suspend func()     // by Ctrl-Z; nil if that cannot be done

	keys    <-chan []byte
	failed  <-chan error
	unread  []byte   // keys that are not handled yet
	lines   []string // those of the message that have ended
	size    int      // of these, in bytes
	line    []string // the characters that are typed, as a reader counts them
	at      int      // where the cursor is in line
	ended   bool     // whether the last key ended a line, so that the message may be complete
	cr      bool     // whether it was a carriage return, whose line feed may follow
	pasting bool

	past  []string // messages of one line, the oldest first
	back  int      // how many of them the person has gone back
	typed []string // what stood there before

	row, col int // where the cursor is, from the beginning of line
	drawn    bytes.Buffer
}

const (
	// maxPast is the number of messages that can be called back.
	maxPast = 100
	// maxCharacter is the number of bytes of one character. A family of four has 25.
	maxCharacter = 64
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

// enter ends a line.
func (e *Editor) enter() {
	e.move(len(e.line))
	e.drawn.WriteString("\r\n")
	line := strings.Join(e.line, "")
	if e.size += len(line) + 1; e.size <= maxMessage {
		e.lines = append(e.lines, line)
	}
	e.clear()
	e.ended = !e.pasting
}

func (e *Editor) clear() { e.line, e.at, e.row, e.col = nil, 0, 0, 0 }

// insert puts a code point at the cursor. At the end, where nearly all are typed and
// pasted, it is drawn alone.
func (e *Editor) insert(r rune) {
	if len(e.line) >= maxLine || e.extend(string(r)) {
		return
	}
	e.line = slices.Insert(e.line, e.at, string(r))
	if e.at++; e.at == len(e.line) {
		e.draw(e.line[e.at-1:])
	} else {
		e.redraw()
	}
}

// extend adds a code point to the character before the cursor, if it belongs to
// that: a mark, or the second half of a flag.
func (e *Editor) extend(s string) bool {
	if e.at == 0 || s[0] < utf8.RuneSelf {
		return false
	}
	before := e.line[e.at-1]
	whole := before + s
	if first, _, _, _ := uniseg.FirstGraphemeClusterInString(whole, -1); len(first) < len(whole) || len(whole) > maxCharacter {
		return false
	}
	e.line[e.at-1] = whole
	if e.at == len(e.line) && e.col > 0 && Width(s) == 0 && Width(whole) == Width(before) {
		e.drawn.WriteString(s) // the terminal sets it with what it drew before
	} else {
		e.redraw()
	}
	return true
}

func (e *Editor) remove(from, to int) {
	if from < 0 || to > len(e.line) || from == to {
		return
	}
	e.line = slices.Delete(e.line, from, to)
	e.at = from
	e.redraw()
}

func (e *Editor) move(at int) {
	if at != e.at && at >= 0 && at <= len(e.line) {
		e.at = at
		e.redraw()
	}
}

// recall shows what was typed n messages ago, 0 for what is being typed.
func (e *Editor) recall(n int) {
	if n < 0 || n > len(e.past) {
		return
	}
	if e.back == 0 {
		e.typed = e.line
	}
	if e.back = n; n == 0 {
		e.line = e.typed
	} else {
		e.line = split(e.past[len(e.past)-n])
	}
	e.at = len(e.line)
	e.redraw()
}

// remember keeps a message of one line for recall.
func (e *Editor) remember() {
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
