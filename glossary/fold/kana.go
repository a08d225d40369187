package fold

import "strings"

// toKatakana turns a hiragana letter into the katakana one, which stands 0x60
// further on (https://www.unicode.org/charts/PDF/U3040.pdf).
func toKatakana(r rune) rune {
	if 'ぁ' <= r && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ' {
		return r + 0x60
	}
	return r
}

// isDash reports whether r is a dash that people type for the long vowel mark.
func isDash(r rune) bool {
	return r == '-' || '‐' <= r && r <= '―' || r == '−' || r == '─'
}

// LooseKana returns the form in which words in kana are compared where their fold
// is not known: without long vowels and small tsu, small letters as full ones,
// and sounds that are written in two ways as one (ヴァ and バ, ヅ and ズ). It says
// less than Key: ノード and ノド are the same. key is folded.
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
		// ヴァ has become ブア by now.
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

// fullSize returns the full kana of a small one.
func fullSize(r rune) rune {
	switch r {
	case 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ':
		return r + 1
	}
	return r
}

// isLongVowel reports whether r only lengthens the sound before it, as イ does in
// プレイン.
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

// baseKana returns the kana that stands for those which are mistaken for one
// another: without voice marks, and in full size.
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
