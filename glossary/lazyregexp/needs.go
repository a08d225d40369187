package lazyregexp

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// needs are bytes of which every match of an expression contains at least one. None is a letter,
// so most prose lacks them.
type needs struct {
	only  string     // the only such byte, or ""
	bytes *[256]bool // all such bytes; nil if there is only one
}

// newNeeds returns the needs of re, or nil if a match may consist of letters. hasLiterals is set if
// literals are searched for, too: then, a space says nothing more.
func newNeeds(re *syntax.Regexp, hasLiterals bool) *needs {
	set := needed(re)
	if set == nil || hasLiterals && set[' '] {
		return nil
	}
	n := &needs{bytes: set}
	for i, ok := range set {
		if ok && count(set) == 1 {
			return &needs{only: string(rune(i))}
		}
	}
	return n
}

// missing reports whether s contains none of the bytes.
func (n *needs) missing(s string) bool {
	if n.only != "" {
		return !strings.Contains(s, n.only)
	}
	for i := range len(s) {
		if n.bytes[s[i]] {
			return false
		}
	}
	return true
}

// needed returns the rarest set of bytes, none of them a letter, such that each match of re contains
// at least one of them. It returns nil if there is no such set.
func needed(re *syntax.Regexp) *[256]bool {
	switch re.Op {
	case syntax.OpLiteral:
		var set [256]bool
		for _, r := range re.Rune {
			if r < utf8.RuneSelf && !isLetter(byte(r)) {
				set[r] = true
				return &set
			}
		}
	case syntax.OpCharClass:
		set, _ := firstBytes(re)
		for i, ok := range set {
			if ok && (i >= utf8.RuneSelf || isLetter(byte(i))) {
				return nil
			}
		}
		return set
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needed(re.Sub[0])
		}
	case syntax.OpConcat:
		var best *[256]bool
		for _, sub := range re.Sub {
			if set := needed(sub); set != nil && (best == nil || cost(set) < cost(best)) {
				best = set
			}
		}
		return best
	case syntax.OpAlternate:
		var all [256]bool
		for _, sub := range re.Sub {
			set := needed(sub)
			if set == nil {
				return nil
			}
			for i, ok := range set {
				all[i] = all[i] || ok
			}
		}
		return &all
	}
	return nil
}

func isLetter(b byte) bool { return 'a' <= lower(b) && lower(b) <= 'z' }

// cost returns the number of bytes in set. A space, which nearly all text contains, counts more than
// all digits.
func cost(set *[256]bool) int {
	if set[' '] {
		return count(set) + 10
	}
	return count(set)
}

// count returns the number of bytes in set.
func count(set *[256]bool) int {
	n := 0
	for _, ok := range set {
		if ok {
			n++
		}
	}
	return n
}
