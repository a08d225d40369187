package observe

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
)

// A wordPattern matches words by their beginnings and ends, in any case. It is faster than the regular
// expression, which it uses only for text that is not ASCII.
type wordPattern struct {
	whole  map[string]bool
	starts []string          // words that begin like this and have no spaces
	begins []string          // texts that begin like this
	ends   [128][]string     // texts that end like this, by their last bytes
	syntax lazyregexp.Regexp // of the same pattern
}

// newWordPattern returns a pattern for the texts in its lists, which are in lower case and separated by
// "|": whole texts, beginnings of words, beginnings of texts, and ends of texts.
func newWordPattern(whole, starts, begins, ends string) *wordPattern {
	p := &wordPattern{whole: make(map[string]bool)}
	var all []string
	add := func(list, format string) (words []string) {
		if list != "" {
			words = strings.Split(list, "|")
			all = append(all, fmt.Sprintf(format, list))
		}
		return words
	}
	for _, w := range add(whole, "%s") {
		p.whole[w] = true
	}
	p.starts, p.begins = add(starts, `(?:%s)\S*`), add(begins, "(?:%s).*")
	for _, w := range add(ends, ".*(?:%s)") {
		last := w[len(w)-1]
		p.ends[last] = append(p.ends[last], w)
	}
	p.syntax = lazyregexp.New("(?i)^(?:" + strings.Join(all, "|") + ")$")
	return p
}

// maxWord is the maximum length in bytes of a text that matches uses the lists for.
const maxWord = 128

func (p *wordPattern) matches(s string) bool {
	var low [maxWord]byte
	if s == "" || len(s) > len(low) {
		return p.syntax.MatchString(s)
	}
	space := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf || c == '\n':
			return p.syntax.MatchString(s)
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == ' ' || '\t' <= c && c <= '\r':
			space = true
		}
		low[i] = c
	}
	text := low[:len(s)]
	for _, w := range p.ends[text[len(text)-1]] {
		if len(w) <= len(text) && string(text[len(text)-len(w):]) == w {
			return true
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
