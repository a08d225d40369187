package phrase

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Add adds the phrases that a pattern describes. It returns an error if the pattern is not
// valid.
func (m *Matcher) Add(kinds Kinds, pattern string) error {
	p := parser{rest: strings.ToLower(strings.TrimSpace(pattern))}
	root := &m.anywhere
	if rest, ok := strings.CutPrefix(p.rest, "^"); ok {
		root, p.rest = &m.atStart, strings.TrimSpace(rest)
	}
	rest, atEnd := strings.CutSuffix(p.rest, "$")
	p.rest = rest
	ends, err := p.sequence([]*node{root}, 0)
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q has no opening bracket", p.rest)
	}
	if err == nil && slices.Contains(ends, root) && !atEnd {
		err = fmt.Errorf("the pattern also matches empty text")
	}
	if err != nil {
		return fmt.Errorf("phrase: pattern %q: %w", pattern, err)
	}
	for _, n := range ends {
		if atEnd {
			n.atEnd |= kinds
		} else {
			n.kinds |= kinds
		}
	}
	return nil
}

// A parser reads a pattern and adds nodes for it. Each of its methods reads a part of the
// pattern: it takes the nodes before that part, and returns the nodes after it.
type parser struct{ rest string }

// maxDepth is the maximum depth of nested groups.
const maxDepth = 8

// maxPhrases is the maximum number of phrases that a pattern describes. The time to add them grows with
// its square.
const maxPhrases = 1000

// sequence reads up to a closing bracket, a bar within brackets, or the end.
func (p *parser) sequence(from []*node, depth int) (to []*node, err error) {
	for to = from; p.rest != "" && p.rest[0] != ')' && (p.rest[0] != '|' || depth == 0); {
		if p.rest[0] == ' ' {
			p.rest = p.rest[1:]
			continue
		}
		before := to
		if to, err = p.element(to, depth); err != nil {
			return nil, err
		}
		if rest, ok := strings.CutPrefix(p.rest, "?"); ok {
			p.rest, to = rest, union(before, to)
		}
		if len(to) > maxPhrases {
			return nil, fmt.Errorf("it describes more than %d phrases: leave out a group, or write ... for it", maxPhrases)
		}
	}
	return to, nil
}

func (p *parser) element(from []*node, depth int) (to []*node, err error) {
	switch {
	case strings.HasPrefix(p.rest, "..."):
		p.rest = p.rest[3:]
		return each(from, func(n *node) *node {
			if n.gap == nil {
				n.gap = new(node)
			}
			return n.gap
		}), nil
	case p.rest[0] == '(':
		return p.group(from, depth)
	case p.rest[0] == '[', p.rest[0] == '{':
		return p.class(from)
	}
	for {
		unit := p.unit()
		if unit == "" {
			return nil, fmt.Errorf("cannot read %q", p.rest)
		}
		to = union(to, each(from, func(n *node) *node { return n.next.Add(unit) }))
		// Outside of brackets, a bar separates single words, not sequences.
		if rest, ok := strings.CutPrefix(p.rest, "|"); ok && depth == 0 {
			p.rest = rest
			continue
		}
		return to, nil
	}
}

// group reads a group of alternatives in brackets.
func (p *parser) group(from []*node, depth int) (to []*node, err error) {
	if depth == maxDepth {
		return nil, fmt.Errorf("the brackets are nested too deeply")
	}
	for {
		p.rest = p.rest[1:]
		ends, err := p.sequence(from, depth+1)
		if err != nil {
			return nil, err
		}
		to = union(to, ends)
		if p.rest == "" {
			return nil, fmt.Errorf("a closing bracket is missing")
		}
		if p.rest[0] == ')' {
			p.rest = p.rest[1:]
			return to, nil
		}
	}
}

// class reads a set of units in square brackets or braces.
func (p *parser) class(from []*node) (to []*node, err error) {
	end := strings.IndexAny(p.rest, "]}")
	if end < 0 {
		return nil, fmt.Errorf("a closing bracket is missing")
	}
	pattern := p.rest[:end+1]
	p.rest = p.rest[end+1:]
	var has func(unit string) bool
	switch chars := pattern[1:end]; {
	case pattern == "{noun}":
		has = IsNoun
	case pattern == "{word}":
		has = isWord
	case pattern == "{katakana}":
		has = isKatakana
	case pattern[0] == '{':
		return nil, fmt.Errorf("unknown class %s", pattern)
	case strings.HasPrefix(chars, "^"):
		has = func(unit string) bool { return !strings.Contains(chars[1:], unit) }
	default:
		for _, r := range chars {
			to = union(to, each(from, func(n *node) *node { return n.next.Add(string(r)) }))
		}
		return to, nil
	}
	return each(from, func(n *node) *node {
		for _, c := range n.classes {
			if c.pattern == pattern {
				return c.then
			}
		}
		n.classes = append(n.classes, class{pattern, has, new(node)})
		return n.classes[len(n.classes)-1].then
	}), nil
}

// unit reads a word or a character. It returns "" if there is none.
func (p *parser) unit() string {
	n := 0
	for n < len(p.rest) && isWordByte(p.rest[n]) {
		n++
	}
	if n == 0 && p.rest != "" && !strings.ContainsRune("?|)$^]}", rune(p.rest[0])) {
		_, n = utf8.DecodeRuneInString(p.rest)
	}
	unit := p.rest[:n]
	p.rest = p.rest[n:]
	return unit
}

func each(nodes []*node, after func(*node) *node) []*node {
	out := make([]*node, 0, len(nodes))
	for _, n := range nodes {
		if then := after(n); !slices.Contains(out, then) {
			out = append(out, then)
		}
	}
	return out
}

// union returns the nodes of both lists, each once.
func union(a, b []*node) []*node {
	if len(a) == 0 {
		return b
	}
	out := slices.Clone(a)
	for _, n := range b {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
