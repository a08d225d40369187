package task

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary/fold"
)

//go:embed words.tsv
var wordsData string

// A lexicon has the meanings of words and phrases. The key is the units of a phrase, joined
// by spaces.
type lexicon struct {
	meanings map[string][]string // none for a word that says nothing about the task
	longest  int                 // the most units of a phrase
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{meanings: make(map[string][]string)}
	for line := range strings.Lines(wordsData) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		names, phrases, _ := strings.Cut(strings.TrimSpace(line), "\t")
		for phrase := range strings.SplitSeq(phrases, ",") {
			units := unitsOf(phrase)
			key := joined(units)
			all := l.meanings[key]
			if all == nil {
				all = []string{}
			}
			for _, name := range strings.Fields(names) {
				if name != "-" && !slices.Contains(all, name) {
					all = append(all, name)
				}
			}
			l.meanings[key] = all
			l.longest = max(l.longest, len(units))
		}
	}
	return l
})

// A unit is what phrases consist of: an English word, or a Japanese character.
type unit struct {
	stem string // the stem of the word in lower case, or the character
	word string // the word in lower case
}

func joined(units []unit) string {
	var b strings.Builder
	for i, u := range units {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(u.stem)
	}
	return b.String()
}

// unitsOf splits a text into units.
func unitsOf(text string) []unit {
	text = apostrophes.Replace(strings.ToLower(norm.NFKC.String(text)))
	runes := []rune(text)
	var units []unit
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case fold.IsJapanese(r):
			units = append(units, unit{string(r), string(r)})
			i++
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			j := i + 1
			for j < len(runes) && !fold.IsJapanese(runes[j]) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j])) {
				j++
			}
			word := string(runes[i:j])
			units = append(units, unit{fold.Stem(word), word})
			i = j
		default:
			i++
		}
	}
	return units
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

// read returns the meanings of a text, each once and sorted. A word that the lexicon does not have
// means itself: "=gpu".
func (l *lexicon) read(text string) []string {
	units := unitsOf(text)
	var out []string
	for i := 0; i < len(units); {
		n := l.phrase(units[i:])
		switch {
		case n > 0:
			out = append(out, l.meanings[joined(units[i:i+n])]...)
		default:
			n = 1
			first, _ := firstRune(units[i].stem)
			switch {
			case fold.IsKanji(first), fold.IsKatakana(first):
				for i+n < len(units) && l.phrase(units[i+n:]) == 0 && sameScript(first, units[i+n].stem) {
					n++
				}
				word := ""
				for _, u := range units[i : i+n] {
					word += u.stem
				}
				out = append(out, "="+word)
			case !fold.IsJapanese(first) && strings.Trim(units[i].stem, "0123456789") != "":
				out = append(out, "="+units[i].stem)
			}
		}
		i += n
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// phrase returns how many units the longest phrase has that the units start with, or 0.
func (l *lexicon) phrase(units []unit) int {
	for n := min(l.longest, len(units)); n > 0; n-- {
		if l.meanings[joined(units[:n])] != nil {
			return n
		}
	}
	return 0
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
