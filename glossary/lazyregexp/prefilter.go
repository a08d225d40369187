package lazyregexp

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A prefilter rejects most of the strings that an expression cannot match, in a fraction of the
// time that the expression takes. A string that it lets through may still not match. Package regexp
// has only the simplest kind of prefilter: a literal prefix. See
// https://swtch.com/~rsc/regexp/regexp3.html#analysis for other kinds.
type prefilter struct {
	anchored bool       // whether a match begins at the beginning of the string
	first    *[256]bool // the bytes that a match may begin with; nil if any
	literals []string   // every match contains at least one of these; nil if unknown
	pairs    [128]uint8 // a bitmap of hashes of the first two bytes of each literal
	fold     bool       // whether literals are in lower case, and match without regard to case
}

// newPrefilter returns the prefilter for a valid expression in the syntax of package regexp.
func newPrefilter(expr string) *prefilter {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil { // unreachable: the expression has been compiled
		return &prefilter{}
	}
	re = re.Simplify()
	p := &prefilter{anchored: isAnchored(re)}
	if first, empty := firstBytes(re); !empty && slices.Contains(first[:], false) {
		p.first = first
	}
	p.literals = required(re)
	p.fold = hasFold(re)
	for i, l := range p.literals {
		if p.fold {
			l = strings.ToLower(l)
			p.literals[i] = l
		}
		h := pairHash(l[0], l[1])
		p.pairs[h>>3] |= 1 << (h & 7)
	}
	return p
}

func pairHash(a, b byte) uint { return (uint(a)*37 + uint(b)) & 1023 }

// rejects reports whether the expression cannot match s.
func (p *prefilter) rejects(s string) bool {
	if p.first != nil {
		if p.anchored {
			if s == "" || !p.first[s[0]] {
				return true
			}
		} else if p.literals == nil && !p.begins(s) {
			return true
		}
	}
	return p.literals != nil && !p.contains(s)
}

// begins reports whether s contains a byte that a match may begin with.
func (p *prefilter) begins(s string) bool {
	for i := range len(s) {
		if p.first[s[i]] {
			return true
		}
	}
	return false
}

// contains reports whether s contains one of the literals.
func (p *prefilter) contains(s string) bool {
	if len(p.literals) == 1 && !p.fold {
		return strings.Contains(s, p.literals[0])
	}
	for i := 0; i+1 < len(s); i++ {
		a, b := s[i], s[i+1]
		if p.fold {
			if a >= utf8.RuneSelf || b >= utf8.RuneSelf {
				return true // a letter such as the Kelvin sign may match an ASCII letter
			}
			a, b = lower(a), lower(b)
		}
		h := pairHash(a, b)
		if p.pairs[h>>3]&(1<<(h&7)) == 0 {
			continue
		}
		for _, l := range p.literals {
			if len(l) <= len(s)-i && l[0] == a && l[1] == b && p.equal(s[i:i+len(l)], l) {
				return true
			}
		}
	}
	return p.fold && s != "" && s[len(s)-1] >= utf8.RuneSelf
}

func (p *prefilter) equal(s, literal string) bool {
	if !p.fold {
		return s == literal
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return true
		}
		if lower(s[i]) != literal[i] {
			return false
		}
	}
	return true
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}

// isAnchored reports whether each match of re begins at the beginning of the text.
func isAnchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpCapture, syntax.OpConcat:
		return isAnchored(re.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !isAnchored(sub) })
	}
	return false
}

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
			for r := re.Rune[i]; r <= re.Rune[i+1] && r <= utf8.RuneSelf; r++ {
				addRune(set, r)
			}
			if re.Rune[i+1] >= utf8.RuneSelf {
				addRune(set, utf8.RuneSelf)
			}
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

// addRune adds the first byte of r to set. For a rune outside ASCII, it adds all bytes outside
// ASCII, because an invalid byte matches like [utf8.RuneError].
func addRune(set *[256]bool, r rune) {
	if r < utf8.RuneSelf {
		set[r] = true
		return
	}
	for i := utf8.RuneSelf; i < len(set); i++ {
		set[i] = true
	}
}

// maxLiterals is the maximum number of literals that are searched for.
const maxLiterals = 64

// required returns literals of at least two bytes, such that each match of re contains at least one
// of them. It returns nil if there are no such literals.
func required(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if s := string(re.Rune); len(s) > 1 && !strings.ContainsRune(s, utf8.RuneError) {
			return []string{s}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if r := required(sub); r != nil && (best == nil || shortest(r) > shortest(best)) {
				best = r
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			r := required(sub)
			if all = append(all, r...); r == nil || len(all) > maxLiterals {
				return nil
			}
		}
		return all
	}
	return nil
}

func shortest(literals []string) int {
	n := len(literals[0])
	for _, l := range literals {
		n = min(n, len(l))
	}
	return n
}

// hasFold reports whether a part of re matches without regard to case.
func hasFold(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Sub, hasFold)
}
