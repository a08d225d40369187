package match

import (
	"strings"
	"sync/atomic"

	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/template"
)

// gramSize is the length in bytes of the n-grams by which a matcher looks up templates.
const gramSize = template.MinLiteral

// A piece is a part of a template: literal text or a slot.
type piece struct {
	literal string // lower case; "" for a slot
	slot    string // name of the slot: type and number
	kind    string // type of the slot
	at      int    // for a slot, the number of slots before it
}

// A Template is the message template of a rule. R is the type of the rule. It is parsed when its anchor is
// found for the first time, since most templates never are.
type Template[R any] struct {
	Rule R
	// Places is the number of restrictions on the template besides its text. Of two templates with
	// the same text, the one with more restrictions is more specific.
	Places int

	text    string
	literal string // the anchor in lower case: the longest literal
	parsed  atomic.Pointer[parsed]
}

// A parsed template.
type parsed struct {
	// Literal is the number of bytes of literal text. Of two templates, the one with more literal
	// text is more specific.
	Literal int

	pieces []piece
	anchor int // index of the piece with the longest literal
	slots  int // number of slots
}

// maxSlot is the maximum length of a slot's value in bytes, except at the end of a message. The
// API server limits messages of events to 1,024 bytes.
const maxSlot = 1024

// maxTries is the maximum number of positions at which a template, or the end of a slot, is tried
// in one message. Real messages do not repeat the same words more often than that.
const maxTries = 8

// New returns the template of a rule. It returns the errors of [template.Parse], except that a mistake in
// a slot, which package lint reports, only makes the template match nothing.
func New[R any](text string, rule R, places int) (*Template[R], error) {
	t := &Template[R]{Rule: rule, Places: places, text: text}
	if literal, ok := template.LongestLiteral(text); ok && len(literal) >= template.MinLiteral {
		t.literal = lower(literal)
		return t, nil
	}
	p, err := parse(text)
	if err != nil {
		return nil, err
	}
	t.literal = p.pieces[p.anchor].literal
	t.parsed.Store(p)
	return t, nil
}

// parse returns the parsed template. Its pieces are empty if it has a mistake.
func (t *Template[R]) parse() *parsed {
	if p := t.parsed.Load(); p != nil {
		return p
	}
	p, err := parse(t.text)
	if err != nil {
		p = new(parsed)
	}
	t.parsed.Store(p)
	return p
}

func parse(text string) (*parsed, error) {
	parts, err := template.Parse(text)
	if err != nil {
		return nil, err
	}
	t := &parsed{anchor: parts.Anchor(), pieces: make([]piece, 0, len(parts))}
	for _, p := range parts {
		t.pieces = append(t.pieces, piece{literal: lower(p.Literal), slot: p.Slot, kind: p.Type, at: t.slots})
		t.Literal += len(strings.ReplaceAll(p.Literal, " ", ""))
		if p.Slot != "" {
			t.slots++
		}
	}
	return t, nil
}

// A Span is the byte range of a match in a message.
type Span struct{ Start, End int }

// Overlaps reports whether two spans have a byte in common.
func (s Span) Overlaps(other Span) bool { return s.Start < other.End && other.Start < s.End }

// matchAt matches the template against a message that contains the template's anchor at the offset
// at. low is the message in lower case, and text is the original. It returns the span of the match,
// and sets values, which has an element for each slot, to the spans of their values. It returns
// false if the template does not match.
func (t *parsed) matchAt(low, text string, at int, values []Span) (Span, bool) {
	if len(t.pieces) == 0 {
		return Span{}, false
	}
	anchor := t.pieces[t.anchor].literal
	if !wordBounds(low, at, anchor, t.anchor == 0, t.anchor == len(t.pieces)-1) {
		return Span{}, false
	}
	s := Span{at, at + len(anchor)}
	for i := t.anchor + 1; i < len(t.pieces); i++ {
		p := &t.pieces[i]
		if p.slot == "" {
			if !strings.HasPrefix(low[s.End:], p.literal) {
				return Span{}, false
			}
			s.End += len(p.literal)
			continue
		}
		end := -1
		if i+1 < len(t.pieces) {
			end = forward(low, s.End, t.pieces[i+1].literal, p.kind)
		} else {
			end = s.End + extent(text[s.End:], p.kind)
		}
		if end < 0 || !fits(p.kind, text[s.End:end]) {
			return Span{}, false
		}
		values[p.at] = Span{s.End, end}
		s.End = end
	}
	for i := t.anchor - 1; i >= 0; i-- {
		p := &t.pieces[i]
		if p.slot == "" {
			if !strings.HasSuffix(low[:s.Start], p.literal) {
				return Span{}, false
			}
			s.Start -= len(p.literal)
			continue
		}
		start := -1
		if i > 0 {
			start = backward(low, s.Start, t.pieces[i-1].literal)
		} else {
			start = s.Start - extentBack(text[:s.Start], p.kind)
		}
		if start < 0 || !fits(p.kind, text[start:s.Start]) {
			return Span{}, false
		}
		values[p.at] = Span{start, s.Start}
		s.Start = start
	}
	return s, true
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
	if IsOpen(kind) || isNameSlot(kind) && literal[0] == ':' {
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

// IsOpen reports whether slots of the given type match any text. Such a slot may contain the cause of
// an error.
func IsOpen(kind string) bool { return kind == "error" || kind == "rest" }

// extent returns the maximum number of bytes at the start of s that a slot of the given kind
// matches.
func extent(s, kind string) int {
	if IsOpen(kind) {
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
	if IsOpen(kind) {
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

// fits reports whether a slot of the given kind can have the given value.
func fits(kind, value string) bool {
	if value == "" {
		return kind == "rest" || kind == "error"
	}
	if IsOpen(kind) {
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
