package lazyregexp

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// firstBytes returns the bytes that a match of re may begin with, and whether a match may be empty.
func firstBytes(re *syntax.Regexp) (set *[256]bool, empty bool) {
	set = new([256]bool)
	union := func(other *[256]bool) {
		for i, ok := range other {
			set[i] = set[i] || ok
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		addRune(set, re.Rune[0])
		if re.Flags&syntax.FoldCase != 0 {
			for r := unicode.SimpleFold(re.Rune[0]); r != re.Rune[0]; r = unicode.SimpleFold(r) {
				addRune(set, r)
			}
		}
		return set, false
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1] && r < utf8.RuneSelf; r++ {
				addRune(set, r)
			}
			addWide(set, max(re.Rune[i], utf8.RuneSelf), re.Rune[i+1])
		}
		return set, false
	case syntax.OpCapture, syntax.OpPlus:
		return firstBytes(re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		set, _ = firstBytes(re.Sub[0])
		return set, true
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			other, empty := firstBytes(sub)
			if union(other); !empty {
				return set, false
			}
		}
		return set, true
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			other, e := firstBytes(sub)
			union(other)
			empty = empty || e
		}
		return set, empty
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		for i := range set {
			set[i] = true
		}
		return set, false
	}
	return set, true // an empty match, such as a word boundary, or an operation unknown here
}

// addRune adds the first byte of r to set.
func addRune(set *[256]bool, r rune) {
	if r < utf8.RuneSelf {
		set[r] = true
		return
	}
	addWide(set, r, r)
}

// addWide adds the first bytes of the runes from first to last, which are outside ASCII, to set. If
// [utf8.RuneError] is one of them, it adds all bytes outside ASCII, because an invalid byte matches like
// that rune.
func addWide(set *[256]bool, first, last rune) {
	if first > last {
		return
	}
	from, to := firstByte(first), firstByte(last)
	if first <= utf8.RuneError && utf8.RuneError <= last {
		from, to = utf8.RuneSelf, 0xff
	}
	for i := int(from); i <= int(to); i++ {
		set[i] = true
	}
}

// firstByte returns the first byte of r. It increases with r.
func firstByte(r rune) byte { return string(r)[0] }

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}
