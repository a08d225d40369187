package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/guard"
)

// A typoIndex finds the keys within an edit distance of a query. A lookup compares the signatures
// of all keys of similar length, which takes a nanosecond each, and computes the distance only
// for the few keys that remain. For 10,000 keys, this is faster and much smaller than a tree.
type typoIndex struct {
	keys       []typoKey
	signatures []uint64 // one for each key, in the order of keys, contiguous in memory
	byLength   []int    // keys[byLength[n]:byLength[n+1]] have n runes
}

type typoKey struct {
	key string
	*spelling
}

func newTypoIndex(n *names) *typoIndex {
	x := new(typoIndex)
	var byLength [fold.MaxWord + 1][]typoKey
	total := 0
	for _, key := range n.sortedKeys() {
		length := utf8.RuneCountInString(key)
		if length < fold.MinWord || length > fold.MaxWord {
			continue
		}
		spellings := n.keys[key]
		for i := range spellings {
			if i == 0 || spellings[i].term != spellings[i-1].term {
				byLength[length] = append(byLength[length], typoKey{key, &spellings[i]})
				total++
			}
		}
	}
	x.keys, x.signatures, x.byLength = make([]typoKey, 0, total), make([]uint64, 0, total), make([]int, fold.MaxWord+2)
	for length, keys := range byLength {
		x.byLength[length] = len(x.keys)
		for _, k := range keys {
			x.signatures = append(x.signatures, signature(k.key))
		}
		x.keys = append(x.keys, keys...)
	}
	x.byLength[fold.MaxWord+1] = total
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

// A nearKey is a key that is similar to a query.
type nearKey struct {
	*typoKey
	length int // in runes
	cost   int // see fold.TypoCost
}

// near appends to found the keys with an edit distance of at most edits from the query.
func (x *typoIndex) near(found []nearKey, query []rune, edits int) []nearKey {
	var buf [fold.MaxWord]rune
	sig := signature(string(query))
	for n := max(fold.MinWord, len(query)-edits); n <= min(fold.MaxWord, len(query)+edits); n++ {
		from, to := x.byLength[n], x.byLength[n+1]
		for i, s := range x.signatures[from:to] {
			if bits.OnesCount64(s^sig) > 2*edits {
				continue
			}
			k := &x.keys[from+i]
			runes := buf[:0]
			for _, r := range k.key {
				runes = append(runes, r)
			}
			if fold.Within(query, runes, edits) {
				found = append(found, nearKey{k, n, fold.TypoCost(query, runes)})
			}
		}
	}
	return found
}

// find finds the terms with a name or alias that the text misspells. A match can be an answer if
// the word is long enough for the number of edits and no other term is nearly as close.
func (x *typoIndex) find(text string) []Match {
	key := []rune(fold.Key(text))
	if len(key) > fold.MaxWord {
		return nil
	}
	var found []Match
	var buf [16]nearKey
	isSentence := strings.ContainsFunc(text, fold.IsHiragana) // its kanji must be the same
	for _, k := range x.near(buf[:0], key, fold.MaxEdits(len(key))) {
		if isSentence && !slices.Equal(kanjiOf(key), kanjiOf([]rune(k.key))) {
			continue
		}
		score := typoScore(k.cost, max(len(key), k.length))
		if guard.IsOtherName(text, k.text) {
			score = min(score*otherNameFactor, scoreSuggest)
		}
		if score >= suggestThreshold {
			found = keepBest(found, Match{k.term, score, Typo})
		}
	}
	sortMatches(found)
	if len(found) > 1 && found[0].Score >= AnswerThreshold && found[0].Score-found[1].Score < minMargin {
		for i := range found {
			found[i].Score = min(found[i].Score, scoreSuggest+0.001*found[i].Score)
		}
	}
	return found
}

// kanjiOf returns the kanji in a word, in order.
func kanjiOf(word []rune) []rune {
	return slices.DeleteFunc(slices.Clone(word), func(r rune) bool { return !fold.IsKanji(r) })
}

// otherNameFactor reduces the score of a term if the query is more likely to be a name that is
// not a term.
const otherNameFactor = 0.6

// minMargin is the minimum difference in score between an answer and the next term.
const minMargin = 0.04

// typoScore returns the score of a match with the given cost (see [fold.TypoCost]). n is the length
// of the longer word in runes. Words shorter than minTypoAnswer are similar to too many other words
// and can only be suggestions.
func typoScore(cost, n int) float64 {
	score := scoreFolded - float64(cost)/float64(10*n)
	switch {
	case n >= minTypoAnswer:
		return score
	case n >= minClearTypo && cost <= maxClearCost:
		return min(score, clearSuggestion)
	}
	return min(score, scoreSuggest-0.01)
}

// A match for a word of at least minClearTypo runes is an answer if nothing else is similar and
// the misspelling costs at most maxClearCost, as two swapped letters do.
const (
	minClearTypo    = 4
	maxClearCost    = 7
	clearSuggestion = scoreSuggest + 0.001
)

// minTypoAnswer is the minimum length in runes of a misspelled word that can be an answer.
const minTypoAnswer = 6
