package glossary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFold is the number of runes of a name or a query that are compared. The
// longest strings that people look up are the texts of events.
const maxFold = 256

// Fold returns the canonical form in which names and queries are compared:
// compatibility characters as their plain ones (ｐｏｄ, ﾎﾟｯﾄﾞ), lower case,
// hiragana as katakana, dashes between kana as the long vowel mark, without
// such marks at the end (サーバー is サーバ), and without everything that is
// neither letter nor digit. It reads the first 256 runes of s and returns ""
// where these hold no letter and no digit.
//
// Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	if f, ok := foldASCII(s); ok {
		return f
	}
	in := []rune(norm.NFKC.String(firstRunes(s, maxFold)))
	out := make([]rune, 0, len(in))
	for i, r := range in {
		r = toKatakana(unicode.ToLower(r))
		switch {
		case isDash(r):
			if i > 0 && i+1 < len(in) && isKana(in[i-1]) && isKana(in[i+1]) {
				out = append(out, 'ー')
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out = append(out, r)
		}
	}
	// What was dropped may have kept two halves of a character apart.
	f := norm.NFKC.String(string(out))
	return strings.TrimRight(firstRunes(f, maxFold), "ー")
}

// foldASCII folds a string of ASCII, which most names are. It reports false
// for any other.
func foldASCII(s string) (string, bool) {
	if len(s) > maxFold {
		return "", false
	}
	changed := false
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		changed = changed || !isLowerAlnum(c)
	}
	if !changed {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if isLowerAlnum(c) {
			b = append(b, c)
		}
	}
	return string(b), true
}

func isLowerAlnum(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// firstRunes returns the first n runes of s, without invalid bytes.
func firstRunes(s string, n int) string {
	if len(s) > n*utf8.UTFMax {
		s = s[:n*utf8.UTFMax]
	}
	s = strings.ToValidUTF8(s, "")
	if utf8.RuneCountInString(s) > n {
		s = string([]rune(s)[:n])
	}
	return s
}

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

func isKana(r rune) bool { return 'ぁ' <= r && r <= 'ヿ' && r != '・' || 'ｦ' <= r && r <= 'ﾟ' }

// isJapanese reports whether r is kana or kanji.
func isJapanese(r rune) bool {
	return r >= '⺀' && (isKana(r) || unicode.Is(unicode.Han, r) || r == '々')
}

// HasJapanese reports whether s holds kana or kanji.
func HasJapanese(s string) bool { return strings.ContainsFunc(s, isJapanese) }

// loose returns the form in which words in kana are compared where their fold
// is not known: without long vowels and small tsu, small letters as full ones,
// and sounds that are written in two ways as one (ヴァ and バ, ヅ and ズ). It says
// less than Fold: ノード and ノド are the same. key is folded.
func loose(key string) string {
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
