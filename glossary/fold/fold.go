package fold

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxRunes is the maximum number of runes of a name or query that are compared. The longest
// strings that people look up are event messages.
const MaxRunes = 256

// Key returns the canonical form of a name or query for comparison:
//
//   - compatibility characters are replaced by plain ones (ｐｏｄ, ﾎﾟｯﾄﾞ);
//   - letters become lower case, and hiragana becomes katakana;
//   - a dash between kana becomes the long vowel mark, and such marks are dropped at the
//     end (サーバー becomes サーバ);
//   - everything except letters and digits is dropped.
//
// Key reads the first [MaxRunes] runes of s, and returns "" if these contain no letters
// or digits. Key is idempotent: Key(Key(s)) == Key(s).
func Key(s string) string {
	if f, ok := ASCIIKey(s); ok {
		return f
	}
	if f, ok := plainKey(s); ok {
		return f
	}
	return slowKey(s)
}

func slowKey(s string) string {
	in := []rune(norm.NFKC.String(First(s, MaxRunes)))
	out := make([]rune, 0, len(in))
	for i, r := range in {
		r = toKatakana(unicode.ToLower(r))
		switch {
		case isDash(r):
			if i > 0 && i+1 < len(in) && IsKana(in[i-1]) && IsKana(in[i+1]) {
				out = append(out, 'ー')
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out = append(out, r)
		}
	}
	// After a rune has been dropped, its neighbors may combine.
	f := norm.NFKC.String(string(out))
	return strings.TrimRight(First(f, MaxRunes), "ー")
}

// ASCIIKey is a fast path of [Key] for ASCII strings of at most MaxRunes bytes, as most names are.
// It returns false for other strings.
func ASCIIKey(s string) (string, bool) {
	if len(s) > MaxRunes {
		return "", false
	}
	changed := false
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		changed = changed || !IsLowerAlnum(c)
	}
	if !changed {
		return s, true
	}
	var buf [MaxRunes]byte
	b := buf[:0]
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if IsLowerAlnum(c) {
			b = append(b, c)
		}
	}
	return string(b), true
}

// plainKey is a fast path of [Key] for plain Japanese strings of at most MaxRunes bytes, as most
// Japanese names are. It returns false for other strings.
func plainKey(s string) (string, bool) {
	if len(s) > MaxRunes || !isPlain(s) {
		return "", false
	}
	var buf [MaxRunes]byte
	out := buf[:0]
	kana, dash := false, false // whether the previous rune is kana, or a dash after kana
	for _, r := range s {
		isKana := IsKana(r)
		if dash && isKana {
			out = append(out, "ー"...)
		}
		dash = kana && r == '-'
		kana = isKana
		switch {
		case r < utf8.RuneSelf:
			if IsUpper(r) {
				r += 'a' - 'A'
			}
			if IsLowerAlnum(byte(r)) {
				out = append(out, byte(r))
			}
		case isKana || IsKanji(r):
			out = utf8.AppendRune(out, toKatakana(r))
		}
	}
	out = bytes.TrimRight(out, "ー")
	if string(out) == s {
		return s, true
	}
	return string(out), true
}

// NFKC returns the normalization form KC of text, in which compatibility characters are replaced by
// plain ones (https://unicode.org/reports/tr15/). It takes nearly no time for plain text.
func NFKC(text string) string {
	if isPlain(text) || norm.NFKC.IsNormalString(text) {
		return text
	}
	return norm.NFKC.String(text)
}

// isPlain reports whether text consists of ASCII, full-width kana, common kanji and Japanese
// punctuation. Normalization does not change such text, even if runes have been dropped from it
// before.
func isPlain(text string) bool {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf, IsHiragana(r), IsKatakana(r), '一' <= r && r <= '龥':
		case r == '、', r == '。', r == '「', r == '」', r == '・':
		default:
			return false
		}
	}
	return true
}

// Rune is like [Key], for a single rune.
func Rune(r rune) string {
	if r < utf8.RuneSelf {
		if IsUpper(r) {
			r += 'a' - 'A'
		}
		if !IsLowerAlnum(byte(r)) {
			return ""
		}
		return string(r)
	}
	return Key(string(r))
}

// First returns the first n runes of s. It drops invalid UTF-8.
func First(s string, n int) string {
	if len(s) > n*utf8.UTFMax {
		s = s[:n*utf8.UTFMax]
	}
	s = strings.ToValidUTF8(s, "")
	if utf8.RuneCountInString(s) > n {
		s = string([]rune(s)[:n])
	}
	return s
}
