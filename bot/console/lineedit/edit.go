package lineedit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

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
