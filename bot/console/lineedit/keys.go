package lineedit

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

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

// key returns the first key that is unread, and the number of bytes that it takes;
// 0 where it has not come in full.
func (e *Editor) key() (rune, int) {
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
func (e *Editor) sequence() (rune, int) {
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
