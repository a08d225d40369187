package line

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsProse reports whether a line was probably written by a person and not by a program: it
// contains several words that are common in sentences, or Japanese.
func IsProse(s string) bool {
	letters, wide, isWord := 0, 0, true
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if lower := r | 0x20; 'a' <= lower && lower <= 'z' {
				letters++
			}
			isWord = isWord && r > ' '
		case isJapanese(r):
			if wide++; wide == 2 {
				return true
			}
		default:
			isWord = false // it may be a space
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	if isWord && s != "" && strings.IndexByte("?!:", s[len(s)-1]) < 0 {
		return false
	}
	if rest, ok := strings.CutPrefix(s, "- "); ok && strings.Count(rest, " ") > 1 && !strings.ContainsAny(rest, "/:=\"'[{") && !strings.HasPrefix(rest, "-") {
		s = rest // an item of a list
	}
	if strings.Contains(s, "  ") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, ": ") || strings.HasPrefix(s, "{") || strings.HasPrefix(s, "at ") {
		return false
	}
	words, lower, personal := 0, 0, false
	for w, rest := nextWord(s); w != ""; w, rest = nextWord(rest) {
		words++
		if isPlainWord(w) {
			lower++
		}
		personal = personal || len(w) < 5 && isPersonal(w)
	}
	switch {
	case lower*3 < words*2 && strings.ContainsAny(s, "={}<>[]\\|"):
		return false
	case strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!"):
		return lower*2 >= words
	case strings.HasSuffix(s, ":") && words <= 3:
		return lower > 0
	case personal && words >= 4 && !strings.ContainsAny(s, "={}\""):
		return true
	}
	return words >= 3 && lower*2 > words && letters*2 > len(s)
}

// nextWord returns the first word of s, or "" if there is none, and what follows it.
func nextWord(s string) (word, rest string) {
	start := 0
	for start < len(s) && isSpace(s[start]) {
		start++
	}
	end := start
	for end < len(s) && !isSpace(s[end]) {
		if s[end] >= utf8.RuneSelf { // it may be a space
			return nextWide(s)
		}
		end++
	}
	return s[start:end], s[end:]
}

// nextWide does what nextWord does, for any word.
func nextWide(s string) (word, rest string) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// isSpace reports whether c is a space in ASCII, like [unicode.IsSpace].
func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// isPersonal reports whether a word refers to a person or a team, which programs do not have.
func isPersonal(w string) bool {
	switch w {
	case "I", "I'm", "I've", "I'd", "I'll", "my", "My", "our", "Our", "We", "we", "me,":
		return true
	}
	return false
}

// IsPersonal reports whether a line of at least four words contains a word such as I or my.
func IsPersonal(s string) bool {
	words, personal := 0, false
	for w, rest := nextWord(s); w != ""; w, rest = nextWord(rest) {
		words++
		personal = personal || len(w) < 5 && isPersonal(w)
	}
	return personal && words >= 4
}

// isPlainWord reports whether a word consists of letters that are not capitals and of apostrophes,
// without the punctuation around it.
func isPlainWord(w string) bool {
	for w != "" && isPunctuation(w[0]) {
		w = w[1:]
	}
	for w != "" && isPunctuation(w[len(w)-1]) {
		w = w[:len(w)-1]
	}
	for _, r := range w {
		if !isLower(r) && r != '\'' {
			return false
		}
	}
	return w != ""
}

// isPunctuation reports whether c may be around a word.
func isPunctuation(c byte) bool {
	switch c {
	case '.', ',', '!', '?', ':', ';', '(', ')', '"', '\'':
		return true
	}
	return false
}

// isJapanese reports whether r is a kana or a kanji.
func isJapanese(r rune) bool {
	switch {
	case 'ぁ' <= r && r <= 'ゖ', 'ァ' <= r && r <= 'ヺ', '一' <= r && r <= '鿯':
		return true
	}
	return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
}

// isLower reports whether r is a letter that is not a capital.
func isLower(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z'
	}
	return unicode.IsLetter(r) && unicode.ToLower(r) == r
}
