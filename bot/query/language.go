package query

import (
	"slices"
	"strings"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// Language detects the language of text: Japanese if text contains kana or kanji, English if it
// contains at least one English word that is not part of a term's name, because such names also
// occur in Japanese, and "" if text is too short to tell. certain is not set for English words
// without grammar, such as "rolling update stuck", which people who read Japanese type as well.
// isQuote reports whether text is the name of a term, or a message that a program printed.
func Language(text string, isQuote func(string) bool) (l glossary.Lang, certain bool) {
	const enough = 4000 // the number of bytes that suffice to detect the language
	if len(text) > enough {
		text = strings.ToValidUTF8(text[:enough], "")
	}
	if fold.HasJapanese(text) {
		return glossary.Japanese, true
	}
	var words []string
	for field := range strings.FieldsSeq(text) {
		if strings.HasPrefix(field, "@") { // mention of a person or a group
			continue
		}
		words = append(words, strings.FieldsFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) == 1 })
	if len(words) < 2 || isQuote(text) {
		return "", false
	}
	english := 0
	for i, w := range words {
		lower := strings.ToLower(w)
		certain = certain || fold.IsStopWord(lower)
		isName := i > 0 && lower != w || isQuote(w)
		if !isName && (len(w) > 2 || len(words) > 2) && fold.IsEnglish(strings.ReplaceAll(lower, "'", "")) {
			english++
		}
	}
	if english > 0 && 4*english >= len(words) {
		return glossary.English, certain
	}
	return "", false
}
