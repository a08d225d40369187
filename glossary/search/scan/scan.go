// Package scan finds names of terms in text.
package scan

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// A Spelling is a name or alias of a term.
type Spelling struct {
	Term     *glossary.Term
	Text     string // as its author wrote it
	IsName   bool
	spans    uint8 // number of words; 0 if it is not looked for in text, or is in Japanese
	ordinary bool  // an English word that also has a meaning outside of Kubernetes
	isHeader bool  // a column header
}

// NewSpelling returns a spelling that is looked for in text. key is its folded form.
func NewSpelling(t *glossary.Term, text, key string, isName bool) Spelling {
	s := Spelling{Term: t, Text: text, IsName: isName}
	if len(key) < 2 || fold.HasJapanese(text) {
		return s
	}
	var room [16]fold.Span
	spans := fold.AppendSpans(room[:0], text)
	s.spans = uint8(min(len(spans), math.MaxUint8))
	// Column headers are in upper case.
	s.isHeader = t.HasUsage(glossary.Column) && len(spans) == 1 && text == strings.ToUpper(text)
	s.ordinary = len(spans) == 1 && !strings.ContainsFunc(text[1:], fold.IsUpper) && !strings.ContainsFunc(text, unicode.IsDigit)
	return s
}

// A Scanner finds names and aliases of terms in text.
type Scanner struct {
	keys  map[string][]Spelling // by folded form
	build func()                // sets the other fields on first use
	// maxSpans maps the key of a word to the number of words in the longest spelling that starts with
	// it.
	maxSpans map[string]int
	starts   [256]uint64 // the lengths of the keys of maxSpans, as bits, by startHash; most words have none
	// japanese contains the spellings with kana or kanji, keyed by their first rune in lower case,
	// longest first.
	japanese    map[rune][]*Spelling
	asciiStarts [utf8.RuneSelf]bool // the first runes of japanese that are ASCII, in both cases
}

// An Occurrence is a place in text where a term is named.
type Occurrence struct {
	Term       *glossary.Term
	Start, End int // bytes of the text
}

// New returns a Scanner for spellings by their folded form.
func New(keys map[string][]Spelling) *Scanner {
	s := &Scanner{keys: keys}
	s.build = sync.OnceFunc(s.addAll)
	return s
}

func (s *Scanner) addAll() {
	s.maxSpans = make(map[string]int, len(s.keys)/4)
	s.japanese = make(map[rune][]*Spelling)
	for key, list := range s.keys {
		for i := range list {
			s.add(key, &list[i])
		}
	}
	for _, list := range s.japanese {
		slices.SortFunc(list, func(a, b *Spelling) int {
			return cmp.Or(cmp.Compare(len(b.Text), len(a.Text)), strings.Compare(a.Term.ID, b.Term.ID))
		})
	}
}

func (s *Scanner) add(key string, w *Spelling) {
	if w.spans == 0 {
		if first, n := utf8.DecodeRuneInString(w.Text); n < len(w.Text) && fold.HasJapanese(w.Text) {
			first = unicode.ToLower(first)
			s.japanese[first] = append(s.japanese[first], w)
			if first < utf8.RuneSelf {
				s.asciiStarts[first], s.asciiStarts[unicode.ToUpper(first)] = true, true
			}
		}
		return
	}
	first := key
	if w.spans > 1 || len(w.Text) > len(key) {
		start := strings.IndexFunc(w.Text, isAlnum)
		rest := w.Text[start:]
		if end := strings.IndexFunc(rest, func(r rune) bool { return !isAlnum(r) }); end >= 0 {
			rest = rest[:end]
		}
		first = fold.Key(rest)
	}
	s.maxSpans[first] = max(s.maxSpans[first], int(w.spans))
	s.starts[startHash(first)] |= 1 << min(len(first), 63)
}

func isAlnum(r rune) bool { return r < utf8.RuneSelf && fold.IsAlnum(byte(r)) }

// startHash returns a hash of the first bytes of a key.
func startHash[T string | []byte](key T) uint8 {
	if len(key) < 2 {
		return key[0]
	}
	return key[0]*37 + key[1]
}

// Scan returns the occurrences of terms, in the order of the text; of those that start at the same place,
// the longest comes first. If some overlap, it returns only the longest of them. output is set for the
// output of a program, in which ordinary words and column headers do not name terms.
func (s *Scanner) Scan(text string, output bool) []Occurrence {
	s.build()
	all := s.scanWords(text, output)
	if !output && fold.HasJapanese(text) { // kubectl prints English
		all = append(all, s.scanJapanese(text)...)
	}
	slices.SortStableFunc(all, func(a, b Occurrence) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
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
		words := s.keys[string(key)]
		if n > 1 && !output && bytes.HasSuffix(key, []byte("s")) && !slices.ContainsFunc(words, func(w Spelling) bool { return w.spans > 0 }) { // init containers
			for _, singular := range fold.Singulars(string(key)) {
				words = append(slices.Clip(words), s.keys[singular]...)
			}
		}
		for i := range words {
			w := &words[i]
			if w.spans == 0 || n > int(w.spans) && (output || w.Term.IsStatus() || fold.IsStopWord(string(first))) {
				continue // "not found" applies to anything, NotFound to an object, and "is CSI" is not iSCSI
			}
			if w.isHeader && (output || w.Text != written) {
				continue // in output, it is above its values
			}
			if w.ordinary && output {
				continue
			}
			if !slices.Contains(hits, w.Term) {
				hits = append(hits, w.Term)
			}
		}
		if len(hits) > 1 && !output && isField(written) {
			if fields := slices.DeleteFunc(slices.Clone(hits), (*glossary.Term).IsStatus); len(fields) > 0 {
				hits = fields
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
	if r < utf8.RuneSelf {
		if isAlnum(r) && isAlnum(before) { // in the middle of a word
			return 0
		}
		r = unicode.ToLower(r)
	}
	for _, w := range s.japanese[r] {
		if n > 0 && len(w.Text) < n {
			break
		}
		if !strings.HasPrefix(text[i:], w.Text) && (!hasPrefixFold(text[i:], w.Text) || strings.ContainsFunc(w.Text, fold.IsHiragana)) {
			continue // "initコンテナ" is a name in any case, but "podが落ちる" says something about a Pod
		}
		// Do not match a part of a longer number or katakana word.
		last, _ := utf8.DecodeLastRuneInString(w.Text)
		after, _ := utf8.DecodeRuneInString(text[i+len(w.Text):])
		if unicode.IsDigit(last) && unicode.IsDigit(after) {
			continue
		}
		if fold.IsKatakana(r) && fold.IsKatakana(before) || fold.IsKatakana(last) && fold.IsKatakana(after) {
			continue
		}
		n = len(w.Text)
		*all = append(*all, Occurrence{w.Term, i, i + n})
	}
	return n
}

// hasPrefixFold is like strings.HasPrefix, but ignores the case of ASCII letters.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if a, b := s[i], prefix[i]; a != b && (a|0x20 != b|0x20 || a|0x20 < 'a' || a|0x20 > 'z') {
			return false
		}
	}
	return true
}

// isField reports whether a name is written like a field: nodeAffinity is the field, NodeAffinity also a
// status.
func isField(written string) bool {
	return 'a' <= written[0] && written[0] <= 'z' && strings.ContainsFunc(written, fold.IsUpper)
}
