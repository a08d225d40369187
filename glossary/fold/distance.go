package fold

import (
	"strings"
	"unicode/utf8"
)

// Words are compared by the four edits of F. J. Damerau, A technique for computer
// detection and correction of spelling errors (1964,
// https://doi.org/10.1145/363958.363994): a letter too many, too few, another letter,
// or two neighbours swapped, no letter edited twice (optimal string alignment).
// [Distance] counts them, [Cost] tells how likely they are.

// MaxWord is the number of runes of the longest word that is compared. What is longer
// is a sentence.
const MaxWord = 40

// MinWord is the length from which edits are looked for; two letters with one edit
// could be anything.
const MinWord = 3

// MaxEdits returns the number of edits that a word of n letters may have and still be
// known: in a short word, each makes it another.
func MaxEdits(n int) int {
	switch {
	case n < MinWord:
		return 0
	case n <= 5:
		return 1
	case n <= 12:
		return 2
	}
	return 3
}

// Within reports whether the distance of a and b, of at most MaxWord runes, is at
// most limit.
func Within(a, b []rune, limit int) bool {
	a, b = trimCommon(a, b)
	return max(len(a), len(b)) <= limit || distance(a, b, limit) <= limit
}

// Distance returns the number of edits between a and b, and limit+1 for all that are
// further apart. Words of more than MaxWord runes are.
func Distance(a, b []rune, limit int) int {
	if max(len(a), len(b)) > MaxWord {
		return limit + 1
	}
	a, b = trimCommon(a, b)
	return distance(a, b, limit)
}

// trimCommon cuts off what both words begin and end with, which is no edit.
func trimCommon(a, b []rune) ([]rune, []rune) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// distance is Distance by the table of all beginnings, in a band around its diagonal.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	var rows [3][MaxWord + 4]int
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
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}

// The costs of edits, in tenths of one that nothing explains. Fingers slip to a
// neighbouring key (pid for pod), letters are doubled or not (ingresss,
// statefullset), swapped (deplyoment), vowels are mistaken for one another
// (persistant), and Japanese readers leave out long vowel marks and small tsu
// (クラッシュルプ) or hear a voiced sound as another (ボッド for ポッド).
const (
	costEdit      = 10
	costChange    = 12 // a letter for an unrelated one
	costNeighbour = 6
	costVowel     = 7
	costDouble    = 6
	costSwap      = 7
	costKana      = 4
	costFirst     = 3 // more where the first letters differ: people rarely miss these
)

// Cost returns the least cost of the edits that lead from a to b, both of at most
// MaxWord runes: 0 for the same word, 10 for an edit that nothing explains.
func Cost(a, b []rune) int {
	var rows [3][MaxWord + 4]int
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
	return costEdit
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
	case baseKana(a) == baseKana(b), b == 'ー' && strings.ContainsRune("アイウエオ", a):
		return costKana
	}
	return costChange
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
