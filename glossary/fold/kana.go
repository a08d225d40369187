package fold

import "strings"

// toKatakana converts a hiragana letter to katakana by adding 0x60
// (https://www.unicode.org/charts/PDF/U3040.pdf). It returns other runes unchanged.
func toKatakana(r rune) rune {
	if 'ぁ' <= r && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ' {
		return r + 0x60
	}
	return r
}

// isDash reports whether r is a dash that people type instead of the long vowel mark.
func isDash(r rune) bool {
	return r == '-' || '‐' <= r && r <= '―' || r == '−' || r == '─'
}

// LooseKana returns a less exact form of a word in kana, which is tried if the word is not
// found by its key. It drops long vowels and small tsu, enlarges other small letters, and uses
// one spelling for sounds with two spellings (ヴァ and バ, ヅ and ズ). Different words may have the
// same form: ノード and ノド. key is the result of [Key].
func LooseKana(key string) string {
	out := make([]rune, 0, len(key)/2)
	for _, r := range key {
		switch r {
		case 'ー', 'ッ':
			continue
		case 'ヂ':
			r = 'ジ'
		case 'ヅ':
			r = 'ズ'
		case 'ヴ':
			r = 'ブ'
		case 'ヲ':
			r = 'オ'
		}
		r = fullSize(r)
		if n := len(out); n > 0 && isLongVowel(out[n-1], r) {
			continue
		}
		// At this point, ヴァ has become ブア.
		if n := len(out); n > 0 && out[n-1] == 'ブ' {
			if i := strings.IndexRune("アイエオ", r); i >= 0 {
				out[n-1] = [...]rune{'バ', 'ビ', 'ベ', 'ボ'}[i/len("ア")]
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}

// fullSize returns the full-size form of a small kana, and other runes unchanged.
func fullSize(r rune) rune {
	switch r {
	case 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ':
		return r + 1
	}
	return r
}

// isLongVowel reports whether r only lengthens the sound before it, like イ in プレイン.
func isLongVowel(before, r rune) bool {
	switch r {
	case 'ア':
		return strings.ContainsRune("アカガサザタダナハバパマヤラワ", before)
	case 'イ':
		return strings.ContainsRune("イキギシジチニヒビピミリエケゲセゼテデネヘベペメレ", before)
	case 'ウ':
		return strings.ContainsRune("ウクグスズツヌフブプムユルオコゴソゾトドノホボポモヨロ", before)
	case 'エ':
		return strings.ContainsRune("エケゲセゼテデネヘベペメレ", before)
	case 'オ':
		return strings.ContainsRune("オコゴソゾトドノホボポモヨロ", before)
	}
	return false
}

// baseKana returns a kana at full size, without its voicing mark. People easily mix up kana
// with the same base.
func baseKana(r rune) rune {
	switch {
	case 'カ' <= r && r <= 'ヂ':
		return r - (r-'カ')%2
	case 'ツ' <= r && r <= 'ド':
		return r - (r-'ツ')%2
	case 'ハ' <= r && r <= 'ポ':
		return r - (r-'ハ')%3
	}
	return fullSize(r)
}
