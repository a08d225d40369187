package fold

import (
	"strings"
	"unicode/utf8"
)

// NamesInKatakana converts names in hiragana to katakana: ぽっど死んだ becomes ポッド死んだ. A name must be at
// the beginning of a run of hiragana, and have at least minRunes runes, since particles and verbs
// are in hiragana too. isName reports whether key, which is folded, is a name.
func NamesInKatakana(text string, minRunes int, isName func(key string) bool) string {
	if !strings.ContainsFunc(text, IsHiragana) {
		return text
	}
	var b strings.Builder
	for text != "" {
		start := strings.IndexFunc(text, IsHiragana)
		if start < 0 {
			break
		}
		b.WriteString(text[:start])
		text = text[start:]
		end := strings.IndexFunc(text, func(r rune) bool { return !IsHiragana(r) && r != 'ー' })
		if end < 0 {
			end = len(text)
		}
		run := text[:end]
		for n := len(run); n > 0; n -= len("あ") {
			key := Key(run[:n])
			if utf8.RuneCountInString(key) >= minRunes && isName(key) {
				b.WriteString(key)
				run = run[n:]
				break
			}
		}
		b.WriteString(run)
		text = text[end:]
	}
	b.WriteString(text)
	return b.String()
}
