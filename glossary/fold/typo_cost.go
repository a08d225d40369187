package fold

import (
	"strings"
	"unicode/utf8"
)

// The costs of edits, in tenths of the cost of an arbitrary edit. Likely edits cost less: people
// hit a neighboring key (pid for pod), double a letter or forget to (ingresss, runing), swap
// letters (deplyoment) and mix up vowels (persistant). Japanese readers omit long vowel marks and
// small tsu (クラッシュルプ) and mix up voiced sounds (ボッド for ポッド).
const (
	costEdit      = 10
	costChange    = 12 // an unrelated letter
	costNeighbour = 6
	costVowel     = 7
	costDouble    = 6
	costSwap      = 7
	costKana      = 4
	costFirst     = 3 // added if the first letters differ: people rarely mistype the first letter
)

// TypoCost returns the lowest cost of the edits that turn a into b: 0 if they are equal, 10 for
// one arbitrary edit. Both must have at most MaxWord runes.
func TypoCost(a, b []rune) int {
	var rows [3][MaxWord + 4]int
	var inserts [MaxWord]int // the costs of inserting the letters of b
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range b {
		inserts[j] = insertCost(b, j)
		last[j+1] = last[j] + inserts[j]
	}
	for i := 1; i <= len(a); i++ {
		insert := insertCost(a, i-1)
		row[0] = last[0] + insert
		for j := 1; j <= len(b); j++ {
			d := min(last[j]+insert, row[j-1]+inserts[j-1])
			if last[j-1] < d { // otherwise, a change cannot cost less
				d = min(d, last[j-1]+changeCost(a[i-1], b[j-1]))
			}
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

// insertCost returns the cost of inserting word[i], which the other word lacks.
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

// changeCost returns the cost of replacing one letter with another.
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
		if isVowel(a) && isVowel(b) {
			return costVowel
		}
	case baseKana(a) == baseKana(b), b == 'ー' && strings.ContainsRune("アイウエオ", a):
		return costKana
	}
	return costChange
}

func isVowel(r rune) bool {
	switch r {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}

// isNeighbour reports whether two keys are adjacent on a QWERTY keyboard.
func isNeighbour(a, b byte) bool {
	at, other := keyboard[a], keyboard[b]
	if at.row == 0 || other.row == 0 {
		return false
	}
	rows, columns := at.row-other.row, at.column-other.column
	// Each row is shifted to the right by half a key, compared with the row above.
	return rows == 0 && columns*columns == 1 || rows == 1 && (columns == 0 || columns == -1) || rows == -1 && (columns == 0 || columns == 1)
}

// keyboard contains the row of each key, from 1, and its column.
var keyboard = func() (at [utf8.RuneSelf]struct{ row, column int8 }) {
	for row, letters := range []string{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		for column := range len(letters) {
			at[letters[column]].row, at[letters[column]].column = int8(row+1), int8(column)
		}
	}
	return at
}()
