package logs

import (
	"strings"

	"k8sbot/glossary/paste/lex"
)

// journalTime returns the length of a syslog or journalctl timestamp at the start of s, or
// 0 if there is none: "Mar 02 10:00:00 ", "5月 23 17:08:09 ".
// https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2
func journalTime(s string) int {
	if len(s) < 16 {
		return 0
	}
	n := 0
	switch {
	case months[s[:3]]:
		n = 3
	case '0' <= s[0] && s[0] <= '9':
		n = lex.Digits(s)
		after, ok := strings.CutPrefix(s[n:], "月")
		if !ok || n > 2 {
			return 0
		}
		n = len(s) - len(after)
	default:
		return 0
	}
	for n < len(s) && s[n] == ' ' {
		n++
	}
	d := lex.Digits(s[n:])
	if d == 0 || d > 2 || n+d+1 > len(s) || s[n+d] != ' ' {
		return 0
	}
	n += d + 1
	c := clock(s[n:])
	if c == 0 || n+c >= len(s) || s[n+c] != ' ' {
		return 0
	}
	return n + c + 1
}

var months = lex.Set("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

// timeStamp returns the length of a logger's timestamp at the start of s, or 0 if there is
// none: 2026-03-02T10:00:00.000Z, 2026/03/02 10:00:00, 10:00:00.000, any of them in
// brackets, or the Unix time of zap, 1.7724e+09.
func timeStamp(s string) int {
	if s == "" {
		return 0
	}
	if s[0] == '[' {
		if n := timeStamp(s[1:]); n > 0 && n+1 < len(s) && s[n+1] == ']' {
			return n + 2
		}
		return 0
	}
	if s[0] < '0' || s[0] > '9' {
		return 0
	}
	n := lex.Digits(s)
	switch {
	case n == 4 && len(s) > 18 && (s[4] == '-' || s[4] == '/') && lex.Digits(s[5:]) == 2 && s[7] == s[4] && lex.Digits(s[8:]) == 2 && (s[10] == 'T' || s[10] == ' '):
		c := clock(s[11:])
		if c == 0 {
			return 0
		}
		return 11 + c + zone(s[11+c:])
	case n == 2:
		if c := clock(s); c > 0 {
			return c + zone(s[c:])
		}
	case n == 1 && len(s) > 8 && s[1] == '.': // 1.7724e+09
		d := lex.Digits(s[2:]) + 2
		if strings.HasPrefix(s[d:], "e+09") {
			return d + len("e+09")
		}
	case n == 10 && len(s) > 11 && s[10] == '.':
		return 11 + lex.Digits(s[11:])
	}
	return 0
}

// clock returns the length of a time such as 10:00:00 or 10:00:00.000 at the start of s,
// or 0 if there is none.
func clock(s string) int {
	if len(s) < 8 || lex.Digits(s) != 2 || s[2] != ':' || lex.Digits(s[3:]) != 2 || s[5] != ':' || lex.Digits(s[6:]) != 2 {
		return 0
	}
	n := 8
	if n < len(s) && (s[n] == '.' || s[n] == ',') {
		if d := lex.Digits(s[n+1:]); d > 0 {
			n += 1 + d
		}
	}
	return n
}

// zone returns the length of a time zone at the start of s, or 0 if there is none: Z,
// +09:00, " +0000", " UTC".
func zone(s string) int {
	n := 0
	if strings.HasPrefix(s, " UTC") || strings.HasPrefix(s, " GMT") {
		return 4
	}
	if n < len(s) && s[n] == ' ' {
		n++
	}
	switch {
	case n == 0 && strings.HasPrefix(s, "Z"):
		return 1
	case n < len(s) && (s[n] == '+' || s[n] == '-'):
		switch d := lex.Digits(s[n+1:]); {
		case d == 4:
			return n + 5
		case d == 2 && len(s) > n+5 && s[n+3] == ':' && lex.Digits(s[n+4:]) == 2:
			return n + 6
		}
	}
	return 0
}
