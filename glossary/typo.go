package glossary

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// A typo is counted as one of the four slips of F. J. Damerau, A technique for
// computer detection and correction of spelling errors (1964,
// https://doi.org/10.1145/363958.363994): a letter too many, too few, another
// letter, or two neighbours swapped. A key is near a query where at most
// [maxSlips] of these lead from one to the other; what is near is then ordered
// by how likely the slips are.

// A typoIndex holds folded spellings to be compared letter by letter. A lookup
// goes over all signatures of nearly the right length, which takes a
// nanosecond each, and compares the letters of the few that are left: at 10,000
// keys that is faster, and by far smaller, than any tree.
type typoIndex struct {
	keys       []typoKey
	signatures []uint64 // by key, next to each other in memory
	byLength   []int    // keys[byLength[n]:byLength[n+1]] have n runes
}

type typoKey struct {
	runes []rune
	spelling
}

// maxTypoKey is the number of runes of the longest key that is compared. What
// is longer is a sentence.
const maxTypoKey = 40

func newTypoIndex(keys map[string][]spelling) *typoIndex {
	x := new(typoIndex)
	for key, spellings := range keys {
		if n := utf8.RuneCountInString(key); n < minTypo || n > maxTypoKey {
			continue
		}
		for i, s := range spellings {
			if i == 0 || s.term != spellings[i-1].term {
				x.keys = append(x.keys, typoKey{[]rune(key), s})
			}
		}
	}
	slices.SortFunc(x.keys, func(a, b typoKey) int {
		return cmp.Or(cmp.Compare(len(a.runes), len(b.runes)), slices.Compare(a.runes, b.runes), strings.Compare(a.term.ID, b.term.ID))
	})
	x.byLength = make([]int, maxTypoKey+2)
	x.signatures = make([]uint64, len(x.keys))
	for i, k := range x.keys {
		x.signatures[i] = signature(k.runes)
		x.byLength[len(k.runes)+1] = i + 1
	}
	for n := 1; n < len(x.byLength); n++ {
		x.byLength[n] = max(x.byLength[n], x.byLength[n-1])
	}
	return x
}

// signature has a bit for each of 32 groups of letters that occurs in a word,
// and one more for each that occurs twice. A slip changes the number of at most
// two groups by one, and so at most two bits; a swap changes none.
func signature(word []rune) uint64 {
	var once, twice uint32
	for _, r := range word {
		bit := uint32(1) << (uint32(r) * 0x9E3779B1 >> 27)
		twice |= once & bit
		once |= bit
	}
	return uint64(twice)<<32 | uint64(once)
}

// A nearKey is a key of the index that is near a query.
type nearKey struct {
	*typoKey
	cost int // see slipCost
}

// near returns the keys that at most slips slips lead to.
func (x *typoIndex) near(query []rune, slips int) []nearKey {
	var found []nearKey
	sig := signature(query)
	for n := max(minTypo, len(query)-slips); n <= min(maxTypoKey, len(query)+slips); n++ {
		from, to := x.byLength[n], x.byLength[n+1]
		for i, s := range x.signatures[from:to] {
			if bits.OnesCount64(s^sig) > 2*slips {
				continue
			}
			if k := &x.keys[from+i]; withinSlips(query, k.runes, slips) {
				found = append(found, nearKey{k, slipCost(query, k.runes)})
			}
		}
	}
	return found
}

// withinSlips reports whether at most limit slips lead from a to b: the optimal
// string alignment distance, in a band around the diagonal.
func withinSlips(a, b []rune, limit int) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if max(len(a), len(b)) <= limit {
		return true
	}
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return false
	}
	var rows [3][maxTypoKey + 4]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		best := limit + 1
		lo, hi := max(1, i-limit), min(len(b), i+limit)
		row[lo-1] = limit + 1
		if lo == 1 {
			row[0] = i
		}
		for j := lo; j <= hi; j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d++
			}
			if j < i+limit {
				d = min(d, last[j]+1)
			}
			d = min(d, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > limit {
			return false
		}
		before, last, row = last, row, before
	}
	return last[len(b)] <= limit
}

// The costs of slips, in tenths of one that nothing explains. Fingers slip to a
// neighbouring key (pid for pod), letters are doubled or not (ingresss,
// statefullset), swapped (deplyoment), vowels are mistaken for one another
// (persistant), and Japanese readers leave out long vowel marks and small tsu
// (クラッシュルプ) or hear a voiced sound as another (ボッド for ポッド).
const (
	costSlip      = 10
	costChange    = 12 // a letter for an unrelated one
	costNeighbour = 6
	costVowel     = 7
	costDouble    = 6
	costSwap      = 7
	costKana      = 4
	costFirst     = 3 // more where the first letters differ: people rarely miss these
)

// slipCost returns the least cost of the slips that lead from a to b, both of at
// most maxTypoKey runes.
func slipCost(a, b []rune) int {
	var rows [3][maxTypoKey + 4]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := 1; j <= len(b); j++ {
		last[j] = last[j-1] + insertCost(b, j-1)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = last[0] + insertCost(a, i-1)
		for j := 1; j <= len(b); j++ {
			d := last[j-1] + changeCost(a[i-1], b[j-1])
			d = min(d, last[j]+insertCost(a, i-1), row[j-1]+insertCost(b, j-1))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] && a[i-1] != a[i-2] {
				d = min(d, before[j-2]+costSwap)
			}
			row[j] = d
		}
		before, last, row = last, row, before
	}
	cost := last[len(b)]
	if len(a) > 0 && len(b) > 0 && a[0] != b[0] {
		cost += costFirst
	}
	return cost
}

// insertCost returns the cost of the letter of a word that the other lacks.
func insertCost(word []rune, i int) int {
	r := word[i]
	switch {
	case r == 'ー' || r == 'ッ':
		return costKana
	case i > 0 && word[i-1] == r || i+1 < len(word) && word[i+1] == r:
		return costDouble
	}
	return costSlip
}

func changeCost(a, b rune) int {
	switch {
	case a == b:
		return 0
	case a > b:
		return changeCost(b, a)
	case a < utf8.RuneSelf && b < utf8.RuneSelf:
		if isNeighbour(byte(a), byte(b)) {
			return costNeighbour
		}
		if strings.ContainsRune("aeiou", a) && strings.ContainsRune("aeiou", b) {
			return costVowel
		}
	case soundsAlike(a) == soundsAlike(b), b == 'ー' && strings.ContainsRune("アイウエオ", a):
		return costKana
	}
	return costChange
}

// soundsAlike returns the kana that stands for those which are mistaken for one
// another: without voice marks, and in full size.
func soundsAlike(r rune) rune {
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

// isNeighbour reports whether two keys lie side by side on a keyboard.
func isNeighbour(a, b byte) bool {
	at, ok := keyboard[a]
	other, ok2 := keyboard[b]
	if !ok || !ok2 {
		return false
	}
	rows, columns := at[0]-other[0], at[1]-other[1]
	// Each row lies half a key to the right of the one above.
	return rows == 0 && columns*columns == 1 || rows == 1 && (columns == 0 || columns == -1) || rows == -1 && (columns == 0 || columns == 1)
}

var keyboard = func() map[byte][2]int {
	at := make(map[byte][2]int)
	for row, letters := range []string{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		for column := range len(letters) {
			at[letters[column]] = [2]int{row, column}
		}
	}
	return at
}()

// minTypo is the length from which slips are looked for; two letters with a slip
// could be anything.
const minTypo = 3

// maxSlips returns the number of slips that are looked for in a word of n
// letters.
func maxSlips(n int) int {
	switch {
	case n < minTypo:
		return 0
	case n <= 5:
		return 1
	case n <= 12:
		return 2
	}
	return 3
}
