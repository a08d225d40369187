package token

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/zipped"
)

// data is thesaurus.tsv, compressed. zopfli writes the format of gzip, but less of it (see package fold).
//
//go:generate zopfli --i15 thesaurus.tsv
//go:embed thesaurus.tsv.gz
var data string

// An Expansion is an everyday expression in a text, with the words that the documentation uses
// instead.
type Expansion struct {
	Written string   // the expression, as it is in the text
	Words   []string // the tokens of the documentation's words; must not be changed
}

// A thesaurus maps everyday expressions to words of the documentation. It goes in one direction:
// machine means node, but node does not mean machine.
type thesaurus struct {
	words   map[string]string // by normalized expression
	longest map[string]int    // the maximum number of units of an expression, by its first unit
	tokens  sync.Map          // the tokens of words that were needed
}

var loadThesaurus = sync.OnceValue(func() *thesaurus {
	t := &thesaurus{words: make(map[string]string, 2500), longest: make(map[string]int, 1500)}
	var n normalized
	for line := range strings.Lines(zipped.Text(data)) {
		keys, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		for key := range strings.SplitSeq(keys, ", ") {
			n.set(key)
			if before, ok := t.words[n.text]; ok {
				t.words[n.text] = before + " " + words
			} else {
				t.words[n.text] = words
			}
			first := n.text[:n.units[0].end]
			t.longest[first] = max(t.longest[first], len(n.units))
		}
	}
	return t
})

// Warm reads the thesaurus, so that the first Expand does not have to wait for it.
func Warm() { loadThesaurus() }

// MaxExpansions is the maximum number of expansions of a text.
const MaxExpansions = 32

// Expand returns the first everyday expressions in a text, at most [MaxExpansions]. An expression is
// the longest one at its place, and expressions do not overlap.
func Expand(text string) (all []Expansion) {
	t, n := loadThesaurus(), normalized{units: make([]unit, 0, len(text)/3+1)}
	n.set(text)
	for i := 0; i < len(n.units) && len(all) < MaxExpansions; i++ {
		from := n.units[i]
		for j := min(len(n.units), i+t.longest[n.text[from.start:from.end]]); j > i; j-- {
			to := n.units[j-1]
			if words := t.words[n.text[from.start:to.end]]; words != "" && n.isWhole(i, j) {
				if all == nil {
					all = make([]Expansion, 0, 4)
				}
				all = append(all, Expansion{n.source[from.from:to.to], t.tokensOf(words)})
				i = j - 1
				break
			}
		}
	}
	return all
}

func (t *thesaurus) tokensOf(words string) []string {
	if tokens, ok := t.tokens.Load(words); ok {
		return tokens.([]string)
	}
	tokens, _ := t.tokens.LoadOrStore(words, Of(words))
	return tokens.([]string)
}

// A normalized text consists of units: the stems of words, after a space each, and other runes.
type normalized struct {
	source, text string
	units        []unit
}

// A unit is a part of a normalized text. Its offsets are those in text, without the space before it,
// and those in source.
type unit struct{ start, end, from, to int }

// set sets n to the normalized form of text. It reuses the memory of the units.
func (n *normalized) set(text string) {
	n.source, n.units = spellOut(fold.NFKC(text)), n.units[:0]
	out := make([]byte, 0, len(n.source)+8)
	for i := 0; i < len(n.source); {
		from := i
		if c := n.source[i]; c < utf8.RuneSelf {
			i++
			if !fold.IsAlnum(c) && c != '<' && c != '/' && c != '%' {
				continue
			}
			for i < len(n.source) && (fold.IsAlnum(n.source[i]) || n.source[i] == '/') {
				i++
			}
			if len(out) > 0 {
				out = append(out, ' ')
			}
			start := len(out)
			out = append(out, fold.Stem(strings.ToLower(n.source[from:i]))...)
			n.units = append(n.units, unit{start, len(out), from, i})
			continue
		}
		_, size := utf8.DecodeRuneInString(n.source[i:])
		i += size
		out = append(out, n.source[from:i]...)
		n.units = append(n.units, unit{len(out) - size, len(out), from, i})
	}
	n.text = string(out)
}

// isWhole reports whether the units from i to j are not a part of a word: of a word in katakana, or,
// if they are a single kanji, of a compound.
func (n *normalized) isWhole(i, j int) bool {
	first, _ := utf8.DecodeRuneInString(n.text[n.units[i].start:])
	last, _ := utf8.DecodeRuneInString(n.text[n.units[j-1].start:])
	before, _ := utf8.DecodeLastRuneInString(n.text[:n.units[i].start])
	after, _ := utf8.DecodeRuneInString(n.text[n.units[j-1].end:])
	switch {
	case fold.IsKatakana(first) && fold.IsKatakana(before), fold.IsKatakana(last) && fold.IsKatakana(after) && after != 'ー':
		return false
	case j == i+1 && fold.IsKanji(first):
		return !fold.IsKanji(before) && !fold.IsKanji(after)
	}
	return true
}
