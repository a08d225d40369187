package platform

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// A Unit returns the length of text in the unit in which a platform counts.
type Unit func(string) int

// Runes returns the number of Unicode code points in s.
func Runes(s string) int { return utf8.RuneCountInString(s) }

// UTF16 returns the number of UTF-16 code units in s. Code points above U+FFFF, such as
// most emoji, count as two.
func UTF16(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Mark ends text that has been shortened.
const Mark = "…"

// Shorten returns text unchanged if it is no longer than 95 % of limit. Otherwise it returns
// the beginning of text followed by [Mark], within 95 % of limit. It cuts after a sentence if
// one ends in the second half of the text that fits, and never inside a grapheme cluster. The
// remaining 5 % are a margin, because platforms do not always count as documented.
func Shorten(text string, limit int, unit Unit) string {
	limit = limit * 95 / 100
	if unit(text) <= limit {
		return text
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	budget, end, sentence := limit-unit(Mark), 0, 0
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if budget -= unit(text[end : end+size]); budget < 0 {
			break
		}
		end += size
		switch r {
		case '。', '!', '?', '！', '？', '\n':
			sentence = end
		case '.':
			if end == len(text) || text[end] == ' ' {
				sentence = end
			}
		}
	}
	if sentence > end/2 {
		end = sentence
	}
	return strings.TrimRight(text[:clusterEnd(text, end)], " \n") + Mark
}

// clusterEnd returns the last offset up to end that does not split a grapheme cluster
// (https://www.unicode.org/reports/tr29/). It starts from the closest offset before end that
// is certainly a boundary, to avoid reading the text from its beginning.
func clusterEnd(text string, end int) int {
	at := end
	for at > 0 && !isBoundary(text, at) {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	for state := -1; at < end; {
		var cluster string
		cluster, _, _, state = uniseg.FirstGraphemeClusterInString(text[at:], state)
		if at+len(cluster) > end {
			break
		}
		at += len(cluster)
	}
	return at
}

// isBoundary reports whether at is a cluster boundary, no matter what precedes the code points on
// either side of it. It returns false for two emoji joined by a zero-width joiner, where the code
// points on either side are not enough to decide.
func isBoundary(text string, at int) bool {
	const joiner = '\u200d'
	before, first := utf8.DecodeLastRuneInString(text[:at])
	_, second := utf8.DecodeRuneInString(text[at:])
	if before == joiner {
		return false
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(text[at-first:at+second], -1)
	return len(cluster) == first
}
