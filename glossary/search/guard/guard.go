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
//go:generate gzip -9nkf others.txt
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

// isRealWord reports whether a word is an English word or the name of another product. Such a
// word is not a misspelling of a similar name.
func isRealWord(word string) bool {
	return fold.IsEnglish(strings.ToLower(word)) || IsOther(word)
}

// minEditedWord is the minimum length in runes of a word that may be a misspelling. A shorter
// word is more likely a different abbreviation: EFS is not EBS.
const minEditedWord = 5

// IsOtherName reports whether text that is similar to a spelling of a term is more likely a
// different name: either one of the differing words is a real word, or only an abbreviation
// differs.
func IsOtherName(text, spelling string) bool {
	words, spelled := Words(text), Words(spelling)
	if hasKanji(text) && !hasKanji(spelling) {
		return true
	}
	if len(words) != len(spelled) {
		// People do not leave out a word by mistake.
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
	for _, s := range fold.Spans(name) {
		word := name[s.Start:s.End]
		if strings.ContainsFunc(word[1:], fold.IsUpper) || !fold.IsEnglish(strings.ToLower(word)) {
			return true
		}
	}
	return false
}
