// Package guard recognizes names that no term has, however similar they are to
// one: products, English words and abbreviations.
package guard

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// others.txt has names of products that are not terms of the glossary. Such a name is not a
// misspelling, a prefix or the initials of a term, however similar it is.
//
//go:embed others.txt
var data string

var others = sync.OnceValue(func() map[string]bool {
	names := make(map[string]bool, strings.Count(data, "\n"))
	for line := range strings.Lines(data) {
		if key := fold.Key(line); key != "" && !strings.HasPrefix(line, "#") {
			names[key] = true
		}
	}
	return names
})

// IsOther reports whether a text is the name of something else.
func IsOther(text string) bool { return others()[fold.Key(text)] }

// isRealWord reports whether a word that differs from a name is not a misspelling of it: it is
// a word of English, or a word of another product's name.
func isRealWord(word string) bool {
	return fold.IsEnglish(strings.ToLower(word)) || IsOther(word)
}

// minEditedWord is the minimum length in runes of a word whose misspelling is recognized. A
// shorter one is rather another abbreviation: EFS is not EBS.
const minEditedWord = 5

// IsOtherName reports whether a text, which is near a spelling of a term, is rather the name
// of something else: a word that differs is a real word, or only an abbreviation differs.
func IsOtherName(text, spelling string) bool {
	words, spelled := Words(text), Words(spelling)
	if hasKanji(text) && !hasKanji(spelling) {
		return true
	}
	if len(words) != len(spelled) {
		// A word is not left out by a slip.
		return len(words) == 1 && isRealWord(text) || len(spelled) == 1 && slices.ContainsFunc(words, func(w string) bool { return fold.Key(w) == fold.Key(spelling) })
	}
	different, short := 0, 0
	for i, w := range words {
		if fold.Key(w) == fold.Key(spelled[i]) {
			continue
		}
		if isRealWord(w) {
			return true
		}
		different++
		if utf8.RuneCountInString(w) < minEditedWord {
			short++
		}
	}
	return len(words) > 1 && different == 1 && short == 1
}

func hasKanji(text string) bool { return strings.ContainsFunc(text, fold.IsKanji) }

// Words splits a name at spaces, hyphens, underscores, dots and slashes.
func Words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" -_./", r) })
}

// IsTitle reports whether a text is a name of several words, each but the
// small words with an upper-case letter: Network Service Mesh.
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

// IsIdentifier reports whether a name has a word that is neither Japanese nor English:
// kubelet, StatefulSet, PDB.
func IsIdentifier(name string) bool {
	for _, s := range fold.Spans(name) {
		word := name[s.Start:s.End]
		if strings.ContainsFunc(word[1:], fold.IsUpper) || !fold.IsEnglish(strings.ToLower(word)) {
			return true
		}
	}
	return false
}
