package template

import (
	"fmt"
	"strings"
	"unicode"
)

// MinLiteral is the minimum length in bytes of a template's longest literal part. Templates
// are indexed by n-grams of this length.
const MinLiteral = 5

// SlotTypes maps each type of slot to a description of what it matches. If a template has
// several slots of one type, a number distinguishes them: {name2}. The open types, error and
// rest, match any text, in which other terms may be recognized.
var SlotTypes = map[string]string{
	"name": "the name of an object", "namespace": "a namespace", "kind": "a kind", "pod": "the name of a Pod",
	"container": "the name of a container", "image": "an image", "secret": "the name of a Secret",
	"configmap": "the name of a ConfigMap", "claim": "the name of a PersistentVolumeClaim", "volume": "a volume",
	"node": "the name of a node", "service": "the name of a Service", "serviceaccount": "the name of a ServiceAccount", "user": "an API user",
	"verb": "an API verb", "resource": "an API resource", "addr": "a host or an address, with or without a port",
	"url": "a URL", "path": "a path", "number": "a number", "quantity": "a quantity, such as 256Mi",
	"duration": "a duration", "exit_code": "an exit code", "key": "a key or a field", "word": "anything without a space",
	"error": "any text up to the next literal part", "rest": "any text up to the end",
}

// A Part of a template is literal text or a slot.
type Part struct {
	Literal string // literal text as written; "" for a slot
	Slot    string // the name of the slot: its type, and a number if it has one
	Type    string // the type of the slot
}

// A Template is the text of a message with slots for the variable parts.
type Template []Part

// Parse parses a template, in which {{ and }} mean literal braces. It returns an error for an
// unclosed brace, an unknown or repeated slot, two adjacent slots, or a template without a
// literal part of at least [MinLiteral] bytes.
func Parse(text string) (Template, error) {
	t, err := split(text)
	if err != nil {
		return nil, err
	}
	for i, p := range t {
		if p.Slot != "" && SlotTypes[p.Type] == "" {
			return nil, fmt.Errorf("unknown slot {%s} in %q: use one of the slots in glossary/README.md, or {word}", p.Slot, text)
		}
		if p.Slot != "" && i > 0 && t[i-1].Slot != "" {
			return nil, fmt.Errorf("no text between {%s} and {%s} in %q: use one slot for both", t[i-1].Slot, p.Slot, text)
		}
	}
	for i, name := range t.Slots() {
		for _, other := range t.Slots()[:i] {
			if name == other {
				return nil, fmt.Errorf("duplicate slot {%s} in %q: add a number to the second one, such as {%s2}", name, text, strings.TrimRight(name, "0123456789"))
			}
		}
	}
	if longest := t.Anchor(); longest < 0 || len(t[longest].Literal) < MinLiteral {
		return nil, fmt.Errorf("too little text around the slots of %q: write at least %d characters in a row", text, MinLiteral)
	}
	return t, nil
}

// split divides text into literal parts and slots.
func split(text string) (Template, error) {
	var t Template
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			t = append(t, Part{Literal: literal.String()})
			literal.Reset()
		}
	}
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "{{"), strings.HasPrefix(text[i:], "}}"):
			literal.WriteByte(text[i])
			i++
		case text[i] == '{':
			end := strings.IndexByte(text[i:], '}')
			if end < 0 {
				return nil, fmt.Errorf("unclosed brace at byte %d of %q: close it, or write {{ for a literal brace", i, text)
			}
			flush()
			t = append(t, slot(text[i+1:i+end]))
			i += end
		default:
			literal.WriteByte(text[i])
		}
	}
	flush()
	return t, nil
}

func slot(name string) Part {
	p := Part{Slot: name, Type: strings.TrimRightFunc(name, unicode.IsDigit)}
	if name == "" {
		p.Slot = " " // so that Parse reports an unknown slot
	}
	return p
}

// Slots returns the names of the slots in order.
func (t Template) Slots() []string {
	var names []string
	for _, p := range t {
		if p.Slot != "" {
			names = append(names, p.Slot)
		}
	}
	return names
}

// Anchor returns the index of the longest literal part, or -1 if there is none. If several
// parts have that length, it returns the first.
func (t Template) Anchor() int {
	anchor, longest := -1, 0
	for i, p := range t {
		if len(p.Literal) > longest {
			anchor, longest = i, len(p.Literal)
		}
	}
	return anchor
}

// LongestLiteral returns the longest literal part of a template without parsing it. If several parts
// have that length, it returns the first. It returns false if the template has literal braces.
func LongestLiteral(text string) (literal string, ok bool) {
	for rest := text; rest != ""; {
		part, after, hasSlot := strings.Cut(rest, "{")
		if strings.Contains(part, "}") || strings.HasPrefix(after, "{") {
			return "", false
		}
		if len(part) > len(literal) {
			literal = part
		}
		if !hasSlot {
			break
		}
		if _, rest, ok = strings.Cut(after, "}"); !ok {
			return "", false
		}
	}
	return literal, true
}

// Pattern returns the template in lower case with {} for each slot. Two templates with the
// same pattern match nearly the same messages.
func (t Template) Pattern() string {
	var b strings.Builder
	for _, p := range t {
		if p.Slot != "" {
			b.WriteString("{}")
		} else {
			b.WriteString(strings.ToLower(p.Literal))
		}
	}
	return b.String()
}

// SentenceSlots returns the names of the slots in a sentence, in order. It returns an error if
// a brace is not closed.
func SentenceSlots(sentence string) ([]string, error) {
	t, err := split(sentence)
	if err != nil {
		return nil, err
	}
	return t.Slots(), nil
}
