package lineedit

import (
	"unicode"
	"unicode/utf8"
)

// Keys that are not characters have values beyond Unicode.
const (
	keyUp rune = unicode.MaxRune + 1 + iota
	keyDown
	keyLeft
	keyRight
	keyHome
	keyEnd
	keyDelete
	keyPasteStart
	keyPasteEnd
	keyUnknown
)

// ctrl returns the key for Ctrl and a letter.
func ctrl(r rune) rune { return r & 0x1f }

const backspace = 0x7f

// sequences maps terminal escape sequences to keys.
var sequences = map[string]rune{
	"\x1b[A": keyUp, "\x1bOA": keyUp, "\x1b[B": keyDown, "\x1bOB": keyDown,
	"\x1b[C": keyRight, "\x1bOC": keyRight, "\x1b[D": keyLeft, "\x1bOD": keyLeft,
	"\x1b[H": keyHome, "\x1bOH": keyHome, "\x1b[1~": keyHome, "\x1b[7~": keyHome,
	"\x1b[F": keyEnd, "\x1bOF": keyEnd, "\x1b[4~": keyEnd, "\x1b[8~": keyEnd,
	"\x1b[3~": keyDelete, pasteStart: keyPasteStart, pasteEnd: keyPasteEnd,
}

// nextKey returns the first unread key and its length in bytes. The length is 0 if the key has not
// arrived completely.
func (e *Editor) nextKey() (rune, int) {
	b := e.unread
	if len(b) == 0 {
		return 0, 0
	}
	if b[0] == '\x1b' {
		return e.nextSequence()
	}
	if !utf8.FullRune(b) {
		return 0, 0
	}
	return utf8.DecodeRune(b)
}

// nextSequence is like nextKey, for a key that begins with an escape. In a paste, it recognizes
// only the end of the paste, so pasted text cannot press keys.
func (e *Editor) nextSequence() (rune, int) {
	b := e.unread
	if e.pasting {
		switch ends, partial := pasteEnds(b); {
		case ends:
			return keyPasteEnd, len(pasteEnd)
		case partial:
			return 0, 0
		}
		return keyUnknown, 1
	}
	if len(b) == 1 {
		return 0, 0
	}
	if b[1] != '[' && b[1] != 'O' {
		return keyUnknown, 1 // the key Esc
	}
	for i := 2; i < len(b); i++ {
		if b[i] >= '@' && b[i] <= '~' { // the final byte (ECMA-48, section 5.4)
			if k, ok := sequences[string(b[:i+1])]; ok {
				return k, i + 1
			}
			return keyUnknown, i + 1
		}
		if b[i] < ' ' || b[i] > '~' {
			return keyUnknown, i
		}
	}
	return 0, 0
}
