// Package lineedit reads the messages that a person types or pastes on a terminal. It does not
// depend on the bot. An [Editor] does the line editing on a terminal in raw mode. [Lines] reads
// whole lines from any other terminal, and from a pipe. Lines that arrive together are one
// message, since they are a paste.
//
// github.com/nyaosorg/go-readline-ny v1.14.1 was tried instead. It takes a reader and a writer,
// notices changes in width, erases wide characters completely and can bind Ctrl-C, Ctrl-D and
// Ctrl-Z, but:
//   - It does not support bracketed paste: the markers become text, and the first newline in a
//     paste ends the line.
//   - It scrolls a long line sideways instead of wrapping it.
//   - It erases half of a character that has several code points: a mark without its
//     letter or kana, half of a flag, part of a joined emoji.
//   - Unknown keys (End as ESC O F, Ctrl-Shift-Right) become text, and so do
//     bidirectional control characters.
//   - Its ReadLine does not return when its context ends.
//
// A library without these five problems could replace this editor.
package lineedit

import (
	"bytes"
	"errors"
	"io"
)

// ErrInterrupt is the error of an [Editor] after the person has left with Ctrl-C.
var ErrInterrupt = errors.New("interrupted")

// An Editor does the line editing on a terminal in raw mode. The terminal's own line editing is
// not enough: it erases half of a Japanese character, and it delivers whole lines, so a paste
// without a newline at its end arrives in two parts.
type Editor struct {
	Out     io.Writer  // the terminal
	Prompt  string     // printed before the first line of a message
	Columns func() int // the current width of the terminal
	Suspend func()     // called on Ctrl-Z; nil if the process cannot be suspended
	// Complete returns the lines that a line may be completed to when the person presses Tab. If
	// Complete is nil, Tab is an ordinary character.
	Complete func(line string) []string

	keys    <-chan []byte
	readErr <-chan error
	unread  []byte   // bytes of keys that have not been handled yet
	lines   []string // the finished lines of the message
	size    int      // size of lines, in bytes
	line    []string // the current line, one grapheme cluster per element
	cursor  int      // the cursor's index in line
	ended   bool     // whether the last key ended a line, so the message may be complete
	cr      bool     // whether the last key was a carriage return, which a line feed may follow
	pasting bool
	stopped bool // whether the person has left with Ctrl-C

	history   []string // one-line messages, oldest first
	stepsBack int      // how many messages the person has gone back in history
	draft     []string // the line as it was before the person went back in history

	row, col int // where the cursor is, relative to the beginning of line
	pending  bytes.Buffer
}

const (
	// maxHistory is the maximum number of messages in the history.
	maxHistory = 100
	// maxCharacterBytes is the maximum size of a character. The emoji that shows a family of four
	// has 25 bytes.
	maxCharacterBytes = 64
)
