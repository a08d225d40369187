package lineedit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// enter ends the current line.
func (e *Editor) enter() {
	e.move(len(e.line))
	e.pending.WriteString("\r\n")
	line := strings.Join(e.line, "")
	if e.size += len(line) + 1; e.size <= maxMessage {
		e.lines = append(e.lines, line)
	}
	e.clearLine()
	e.ended = !e.pasting
}

// drop drops the message and begins a new message, as a shell begins a new line after Ctrl-C.
func (e *Editor) drop() {
	e.move(len(e.line))
	e.draw([]string{"^", "C"})
	e.pending.WriteString("\r\n")
	e.lines, e.size, e.stepsBack = nil, 0, 0
	e.clearLine()
	e.redraw()
}

// clearLine empties the current line.
func (e *Editor) clearLine() { e.line, e.cursor, e.row, e.col = nil, 0, 0, 0 }

// insert inserts a code point at the cursor. At the end of the line, which is the usual
// case, it draws only the new character.
func (e *Editor) insert(r rune) {
	if len(e.line) >= maxLine || e.extend(string(r)) {
		return
	}
	e.line = slices.Insert(e.line, e.cursor, string(r))
	if e.cursor++; e.cursor == len(e.line) {
		e.draw(e.line[e.cursor-1:])
	} else {
		e.redraw()
	}
}

// extend adds a code point to the character before the cursor if the two form one grapheme
// cluster, as with a combining mark or the second half of a flag. It returns false if they do
// not.
func (e *Editor) extend(s string) bool {
	if e.cursor == 0 || s[0] < utf8.RuneSelf {
		return false
	}
	before := e.line[e.cursor-1]
	whole := before + s
	if first, _, _, _ := uniseg.FirstGraphemeClusterInString(whole, -1); len(first) < len(whole) || len(whole) > maxCharacterBytes {
		return false
	}
	e.line[e.cursor-1] = whole
	if e.cursor == len(e.line) && e.col > 0 && Width(s) == 0 && Width(whole) == Width(before) {
		e.pending.WriteString(s) // the terminal combines it with the previous character
	} else {
		e.redraw()
	}
	return true
}

// remove deletes the characters with indexes in [from, to).
func (e *Editor) remove(from, to int) {
	if from < 0 || to > len(e.line) || from == to {
		return
	}
	e.line = slices.Delete(e.line, from, to)
	e.cursor = from
	e.redraw()
}

// move moves the cursor to an index.
func (e *Editor) move(at int) {
	if at != e.cursor && at >= 0 && at <= len(e.line) {
		e.cursor = at
		e.redraw()
	}
}

// recall replaces the line with the message n steps back in the history. If n is 0, it restores the
// draft.
func (e *Editor) recall(n int) {
	if n < 0 || n > len(e.history) {
		return
	}
	if e.stepsBack == 0 {
		e.draft = e.line
	}
	if e.stepsBack = n; n == 0 {
		e.line = e.draft
	} else {
		e.line = splitCharacters(e.history[len(e.history)-n])
	}
	e.cursor = len(e.line)
	e.redraw()
}

// addToHistory adds the message to the history if the message has only one line.
func (e *Editor) addToHistory() {
	if len(e.lines) != 1 || strings.TrimSpace(e.lines[0]) == "" {
		return
	}
	if n := len(e.history); n > 0 && e.history[n-1] == e.lines[0] {
		return
	}
	if e.history = append(e.history, e.lines[0]); len(e.history) > maxHistory {
		e.history = e.history[1:]
	}
}
