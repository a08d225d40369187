// Package guard recognizes names that are not names of terms, even if they are similar to a term's
// name: names of products, English words and abbreviations.
package guard

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/zipped"
)

// others.txt lists names of products that are not terms of the glossary. Such a name is not a
// misspelling, a prefix or the initials of a term, even if it is similar to one.
//
//go:generate zopfli --i15 others.txt
//go:embed others.txt.gz
var data string

var others = sync.OnceValue(func() map[string]bool {
	text := zipped.Text(data)
	names := make(map[string]bool, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		if key := fold.Key(line); key != "" && !strings.HasPrefix(line, "#") {
			names[key] = true
		}
	}
	return names
})

// IsOther reports whether text is the name of a product in others.txt.
func IsOther(text string) bool { return others()[fold.Key(text)] }

// IsRealWord reports whether a word is an English word or the name of another product. Such a
// word is not a misspelling of a similar name.
func IsRealWord(word string) bool {
	return fold.IsEnglish(strings.ToLower(word)) || IsOther(word)
}

// minEditedWord is the minimum length in runes of a word that may be a misspelling. A shorter
// word is more likely a different abbreviation: EFS is not EBS.
const minEditedWord = 5

// A Name is text that may be the name of a term.
type Name struct {
	text  string
	words []word
}

type word struct {
	text, key       string
	isChecked, real bool
}

// NewName returns text as a Name.
func NewName(text string) *Name {
	n := &Name{text: text}
	for _, w := range Words(text) {
		n.words = append(n.words, word{text: w, key: fold.Key(w)})
	}
	return n
}

// isReal is like IsRealWord, but looks up the word only once.
func (w *word) isReal() bool {
	if !w.isChecked {
		w.isChecked, w.real = true, IsRealWord(w.text)
	}
	return w.real
}

// isReal reports whether the whole name, which has one word, is a real word.
func (n *Name) isReal() bool {
	if n.text != n.words[0].text {
		return IsRealWord(n.text)
	}
	return n.words[0].isReal()
}

// IsOther reports whether a name that is similar to a spelling of a term is more likely a different
// name: either one of the differing words is a real word, or only an abbreviation differs. A sentence,
// such as "rollout is stuck", is a different name, too.
func (n *Name) IsOther(spelling string) bool {
	if hasKanji(n.text) && !hasKanji(spelling) {
		return true
	}
	spelled := Words(spelling)
	if len(n.words) > len(spelled) && slices.ContainsFunc(n.words, func(w word) bool { return fold.IsStopWord(w.key) && !strings.Contains(fold.Key(spelling), w.key) }) {
		return true
	}
	if len(n.words) != len(spelled) {
		// People do not leave out a word by mistake.
		return len(n.words) == 1 && n.isReal() || len(spelled) == 1 && slices.ContainsFunc(n.words, func(w word) bool { return w.key == fold.Key(spelling) })
	}
	different, short := 0, 0
	for i := range n.words {
		w := &n.words[i]
		if w.key == fold.Key(spelled[i]) {
			continue
		}
		if w.isReal() {
			return true
		}
		different++
		if utf8.RuneCountInString(w.text) < minEditedWord {
			short++
		}
	}
	return len(n.words) > 1 && different == 1 && short == 1
}

func hasKanji(text string) bool { return strings.ContainsFunc(text, fold.IsKanji) }

// Words splits a name at spaces, hyphens, underscores, dots and slashes.
func Words(text string) []string {
	var words []string
	for text != "" {
		end := strings.IndexAny(text, " -_./")
		if end < 0 {
			return append(words, text)
		}
		if end > 0 {
			words = append(words, text[:end])
		}
		text = text[end+1:]
	}
	return words
}

// IsTitle reports whether text consists of several capitalized words, such as Network Service
// Mesh. Short words need not be capitalized.
func IsTitle(text string) bool {
	words := strings.Fields(text)
	for i, w := range words {
		if i > 0 && len(w) <= len("for") {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(w); !fold.IsUpper(first) && !unicode.IsDigit(first) {
			return false
		}
	}
	return len(words) > 1
}

// IsIdentifier reports whether a name contains a word that is neither Japanese nor English:
// kubelet, StatefulSet, PDB.
func IsIdentifier(name string) bool {
	var buf [8]fold.Span
	for _, s := range fold.AppendSpans(buf[:0], name) {
		word := name[s.Start:s.End]
		if strings.ContainsFunc(word[1:], fold.IsUpper) || !fold.IsEnglish(strings.ToLower(word)) {
			return true
		}
	}
	return false
}

// minKatakana is the minimum length in runes of a word in katakana that may be a name.
const minKatakana = 3

// NamesOther reports whether text names something that isTerm does not report: a product, or a word
// that is neither English nor reported by isKnown.
func NamesOther(text string, isTerm, isKnown func(word string) bool) bool {
	isJapanese := fold.HasJapanese(text)
	for _, s := range fold.Spans(text) {
		word := text[s.Start:s.End]
		if len(word) < 2 {
			continue
		}
		lower := strings.ToLower(word)
		isEnglish := fold.IsEnglish(lower)
		if isEnglish && !isJapanese && word == lower || isTerm(word) { // "excel" may be the verb
			continue
		}
		if IsOther(word) || !isEnglish && !isKnown(word) && strings.ContainsFunc(word, unicode.IsLetter) {
			return true
		}
	}
	return isJapanese && slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !fold.IsKatakana(r) }), func(word string) bool {
		return utf8.RuneCountInString(word) >= minKatakana && !isKnown(word)
	})
}
