package fold

import (
	"slices"
	"strings"
	"unicode"
)

// IsLowerAlnum reports whether c is a lower-case ASCII letter or a digit.
func IsLowerAlnum(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// IsAlnum reports whether c is an ASCII letter or a digit.
func IsAlnum(c byte) bool { return IsLowerAlnum(c) || 'A' <= c && c <= 'Z' }

// IsUpper reports whether r is an upper-case ASCII letter.
func IsUpper(r rune) bool { return 'A' <= r && r <= 'Z' }

// IsHiragana reports whether r is a hiragana letter.
func IsHiragana(r rune) bool { return 'ぁ' <= r && r <= 'ゖ' }

// IsKatakana reports whether r is a full-width katakana letter or the long vowel mark.
func IsKatakana(r rune) bool { return 'ァ' <= r && r <= 'ヺ' || r == 'ー' }

// IsKana reports whether r is hiragana, or katakana of any width.
func IsKana(r rune) bool { return 'ぁ' <= r && r <= 'ヿ' && r != '・' || 'ｦ' <= r && r <= 'ﾟ' }

// IsKanji reports whether r is a kanji (a Han character).
func IsKanji(r rune) bool {
	switch {
	case '一' <= r && r <= '鿿': // nearly all
		return true
	case r < '⺀', IsKana(r):
		return false
	}
	return unicode.Is(unicode.Han, r)
}

// IsJapanese reports whether r is kana or kanji.
func IsJapanese(r rune) bool { return r >= '⺀' && (IsKana(r) || IsKanji(r) || r == '々') }

// HasJapanese reports whether s contains kana or kanji.
func HasJapanese(s string) bool { return strings.ContainsFunc(s, IsJapanese) }

// IsAllKanji reports whether s contains nothing but kanji.
func IsAllKanji(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !IsKanji(r) })
}

// KanjiOf returns the kanji in a word, in order.
func KanjiOf(word []rune) []rune {
	return slices.DeleteFunc(slices.Clone(word), func(r rune) bool { return !IsKanji(r) })
}
