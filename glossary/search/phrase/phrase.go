// Package phrase finds phrases of several kinds in text, all in one pass.
//
// A phrase is a sequence of units, which are English words and Japanese characters. Case, width,
// apostrophes and white space are ignored. A pattern describes one or more phrases:
//
//	how do|can i        a word, or one of several
//	って(どうや|できる)  one of several sequences
//	delete (all)? pods  a sequence that may be left out
//	[うくす]には         one of the characters
//	[^え]て             any unit but these, and not the start of the text
//	{noun}が            a word, a kanji or a katakana letter
//	{word}を教えて       a word
//	{katakana}って       a katakana letter
//	which ... run       any units in between
//	^please             the start of the text
//	だった$             the end of the text, except for white space and closing punctuation
package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/trie"
)

// Kinds is a set of kinds of phrases, one bit each. There are at most 32 kinds.
type Kinds uint32

// A Found is a phrase that was found in text.
type Found struct {
	Kinds      Kinds
	Start, End int // indexes of units
}

// A Text is text that has been split into units.
type Text struct {
	Units []string // words in lower case without apostrophes, and single other runes
	end   int      // the number of units without closing punctuation
}

// NewText splits text into units.
func NewText(text string) Text {
	text = strings.ToLower(fold.NFKC(text))
	t := Text{Units: make([]string, 0, 2+len(text)/3)}
	for i := 0; i < len(text); {
		if isWordByte(text[i]) {
			j := i + 1
			for j < len(text) && isWordByte(text[j]) {
				j++
			}
			word := text[i:j]
			for { // don't
				n := apostrophe(text[j:])
				if n == 0 || j+n == len(text) || !isWordByte(text[j+n]) {
					break
				}
				k := j + n + 1
				for k < len(text) && isWordByte(text[k]) {
					k++
				}
				word += text[j+n : k]
				j = k
			}
			t.Units = append(t.Units, word)
			i = j
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) {
			t.Units = append(t.Units, text[i:i+n])
		}
		i += n
	}
	t.end = len(t.Units)
	for t.end > 0 && strings.Contains(closing, t.Units[t.end-1]) {
		t.end--
	}
	return t
}

// closing contains the punctuation that may end a sentence.
const closing = "?!.。、…~"

func isWordByte(c byte) bool { return fold.IsAlnum(c) || c == '_' }

// apostrophe returns the length in bytes of the apostrophe at the beginning of s, or 0 if there
// is none.
func apostrophe(s string) int {
	for _, a := range []string{"'", "’"} {
		if strings.HasPrefix(s, a) {
			return len(a)
		}
	}
	return 0
}

// A Matcher finds phrases. The zero value finds none. It is safe for concurrent use after all
// phrases have been added.
type Matcher struct {
	anywhere, atStart node
}

// A node is a state of the matcher. It contains the transitions to other nodes.
type node struct {
	next    trie.Children[node] // by unit
	classes []class             // sets of units
	gap     *node               // the node after any number of units; nil if there is none
	kinds   Kinds               // kinds of the phrases that end at this node
	atEnd   Kinds               // kinds of the phrases that end at this node only at the end of the text
}

// A class is a set of units that may come next.
type class struct {
	pattern string
	has     func(unit string) bool
	then    *node
}

// Find appends the phrases in text to found.
func (m *Matcher) Find(t Text, found []Found) []Found {
	found = m.atStart.find(t, 0, 0, found)
	for i := range t.Units {
		found = m.anywhere.find(t, i, i, found)
	}
	return found
}

// find appends the phrases that begin at the unit with index start and reach the node n before
// the unit with index at.
func (n *node) find(t Text, start, at int, found []Found) []Found {
	if kinds := n.kinds; kinds != 0 || n.atEnd != 0 && at >= t.end {
		if at >= t.end {
			kinds |= n.atEnd
		}
		found = append(found, Found{kinds, start, at})
	}
	if n.gap != nil {
		for i := at; i <= len(t.Units); i++ {
			found = n.gap.find(t, start, i, found)
		}
	}
	if at >= len(t.Units) {
		return found
	}
	if next := n.next.Find(t.Units[at]); next != nil {
		found = next.find(t, start, at+1, found)
	}
	for i := range n.classes {
		if c := &n.classes[i]; c.has(t.Units[at]) {
			found = c.then.find(t, start, at+1, found)
		}
	}
	return found
}

// IsNoun reports whether a unit may be a noun or a part of one: an English word without digits at
// its end, a katakana letter or a kanji.
func IsNoun(unit string) bool {
	r, _ := utf8.DecodeLastRuneInString(unit)
	return 'a' <= r && r <= 'z' || fold.IsKatakana(r) || fold.IsKanji(r)
}

func isKatakana(unit string) bool {
	r, _ := utf8.DecodeRuneInString(unit)
	return fold.IsKatakana(r)
}

func isWord(unit string) bool { return isWordByte(unit[0]) }
