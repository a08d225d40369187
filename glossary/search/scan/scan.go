// Package scan finds names of terms in text.
package scan

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// A Scanner finds names and aliases of terms in text.
type Scanner struct {
	build func() // sets the other fields on first use
	// words maps keys to ASCII spellings. maxSpans maps the key of a word to the number of words
	// in the longest spelling that starts with it.
	words    map[string][]entry
	maxSpans map[string]int
	starts   [256]uint64 // the lengths of the keys of maxSpans, as bits, by startHash; most words have none
	// japanese contains the spellings with kana or kanji, keyed by their first rune, longest
	// first.
	japanese    map[rune][]entry
	asciiStarts [utf8.RuneSelf]bool // the first runes of japanese that are ASCII
}

// An entry is a spelling to look for.
type entry struct {
	term     *glossary.Term
	text     string // as its author wrote it
	spans    int    // number of words
	ordinary bool   // an English word that also has a meaning outside of Kubernetes
	isHeader bool   // a column header
}

// An Occurrence is a place in text where a term is named.
type Occurrence struct {
	Term       *glossary.Term
	Start, End int // bytes of the text
}

// New returns a Scanner for the names and aliases of the terms.
func New(terms []*glossary.Term) *Scanner {
	s := new(Scanner)
	s.build = sync.OnceFunc(func() { s.addAll(terms) })
	return s
}

func (s *Scanner) addAll(terms []*glossary.Term) {
	s.words = make(map[string][]entry)
	s.maxSpans = make(map[string]int)
	s.japanese = make(map[rune][]entry)
	for _, t := range terms {
		t.Spellings(func(text string, _ bool) { s.add(t, text) })
	}
	for _, list := range s.japanese {
		slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
}

func (s *Scanner) add(t *glossary.Term, text string) {
	if first, _ := utf8.DecodeRuneInString(text); fold.HasJapanese(text) {
		if utf8.RuneCountInString(text) > 1 {
			s.japanese[first] = append(s.japanese[first], entry{term: t, text: text})
			if first < utf8.RuneSelf {
				s.asciiStarts[first] = true
			}
		}
		return
	}
	spans := fold.Spans(text)
	if len(spans) == 0 || len(fold.Key(text)) < 2 {
		return
	}
	key := fold.Key(text)
	// Column headers are in upper case.
	head := t.HasUsage(glossary.Column) && len(spans) == 1 && text == strings.ToUpper(text)
	ordinary := len(spans) == 1 && !strings.ContainsFunc(text[1:], fold.IsUpper) && !strings.ContainsFunc(text, unicode.IsDigit)
	s.words[key] = append(s.words[key], entry{t, text, len(spans), ordinary, head})
	first := fold.Key(text[spans[0].Start:spans[0].End])
	s.maxSpans[first] = max(s.maxSpans[first], len(spans))
	s.starts[startHash(first)] |= 1 << min(len(first), 63)
}

// startHash returns a hash of the first bytes of a key.
func startHash[T string | []byte](key T) uint8 {
	if len(key) < 2 {
		return key[0]
	}
	return key[0]*37 + key[1]
}

// Scan returns the occurrences of terms, in the order of the text. If some overlap, it returns
// only the longest of them. output is set for the output of a program, in which ordinary words and
// column headers do not name terms.
func (s *Scanner) Scan(text string, output bool) []Occurrence {
	s.build()
	all := s.scanWords(text, output)
	if !output && fold.HasJapanese(text) { // kubectl prints English
		all = append(all, s.scanJapanese(text)...)
	}
	slices.SortFunc(all, func(a, b Occurrence) int { return cmp.Compare(a.Start, b.Start) })
	return all
}

func (s *Scanner) scanWords(text string, output bool) []Occurrence {
	var room [64]fold.Span
	var small [256]byte
	spans, lower := fold.AppendSpans(room[:0], text), appendLower(small[:0], text)
	var all []Occurrence
	var buf [8]*glossary.Term
	for i := 0; i < len(spans); {
		n, hits := s.longest(buf[:0], text, lower, spans[i:], output)
		for _, t := range hits {
			all = append(all, Occurrence{t, spans[i].Start, spans[i+n-1].End})
		}
		i += max(n, 1)
	}
	return all
}

// longest appends to hits the terms of the longest spellings that start with the first span. n
// is the number of spans in these spellings, or 0 if there are none. lower is the text in lower
// case.
func (s *Scanner) longest(hits []*glossary.Term, text string, lower []byte, spans []fold.Span, output bool) (n int, terms []*glossary.Term) {
	first := lower[spans[0].Start:spans[0].End]
	if s.starts[startHash(first)]>>min(len(first), 63)&1 == 0 {
		return 0, hits
	}
	limit := min(s.maxSpans[string(first)], len(spans))
	for n := limit; n > 0; n-- {
		start, end := spans[0].Start, spans[n-1].End
		if !areAdjacent(text, spans[:n]) || isPartOfName(text, start, end) {
			continue
		}
		written := text[start:end]
		var buf [fold.MaxRunes]byte
		key := buf[:0] // fold.Key(written)
		if len(written) > fold.MaxRunes {
			key = append(key, fold.Key(written)...)
		} else {
			for _, span := range spans[:n] {
				key = append(key, lower[span.Start:span.End]...)
			}
		}
		words := s.words[string(key)]
		if len(words) == 0 && n > 1 && !output && bytes.HasSuffix(key, []byte("s")) { // init containers
			for _, singular := range fold.Singulars(string(key)) {
				words = append(words, s.words[singular]...)
			}
		}
		for i := range words {
			w := &words[i]
			if n > w.spans && (output || w.term.IsStatus()) {
				continue // "not found" applies to anything, NotFound to an object
			}
			if w.isHeader && (output || w.text != written) {
				continue // in output, it is above its values
			}
			if w.ordinary && output {
				continue
			}
			if !slices.Contains(hits, w.term) {
				hits = append(hits, w.term)
			}
		}
		if len(hits) > 0 {
			return n, hits
		}
	}
	return 0, hits
}

// appendLower appends text to b, with its ASCII letters in lower case.
func appendLower(b []byte, text string) []byte {
	b = append(b, text...)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// areAdjacent reports whether each gap between the spans is either a single separator, such as a
// space or a hyphen, or one of wideGaps.
func areAdjacent(text string, spans []fold.Span) bool {
	for i := 1; i < len(spans); i++ {
		gap := text[spans[i-1].End:spans[i].Start]
		if !(len(gap) == 1 && strings.Contains(" -_./:()", gap)) && !slices.Contains(wideGaps, gap) {
			return false
		}
	}
	return true
}

// wideGaps are the gaps of two characters that may separate the spans of a spelling.
var wideGaps = []string{": ", " (", ") "}

// isPartOfName reports whether text[start:end] is part of a longer name, such as node in node.js
// and coredns in coredns-5d78c9869d-x2x4z.
func isPartOfName(text string, start, end int) bool {
	const binders = "-_./"
	return start >= 2 && strings.IndexByte(binders, text[start-1]) >= 0 && fold.IsAlnum(text[start-2]) ||
		end+1 < len(text) && strings.IndexByte(binders, text[end]) >= 0 && fold.IsAlnum(text[end+1])
}

func (s *Scanner) scanJapanese(text string) []Occurrence {
	var all []Occurrence
	before := rune(0)
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && !s.asciiStarts[c] {
			before = rune(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if n := s.japaneseAt(text, i, r, before, &all); n > 0 {
			before, _ = utf8.DecodeLastRuneInString(text[i : i+n])
			i += n
			continue
		}
		before = r
		i += size
	}
	return all
}

// japaneseAt appends the longest Japanese spellings that begin at text[i] to all, and returns their
// length in bytes. r is the rune at i, and before is the rune that precedes r.
func (s *Scanner) japaneseAt(text string, i int, r, before rune, all *[]Occurrence) int {
	n := 0
	for _, w := range s.japanese[r] {
		if n > 0 && len(w.text) < n {
			break
		}
		if !strings.HasPrefix(text[i:], w.text) {
			continue
		}
		// Do not match a part of a longer number or katakana word.
		last, _ := utf8.DecodeLastRuneInString(w.text)
		after, _ := utf8.DecodeRuneInString(text[i+len(w.text):])
		if unicode.IsDigit(last) && unicode.IsDigit(after) {
			continue
		}
		if fold.IsKatakana(r) && fold.IsKatakana(before) || fold.IsKatakana(last) && fold.IsKatakana(after) {
			continue
		}
		n = len(w.text)
		*all = append(*all, Occurrence{w.term, i, i + n})
	}
	return n
}
