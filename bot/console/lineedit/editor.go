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
	"io"
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
	readErr <-chan error
	unread  []byte   // keys that are not handled yet
	lines   []string // those of the message that have ended
	size    int      // of these, in bytes
	line    []string // the characters that are typed, as a reader counts them
	cursor  int      // where the cursor is in line
	ended   bool     // whether the last key ended a line, so that the message may be complete
	cr      bool     // whether it was a carriage return, whose line feed may follow
	pasting bool

	history   []string // messages of one line, the oldest first
	stepsBack int      // how many of them the person has gone back
	draft     []string // what stood there before

	row, col int // where the cursor is, from the beginning of line
	pending  bytes.Buffer
}

const (
	// maxHistory is the number of messages that can be called back.
	maxHistory = 100
	// maxCharacterBytes is the number of bytes of one character. A family of four has 25.
	maxCharacterBytes = 64
)
