package diagnose

import (
	"strings"

	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// gramSize is the length in bytes of the n-grams by which a matcher looks up templates.
const gramSize = grammar.MinLiteral

// A piece is a part of a template: literal text or a slot.
type piece struct {
	literal string // lower case; "" for a slot
	slot    string // name of the slot: type and number
	kind    string // type of the slot
}

// A template is a parsed message template.
type template struct {
	pieces  []piece
	literal int // bytes of literal text; more is more specific
	anchor  int // index of the piece with the longest literal
	seen    *recognition
}

// maxSlot is the maximum length of a slot's value in bytes, except at the end of a message. The
// API server limits messages of events to 1,024 bytes.
const maxSlot = 1024

// maxTries is the maximum number of positions at which a template, or the end of a slot, is
// tried in one message. Real messages do not repeat a text more often than that.
const maxTries = 8

// parseTemplate parses a template. It returns the errors of [grammar.Parse].
func parseTemplate(text string) (*template, error) {
	parsed, err := grammar.Parse(text)
	if err != nil {
		return nil, err
	}
	t := &template{anchor: parsed.Anchor()}
	for _, p := range parsed {
		t.pieces = append(t.pieces, piece{literal: lower(p.Literal), slot: p.Slot, kind: p.Type})
		t.literal += len(strings.ReplaceAll(p.Literal, " ", ""))
	}
	return t, nil
}

// A span is the byte range of a match in a message.
type span struct{ start, end int }

// matchAt matches the template against a message in which the template's anchor is at the offset
// at. low is the message in lower case, and text is the original. It returns the span of the
// match and the values of the slots, or false if the template does not match.
func (t *template) matchAt(low, text string, at int) (span, map[string]string, bool) {
	anchor := t.pieces[t.anchor].literal
	if !strings.HasPrefix(low[at:], anchor) || !wordBounds(low, at, anchor, t.anchor == 0, t.anchor == len(t.pieces)-1) {
		return span{}, nil, false
	}
	s := span{at, at + len(anchor)}
	captured := make(map[string]string)
	for i := t.anchor + 1; i < len(t.pieces); i++ {
		p := t.pieces[i]
		if p.slot == "" {
			if !strings.HasPrefix(low[s.end:], p.literal) {
				return span{}, nil, false
			}
			s.end += len(p.literal)
			continue
		}
		end := -1
		if i+1 < len(t.pieces) {
			end = forward(low, s.end, t.pieces[i+1].literal, p.kind)
		} else {
			end = s.end + extent(text[s.end:], p.kind)
		}
		if end < 0 || !fits(p.kind, text[s.end:end]) {
			return span{}, nil, false
		}
		captured[p.slot] = text[s.end:end]
		s.end = end
	}
	for i := t.anchor - 1; i >= 0; i-- {
		p := t.pieces[i]
		if p.slot == "" {
			if !strings.HasSuffix(low[:s.start], p.literal) {
				return span{}, nil, false
			}
			s.start -= len(p.literal)
			continue
		}
		start := -1
		if i > 0 {
			start = backward(low, s.start, t.pieces[i-1].literal)
		} else {
			start = s.start - extentBack(text[:s.start], p.kind)
		}
		if start < 0 || !fits(p.kind, text[start:s.start]) {
			return span{}, nil, false
		}
		captured[p.slot] = text[start:s.start]
		s.start = start
	}
	return s, captured, true
}

// wordBounds checks the word boundaries of a literal. A literal that is the first piece must
// begin at a word boundary, and one that is the last piece must end at one.
func wordBounds(low string, at int, literal string, first, last bool) bool {
	if first && at > 0 && isWord(literal[0]) && isWord(low[at-1]) {
		return false
	}
	end := at + len(literal)
	return !last || end >= len(low) || !isWord(literal[len(literal)-1]) || !isWord(low[end])
}

func isWord(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' }

// forward returns the offset of the literal that ends a slot beginning at from, or -1.
func forward(low string, from int, literal, kind string) int {
	window := low[from:min(len(low), from+maxSlot+len(literal))]
	at := strings.Index(window, literal)
	if at < 0 {
		return -1
	}
	if isOpen(kind) || isNameSlot(kind) && literal[0] == ':' {
		return from + at
	}
	// A value may contain the first characters of the literal: use the last position at which
	// the value fits, such as the last colon of an address.
	end := min(len(window), extent(window, kind)+len(literal))
	for range maxTries {
		last := strings.LastIndex(window[:end], literal)
		if last < 0 {
			break
		}
		if fits(kind, window[:last]) {
			return from + last
		}
		end = last + len(literal) - 1
	}
	return from + at
}

// backward returns the offset at which the slot ending at to begins, right after the
// literal, or -1.
func backward(low string, to int, literal string) int {
	from := max(0, to-maxSlot-len(literal))
	at := strings.LastIndex(low[from:to], literal)
	if at < 0 {
		return -1
	}
	return from + at + len(literal)
}

func isOpen(kind string) bool { return kind == "error" || kind == "rest" }

// extent returns the maximum number of bytes at the start of s that a slot of the given kind
// matches.
func extent(s, kind string) int {
	if isOpen(kind) {
		if n := len(s) - 1; n > 0 && s[n] == ']' && strings.Count(s, "]") > strings.Count(s, "[") {
			return n // the end of a list of errors
		}
		return len(s)
	}
	n := strings.IndexFunc(s, func(r rune) bool { return !inSlot(kind, r) })
	if n < 0 {
		n = len(s)
	}
	// Punctuation at the end is not part of the value.
	return len(strings.TrimRight(s[:n], ".,:;"))
}

func extentBack(s, kind string) int {
	if isOpen(kind) {
		return len(s)
	}
	n := len(s)
	for n > 0 && inSlot(kind, rune(s[n-1])) {
		n--
	}
	value := s[n:]
	if strings.HasPrefix(value, "[") && strings.Count(value, "[") > strings.Count(value, "]") {
		n++ // the beginning of a list of errors: [spec.a: Invalid value: …, spec.b: …]
	}
	return len(s) - n
}

// inSlot reports whether a slot of the given kind can contain the character r.
func inSlot(kind string, r rune) bool {
	switch kind {
	case "number", "exit_code":
		return '0' <= r && r <= '9'
	case "duration", "quantity":
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '.' || r == 'µ'
	case "name", "namespace", "pod", "container", "secret", "configmap", "claim", "node", "service":
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '.' || r == ':'
	case "kind", "verb", "resource":
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '.' || r == '/' || r == '-' || r == '*'
	}
	return r > ' ' && r != '"' && r != '\'' && r != '`'
}

// fits reports whether a slot of the given kind can have the value.
func fits(kind, value string) bool {
	if value == "" {
		return kind == "rest" || kind == "error"
	}
	if isOpen(kind) {
		return true
	}
	if len(value) > maxSlot || strings.IndexFunc(value, func(r rune) bool { return !inSlot(kind, r) }) >= 0 {
		return false
	}
	return !isNameSlot(kind) || observe.IsName(value)
}

// isNameSlot reports whether slots of the given kind contain the name of an object.
func isNameSlot(kind string) bool {
	switch kind {
	case "name", "namespace", "pod", "container", "secret", "configmap", "claim", "node", "service":
		return true
	}
	return false
}

// lower returns s with ASCII letters in lower case. The length does not change.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if 'A' <= b[j] && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
