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
		if strings.ContainsRune("aeiou", a) && strings.ContainsRune("aeiou", b) {
			return costVowel
		}
	case baseKana(a) == baseKana(b), b == 'ー' && strings.ContainsRune("アイウエオ", a):
		return costKana
	}
	return costChange
}

// isNeighbour reports whether two keys are adjacent on a QWERTY keyboard.
func isNeighbour(a, b byte) bool {
	at, ok := keyboard[a]
	other, ok2 := keyboard[b]
	if !ok || !ok2 {
		return false
	}
	rows, columns := at[0]-other[0], at[1]-other[1]
	// Each row is shifted to the right by half a key, compared with the row above.
	return rows == 0 && columns*columns == 1 || rows == 1 && (columns == 0 || columns == -1) || rows == -1 && (columns == 0 || columns == 1)
}

// keyboard maps each key to its row and column.
var keyboard = func() map[byte][2]int {
	at := make(map[byte][2]int)
	for row, letters := range []string{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		for column := range len(letters) {
			at[letters[column]] = [2]int{row, column}
		}
	}
	return at
}()
