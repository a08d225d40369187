package task

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/trie"
	"k8sbot/glossary/zipped"
)

// wordsData is words.tsv, compressed. zopfli writes the format of gzip, but less of it (see package fold).
//
//go:generate zopfli --i15 words.tsv phrases.tsv
//go:embed words.tsv.gz
var wordsData string

// A lexicon contains the meanings of words and phrases, as a trie of units.
type lexicon struct {
	root  entry
	parts map[string]map[string]bool // the meanings that are a thing, an object, an action or a scope in a request
}

// An entry is a phrase, or the beginning of phrases.
type entry struct {
	next     trie.Children[entry] // by the next unit
	later    *entry               // what follows after other words, as in "turn the app off"
	isPhrase bool
	meanings []string // empty for a word that says nothing about the task
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{parts: make(map[string]map[string]bool)}
	for line := range strings.Lines(zipped.Text(wordsData)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		names, phrases, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if part, ok := strings.CutPrefix(names, "!"); ok {
			l.parts[part] = fold.WordSet(phrases)
			continue
		}
		for phrase := range strings.SplitSeq(phrases, ",") {
			before, after, apart := strings.Cut(phrase, "...")
			e := l.root.add(unitsOf(before))
			if apart {
				if e.later == nil {
					e.later = new(entry)
				}
				e = e.later.add(unitsOf(after))
			}
			e.isPhrase = true
			for _, name := range strings.Fields(names) {
				if name != "-" && !slices.Contains(e.meanings, name) {
					e.meanings = append(e.meanings, name)
				}
			}
		}
	}
	return l
})

// add returns the entry after the given units. It adds the entry if there is none.
func (e *entry) add(units []string) *entry {
	for _, u := range units {
		e = e.next.Add(u)
	}
	return e
}

// unitsOf splits text into the units that phrases consist of: the stems of English words in lower
// case, and Japanese characters.
func unitsOf(text string) []string {
	text = strings.ToLower(fold.NFKC(text))
	if strings.ContainsAny(text, "'’") {
		text = apostrophes.Replace(text)
	}
	units := make([]string, 0, 1+len(text)/4)
	word := -1 // the start of the current word, or -1
	end := func(at int) {
		if word >= 0 {
			units = append(units, fold.Stem(text[word:at]))
			word = -1
		}
	}
	for i, r := range text {
		switch {
		case fold.IsJapanese(r):
			end(i)
			units = append(units, text[i:i+utf8.RuneLen(r)])
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if word < 0 {
				word = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
	return units
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

// maxApart is the maximum number of units between the parts of a phrase, as in "turn the app
// off".
const maxApart = 4

// A found phrase has meanings, and the numbers of the units of its two parts. The second part
// starts at the unit with the index later, if it has any.
type found struct {
	meanings       []string
	n, later, rest int
}

// read returns the meanings of text, sorted and without duplicates. If a word is not in the
// lexicon, its meaning is the word itself, as in "=gpu".
func (l *lexicon) read(text string) []string {
	units := unitsOf(text)
	out := make([]string, 0, 16)
	for i := 0; i < len(units); {
		if units[i] == "" { // the second part of a phrase
			i++
			continue
		}
		f := l.phrase(units[i:])
		out = append(out, f.meanings...)
		for j := range f.rest {
			units[i+f.later+j] = ""
		}
		if f.n == 0 {
			f.n = 1
			first, _ := firstRune(units[i])
			switch {
			case fold.IsKanji(first), fold.IsKatakana(first):
				word := units[i]
				for i+f.n < len(units) && sameScript(first, units[i+f.n]) {
					if l.phrase(units[i+f.n:]).n > 0 && fold.IsKanji(first) {
						break
					}
					word += units[i+f.n]
					f.n++
				}
				out = append(out, "="+word)
			case !fold.IsJapanese(first) && strings.Trim(units[i], "0123456789") != "":
				out = append(out, "="+units[i])
			}
		}
		i += f.n
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// phrase returns the phrase at the beginning of units that has the most units. It returns the zero
// value if there is no phrase.
func (l *lexicon) phrase(units []string) (f found) {
	e := &l.root
	for i, u := range units {
		if e = e.next.Find(u); e == nil {
			break
		}
		if e.isPhrase && i+1 >= f.n+f.rest {
			f = found{meanings: e.meanings, n: i + 1}
		}
		if e.later == nil {
			continue
		}
		for j := i + 2; j <= i+1+maxApart && j < len(units); j++ {
			if meanings, n := e.later.longest(units[j:]); n > 0 && i+1+n > f.n+f.rest {
				f = found{meanings, i + 1, j, n}
				break
			}
		}
	}
	return f
}

// longest returns the meanings of the longest phrase at the beginning of units, and the number of
// its units, or 0 if there is none.
func (e *entry) longest(units []string) (meanings []string, n int) {
	for i, u := range units {
		if e = e.next.Find(u); e == nil {
			break
		}
		if e.isPhrase {
			meanings, n = e.meanings, i+1
		}
	}
	return meanings, n
}

// has reports whether the lexicon contains a word.
func (l *lexicon) has(word string) bool {
	_, n := l.root.longest(unitsOf(word))
	return n > 0
}

func firstRune(s string) (r rune, ok bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

func sameScript(a rune, s string) bool {
	b, _ := firstRune(s)
	return fold.IsKanji(a) && fold.IsKanji(b) || fold.IsKatakana(a) && fold.IsKatakana(b)
}
