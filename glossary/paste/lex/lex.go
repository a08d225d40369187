// Package lex takes text apart for all readers of a paste: sets of words, numbers, cells,
// strings in quotes and tables divided by tabs.
package lex

import (
	"strings"
	"unicode/utf8"
)

// Set returns the set of the words.
func Set(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// Rows returns the rows of a tab-separated file below its head, each with the
// number of fields of the head.
func Rows(file string) [][]string {
	var rows [][]string
	width := 0
	for l := range strings.Lines(file) {
		f := strings.Split(strings.TrimRight(l, "\n"), "\t")
		if width == 0 {
			width = len(f)
			continue
		}
		rows = append(rows, append(f, make([]string, max(0, width-len(f)))...))
	}
	return rows
}

// Cells splits a line at two blanks or more.
func Cells(s string) []string {
	var cells []string
	for s != "" {
		end := strings.Index(s, "  ")
		if end < 0 {
			end = len(s)
		}
		cells = append(cells, s[:end])
		s = strings.TrimLeft(s[end:], " ")
	}
	return cells
}

// QuoteEnd returns the length of the string in double quotes at the beginning of s, with
// its quotes, and 0 if it does not end.
func QuoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// Digits returns the number of digits that s begins with.
func Digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// IsNumber reports whether a text has digits only, and at least one.
func IsNumber(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// Number returns a number, and 0 if s is not one or is above 1e9.
func Number(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || n > 1e8 {
			return 0
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// IsASCII reports whether a text has only characters of ASCII.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// CutAt returns the largest number of bytes up to n that does not split a character.
func CutAt(s string, n int) int {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}
