package fold

import "unicode/utf8"

// This file contains what is needed to find a name by some of its letters.

// Acronym returns the first letters of the words of a spelling with the given key.
func Acronym(text, key string) string {
	var letters []rune
	starts := WordStarts(text, key)
	for i, r := range key {
		if starts[i] {
			letters = append(letters, r)
		}
	}
	return string(letters)
}

// LetterSet returns the letters of s as a bit set. Each letter belongs to one of 64 groups,
// one bit per group.
func LetterSet(s string) uint64 {
	var set uint64
	for _, r := range s {
		set |= 1 << (uint32(r) * 0x9E3779B1 >> 26)
	}
	return set
}

// WordStarts reports, for each byte of key, whether a word starts there. key is the folded form of
// text. A word starts after a separator, and at an upper-case letter that follows a lower-case
// letter.
func WordStarts(text, key string) []bool {
	starts := make([]bool, len(key))
	i, before := 0, ' '
	for _, r := range text {
		if r < utf8.RuneSelf { // nearly always, and faster
			c := r
			if IsUpper(c) {
				c += 'a' - 'A'
			}
			if i < len(key) && key[i] == byte(c) {
				starts[i] = !isLetterOrDigit(before) || IsUpper(r) && !IsUpper(before)
				i++
			}
			before = r
			continue
		}
		f := Rune(r)
		if f != "" && i+len(f) <= len(key) && key[i:i+len(f)] == f {
			starts[i] = !isLetterOrDigit(before) || IsUpper(r) && !IsUpper(before)
			i += len(f)
		}
		before = r
	}
	return starts
}

// isLetterOrDigit reports whether [Key] keeps r.
func isLetterOrDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return IsAlnum(byte(r))
	}
	return Rune(r) != ""
}

// IsSubsequence reports whether s contains the letters of key in order. It is ten times as fast
// as sahilm/fuzzy, which also returns the positions of the letters.
func IsSubsequence(key, s string) bool {
	for i := range len(s) {
		if len(key) > 0 && key[0] == s[i] {
			key = key[1:]
		}
	}
	return key == ""
}
