// Package token splits texts and queries into the tokens that the search compares, and finds everyday
// expressions in them.
package token

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// Of returns the tokens of text, with repetitions: those of [fold.Tokens], small words, and
// each kanji before hiragana, which may begin a verb, so that 消えない and 消せない share a token.
// A few names in katakana become the names in Latin letters: ポッド and Pod share a token.
func Of(text string) []string { return Append(make([]string, 0, len(text)/4+2), text) }

// Append is like [Of], but appends to tokens.
func Append(tokens []string, text string) []string {
	text = spellOut(text)
	first := len(tokens)
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
	for i := first; i < len(tokens); i++ {
		if latin, ok := katakana[tokens[i]]; ok {
			tokens[i] = latin
		}
	}
	kanji := -1 // the offset of the previous rune if it is a kanji, otherwise -1
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

// spellOut returns text without contractions.
func spellOut(text string) string {
	if strings.IndexByte(text, '\'') >= 0 || strings.Contains(text, "’") || strings.Contains(text, "annot") {
		return contractions.Replace(text)
	}
	return text
}

// katakana maps the names of common objects that people also write in katakana to the tokens of the
// names that the documentation uses, in Latin letters.
var katakana = map[string]string{
	"ポッド": "pod", "デプロイメント": "deployment", "ネームスペース": "namespac", "シークレット": "secret", "イングレス": "ingress",
}

// smallWords are stop words that distinguish descriptions.
var smallWords = fold.WordSet("over off up out down same each every all no not other another again between without into onto only before after one")

const shortestSmallWord, longestSmallWord = len("up"), len("without")

// contractions spells out English negations, such as "does not" for "doesn't", and drops the
// endings of other contractions.
var contractions = strings.NewReplacer("cannot", "can not", "Cannot", "can not", "can't", "can not", "Can't", "can not", "won't", "will not", "Won't", "will not", "n't", " not", "'s", "", "'m", "", "'d", "", "'ll", "", "'ve", "", "'re", "",
	"can’t", "can not", "Can’t", "can not", "won’t", "will not", "Won’t", "will not", "n’t", " not", "’s", "", "’m", "", "’d", "", "’ll", "", "’ve", "", "’re", "")
