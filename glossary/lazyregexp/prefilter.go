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
	needs    *needs     // nil if unknown
	literals []literal  // every match contains at least one of these; nil if unknown
	pairs    [128]uint8 // a bitmap of hashes of the first two bytes of each literal
	fold     bool       // whether literals are in lower case, and match without regard to case
}

// A literal is text that a match contains.
type literal struct {
	text  string
	whole bool // the text is a match
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
	p.needs = newNeeds(re, p.literals != nil)
	p.fold = hasFold(re)
	isFolded := p.fold && !hasCase(re)
	for i := range p.literals {
		l := &p.literals[i]
		if p.fold {
			l.text = strings.ToLower(l.text)
			l.whole = l.whole && isFolded
		}
		h := pairHash(l.text[0], l.text[1])
		p.pairs[h>>3] |= 1 << (h & 7)
	}
	return p
}

func pairHash(a, b byte) uint { return (uint(a)*37 + uint(b)) & 1023 }

// rejects reports whether the expression cannot match s.
func (p *prefilter) rejects(s string) bool {
	may, _ := p.check(s)
	return !may
}

// check reports whether the expression may match s, and whether it certainly does.
func (p *prefilter) check(s string) (may, sure bool) {
	if p.first != nil {
		if p.anchored {
			if s == "" || !p.first[s[0]] {
				return false, false
			}
		} else if p.literals == nil && !p.begins(s) {
			return false, false
		}
	}
	if p.needs != nil && p.needs.missing(s) {
		return false, false
	}
	if p.literals == nil {
		return true, false
	}
	return p.contains(s)
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

// contains reports whether s contains one of the literals, or may contain one, and whether that
// literal is a match.
func (p *prefilter) contains(s string) (found, whole bool) {
	if len(p.literals) == 1 && !p.fold {
		found = strings.Contains(s, p.literals[0].text)
		return found, found && p.literals[0].whole
	}
	for i := 0; i+1 < len(s); i++ {
		a, b := s[i], s[i+1]
		if p.fold {
			if a >= utf8.RuneSelf || b >= utf8.RuneSelf {
				return true, false // a letter such as the Kelvin sign may match an ASCII letter
			}
			a, b = lower(a), lower(b)
		}
		h := pairHash(a, b)
		if p.pairs[h>>3]&(1<<(h&7)) == 0 {
			continue
		}
		for _, l := range p.literals {
			if len(l.text) > len(s)-i || l.text[0] != a || l.text[1] != b {
				continue
			}
			same, maybe := p.equal(s[i:i+len(l.text)], l.text)
			if same && l.whole {
				return true, true
			}
			found = found || same || maybe
		}
	}
	return found || p.fold && s != "" && s[len(s)-1] >= utf8.RuneSelf, false
}

// equal reports whether s is the literal. If both have characters outside ASCII, maybe is true.
func (p *prefilter) equal(s, literal string) (same, maybe bool) {
	if !p.fold {
		return s == literal, false
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false, true
		}
		if lower(s[i]) != literal[i] {
			return false, false
		}
	}
	return true, false
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

// maxLiterals is the maximum number of literals that are searched for.
const maxLiterals = 64

// required returns literals of at least two bytes, such that each match of re contains at least one
// of them. It returns nil if there are no such literals.
func required(re *syntax.Regexp) []literal {
	if all := literalsOf(finite(re), true); all != nil {
		return all
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return parts(required(re.Sub[0]))
	case syntax.OpConcat:
		var best []literal
		consider := func(all []literal) {
			if all != nil && (best == nil || shortest(all) > shortest(best)) {
				best = all
			}
		}
		texts := []string{""} // of the subexpressions since the last one that matches infinitely many
		for _, sub := range re.Sub {
			next := finite(sub)
			if joined := product(texts, next); joined != nil {
				texts = joined
				continue
			}
			consider(literalsOf(texts, false))
			if texts = next; next == nil {
				texts = []string{""}
				consider(parts(required(sub)))
			}
		}
		consider(literalsOf(texts, false))
		return best
	case syntax.OpAlternate:
		var all []literal
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

// parts returns literals as parts of a match.
func parts(all []literal) []literal {
	for i := range all {
		all[i].whole = false
	}
	return all
}

// literalsOf returns texts as literals, or nil if there are none, or if one is too short.
func literalsOf(texts []string, whole bool) []literal {
	all := make([]literal, 0, len(texts))
	for _, t := range texts {
		if len(t) < 2 {
			return nil
		}
		all = append(all, literal{t, whole})
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// finite returns all strings that re matches, regardless of case if re is. It returns nil if there
// are more than maxLiterals, or if a match depends on the text around it.
func finite(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}
	case syntax.OpLiteral:
		if s := string(re.Rune); !strings.ContainsRune(s, utf8.RuneError) {
			return []string{s}
		}
	case syntax.OpCharClass:
		var all []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if all = append(all, string(r)); r >= utf8.RuneSelf || len(all) > maxLiterals {
					return nil
				}
			}
		}
		return all
	case syntax.OpCapture:
		return finite(re.Sub[0])
	case syntax.OpQuest:
		if all := finite(re.Sub[0]); all != nil {
			return append(all, "")
		}
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			if all = product(all, finite(sub)); all == nil {
				return nil
			}
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			texts := finite(sub)
			if all = append(all, texts...); texts == nil || len(all) > maxLiterals {
				return nil
			}
		}
		return all
	}
	return nil
}

// product returns each of first followed by each of second, or nil if second is nil or the result
// would have more than maxLiterals elements.
func product(first, second []string) []string {
	if len(first)*len(second) > maxLiterals {
		return nil
	}
	var all []string
	for _, a := range first {
		for _, b := range second {
			all = append(all, a+b)
		}
	}
	return all
}

func shortest(literals []literal) int {
	n := len(literals[0].text)
	for _, l := range literals {
		n = min(n, len(l.text))
	}
	return n
}

// hasCase reports whether a letter in re matches only in its case.
func hasCase(re *syntax.Regexp) bool {
	all := re.Rune // of a literal
	if re.Op == syntax.OpCharClass {
		all = nil
		for _, s := range finite(re) { // nil if no literal contains the class
			all = append(all, rune(s[0]))
		}
	}
	for _, r := range all {
		if re.Flags&syntax.FoldCase == 0 && unicode.SimpleFold(r) != r && (re.Op == syntax.OpLiteral || !slices.Contains(all, r^0x20)) {
			return true
		}
	}
	return slices.ContainsFunc(re.Sub, hasCase)
}

// hasFold reports whether a part of re matches without regard to case.
func hasFold(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Sub, hasFold)
}
