// Package lex contains string helpers for the readers of a paste: word sets, numbers, table
// cells, quoted strings and tab-separated files.
package lex

import (
	"strings"
	"unicode/utf8"
)

// Set returns a set of words, which are separated by "|". A list of strings would need much more code in the
// many places that call it.
func Set(words string) map[string]bool {
	set := make(map[string]bool, strings.Count(words, "|")+1)
	for w := range strings.SplitSeq(words, "|") {
		set[w] = true
	}
	return set
}

// Rows returns the rows of a tab-separated file without its header line. A short row is
// padded with empty fields to the width of the header.
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

// Cells splits a line at runs of two or more spaces.
func Cells(s string) []string { return AppendCells(nil, s) }

// AppendCells appends what [Cells] returns to cells.
func AppendCells(cells []string, s string) []string {
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

// AppendFields appends what [strings.Fields] returns to fields.
func AppendFields(fields []string, s string) []string {
	start := -1
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf: // it may be a space
			if start < 0 {
				start = i
			}
			return append(fields, strings.Fields(s[start:])...)
		case c == ' ' || '\t' <= c && c <= '\r':
			if start >= 0 {
				fields = append(fields, s[start:i])
			}
			start = -1
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		fields = append(fields, s[start:])
	}
	return fields
}

// QuoteEnd returns the length of the double-quoted string at the start of s, including
// its quotes, or 0 if the closing quote is missing.
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

// Digits returns the number of leading digits in s.
func Digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// IsNumber reports whether s consists of one or more digits.
func IsNumber(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// Number parses a decimal number. It returns 0 if s is not a number or is greater than 1e9.
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

// IsASCII reports whether s contains only ASCII characters.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// CutAt returns the largest offset up to n at which s can be cut without splitting a UTF-8
// sequence.
func CutAt(s string, n int) int {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// WithoutErrorWord returns an error without "error: " or "fatal: " at its beginning, in any case. That
// word adds nothing.
func WithoutErrorWord(s string) string {
	const n = len("error")
	if len(s) > n+1 && s[n] == ':' && s[n+1] == ' ' && (strings.EqualFold(s[:n], "error") || strings.EqualFold(s[:n], "fatal")) {
		return s[n+2:]
	}
	return s
}

// AppendLower appends s in lower case to b.
func AppendLower(b []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return append(b[:len(b)-i], strings.ToLower(s)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}
