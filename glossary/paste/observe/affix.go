package observe

import (
	"strings"
	"unicode/utf8"
)

// A wordPattern matches words by their beginnings and ends, in any case. It is faster than a regular
// expression.
type wordPattern struct {
	whole  map[string]bool
	starts []string      // words that begin like this and have no spaces
	begins []string      // lines that begin like this
	ends   [128][]string // lines that end like this, by their last bytes
}

// newWordPattern returns a pattern for the texts in its lists, which are in lower case and separated by
// "|": whole texts, beginnings of words, beginnings of lines, and ends of lines.
func newWordPattern(whole, starts, begins, ends string) *wordPattern {
	p := &wordPattern{whole: make(map[string]bool), starts: listed(starts), begins: listed(begins)}
	for _, w := range listed(whole) {
		p.whole[w] = true
	}
	for _, w := range listed(ends) {
		last := w[len(w)-1]
		p.ends[last] = append(p.ends[last], w)
	}
	return p
}

// listed returns the texts in a list that are separated by "|".
func listed(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "|")
}

// usualWord is a length in bytes that few words exceed.
const usualWord = 128

// other stands for a character that is in no list.
const other = utf8.RuneSelf

func (p *wordPattern) matches(s string) bool {
	var room [usualWord]byte
	text := room[:0] // s in lower case
	space := false
	for _, r := range s {
		switch {
		case r == '\n':
			return false
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r == ' ' || r == '\t' || r == '\f' || r == '\r':
			space = true
		case r == '\u017f': // the long s and the Kelvin sign are the only ones with an ASCII letter as their lower case
			r = 's'
		case r == '\u212a':
			r = 'k'
		case r >= utf8.RuneSelf:
			r = other
		}
		text = append(text, byte(r))
	}
	if len(text) == 0 {
		return false
	}
	if last := text[len(text)-1]; last < other {
		for _, w := range p.ends[last] {
			if len(w) <= len(text) && string(text[len(text)-len(w):]) == w {
				return true
			}
		}
	}
	for _, w := range p.begins {
		if len(w) <= len(text) && string(text[:len(w)]) == w {
			return true
		}
	}
	for _, w := range p.starts {
		if !space && len(w) <= len(text) && string(text[:len(w)]) == w {
			return true
		}
	}
	return p.whole[string(text)]
}
