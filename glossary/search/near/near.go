// Package near finds the words within an edit distance of a word.
package near

import (
	"math/bits"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// An Index finds words. A lookup compares the signatures of all words of similar length, which
// takes a nanosecond each, and computes the distance only for the few words that remain. For
// 10,000 words, this is faster and much smaller than a tree.
type Index struct {
	words      []string // sorted by length
	signatures []uint64 // one for each word, contiguous in memory
	byLength   []int    // words[byLength[n]:byLength[n+1]] have n runes
}

// New returns an index of words. It omits those that cannot contain typos: words with fewer than
// [fold.MinWord] or more than [fold.MaxWord] runes.
func New(words []string) *Index {
	var byLength [fold.MaxWord + 1][]string
	for _, w := range words {
		if n := utf8.RuneCountInString(w); n >= fold.MinWord && n <= fold.MaxWord {
			byLength[n] = append(byLength[n], w)
		}
	}
	x := &Index{make([]string, 0, len(words)), make([]uint64, 0, len(words)), make([]int, fold.MaxWord+2)}
	for n, words := range byLength {
		x.byLength[n] = len(x.words)
		x.words = append(x.words, words...)
		for _, w := range words {
			x.signatures = append(x.signatures, signature(w))
		}
	}
	x.byLength[fold.MaxWord+1] = len(x.words)
	return x
}

// signature returns a bit set of the letters of a word. Each letter belongs to one of 32
// groups. Each group has one bit that is set if the word contains a letter of the group, and
// another that is set if the word contains several. An edit changes the counts of at most two
// groups by one, and therefore at most two bits. A swap does not change any.
func signature(word string) uint64 {
	var once, twice uint32
	for _, r := range word {
		bit := uint32(1) << (uint32(r) * 0x9E3779B1 >> 27)
		twice |= once & bit
		once |= bit
	}
	return uint64(twice)<<32 | uint64(once)
}

// A Word is a word that is similar to another one.
type Word struct {
	Text   string
	Length int // in runes
	Cost   int // see fold.TypoCost
}

// Find appends to found the words with an edit distance of at most edits from word. Shorter words
// come first.
func (x *Index) Find(found []Word, word []rune, edits int) []Word {
	var buf [fold.MaxWord]rune
	sig := signature(string(word))
	for n := max(fold.MinWord, len(word)-edits); n <= min(fold.MaxWord, len(word)+edits); n++ {
		from, to := x.byLength[n], x.byLength[n+1]
		for i, s := range x.signatures[from:to] {
			if bits.OnesCount64(s^sig) > 2*edits {
				continue
			}
			text := x.words[from+i]
			runes := buf[:0]
			for _, r := range text {
				runes = append(runes, r)
			}
			if fold.Within(word, runes, edits) {
				found = append(found, Word{text, n, fold.TypoCost(word, runes)})
			}
		}
	}
	return found
}
