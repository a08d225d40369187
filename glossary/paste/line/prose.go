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
	for w := range strings.FieldsSeq(s) {
		words++
		if isPlainWord(w) {
			lower++
		}
		personal = personal || len(w) < 5 && isPersonal(w)
	}
	switch {
	case strings.ContainsAny(s, "={}<>[]\\|") && lower*3 < words*2:
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
	for w := range strings.FieldsSeq(s) {
		words++
		personal = personal || len(w) < 5 && isPersonal(w)
	}
	return personal && words >= 4
}

// isPlainWord reports whether a word consists of letters that are not capitals and of apostrophes,
// without the punctuation around it.
func isPlainWord(w string) bool {
	const around = `.,!?:;()"'`
	for w != "" && strings.IndexByte(around, w[0]) >= 0 {
		w = w[1:]
	}
	for w != "" && strings.IndexByte(around, w[len(w)-1]) >= 0 {
		w = w[:len(w)-1]
	}
	for _, r := range w {
		if !isLower(r) && r != '\'' {
			return false
		}
	}
	return w != ""
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
