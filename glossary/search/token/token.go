// Package token splits texts and queries into the tokens that the search compares, and knows
// which tokens mean the same.
package token

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// Of returns the tokens of a text, in order and with repeats: those of [fold.Tokens], and each kanji that starts
// a verb, so that 消えない and 消せない share one.
func Of(text string) []string { return Append(nil, text) }

// Append appends the tokens of a text, as [Of] returns them.
func Append(tokens []string, text string) []string {
	if strings.IndexByte(text, '\'') >= 0 || strings.Contains(text, "’") || strings.Contains(text, "annot") {
		text = contractions.Replace(text)
	}
	tokens = fold.AppendTokens(tokens, text)
	plain := true // ASCII only
	for i := 0; i < len(text); i++ {
		start := i
		for i < len(text) && fold.IsAlnum(text[i]) {
			i++
		}
		if n := i - start; n >= shortestSmallWord && n <= longestSmallWord {
			if w := strings.ToLower(text[start:i]); smallWords[w] {
				tokens = append(tokens, w)
			}
		}
		plain = plain && (i == len(text) || text[i] < utf8.RuneSelf)
	}
	if plain {
		return tokens
	}
	kanji := -1 // where the rune before starts, if it is a kanji
	for i, r := range text {
		if kanji >= 0 && fold.IsHiragana(r) {
			tokens = append(tokens, text[kanji:i])
		}
		kanji = -1
		if fold.IsKanji(r) {
			kanji = i
		}
	}
	return tokens
}

// smallWords are stop words that tell descriptions apart.
var smallWords = fold.WordSet("over off up out down same each every all no not other another again between without into onto only before after one")

const shortestSmallWord, longestSmallWord = len("up"), len("without")

// contractions spells out the negations of English, so that "doesn't" is "does not", and drops
// the other ends of contractions.
var contractions = strings.NewReplacer("cannot", "can not", "Cannot", "can not", "can't", "can not", "Can't", "can not", "won't", "will not", "Won't", "will not", "n't", " not", "'s", "", "'m", "", "'d", "", "'ll", "", "'ve", "", "'re", "",
	"can’t", "can not", "Can’t", "can not", "won’t", "will not", "Won’t", "will not", "n’t", " not", "’s", "", "’m", "", "’d", "", "’ll", "", "’ve", "", "’re", "")
