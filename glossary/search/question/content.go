package question

import (
	"strings"
	"unicode"

	"k8sbot/glossary/fold"
)

// ContentWords returns the words that say what text is about, in lower case. It drops stop words,
// question words, numbers, ages and hiragana.
func ContentWords(text string) []string {
	var out []string
	runes := []rune(text)
	for i := 0; i < len(runes); {
		j := i + 1
		switch {
		case unicode.Is(unicode.Han, runes[i]):
			for j < len(runes) && unicode.Is(unicode.Han, runes[j]) {
				j++
			}
		case fold.IsKatakana(runes[i]):
			for j < len(runes) && fold.IsKatakana(runes[j]) {
				j++
			}
		case fold.IsHiragana(runes[i]):
			i++
			continue
		case unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]):
			for j < len(runes) && !fold.IsJapanese(runes[j]) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]) || runes[j] == '\'') {
				j++
			}
		default:
			i++
			continue
		}
		if w := strings.ToLower(string(runes[i:j])); !fold.IsStopWord(w) && !Words[w] && strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			out = append(out, w)
		}
		i = j
	}
	return out
}
