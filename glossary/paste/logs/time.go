package logs

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/paste/lex"
)

// journalTime returns the length of the time that syslog and journalctl print first, or 0 if s does
// not begin with such a time. The month may be in any language: "Mar 02 10:00:00 ",
// "5月 23 17:08:09 ", "nov. 01 09:33:53 ", "2 марта 10:00:00 ".
// https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2
func journalTime(s string) int {
	if len(s) < 15 || strings.IndexByte(s[:min(len(s), maxDate)], ':') < 0 {
		return 0
	}
	n, days, words := 0, 0, 0
	for days+words < 2 || days == 0 || words == 0 {
		switch part := dateWord(s[n:]); {
		case part > 0 && words == 0:
			n += part
			words++
		default:
			d := lex.Digits(s[n:])
			if d == 0 || d > 2 || days > 0 {
				return 0
			}
			n += d
			days++
			if n < len(s) && s[n] == '.' {
				n++
			}
		}
		blanks := len(s[n:]) - len(strings.TrimLeft(s[n:], " "))
		if blanks == 0 || blanks > 2 {
			return 0
		}
		n += blanks
	}
	c := clock(s[n:])
	if c == 0 || n+c >= len(s) || s[n+c] != ' ' {
		return 0
	}
	return n + c + 1
}

// maxDate is the maximum length in bytes of a date with the hour after it.
const maxDate = 64

// dateWord returns the length of the name of a month at the beginning of s, or 0 if there is
// none.
func dateWord(s string) int {
	if d := lex.Digits(s); d > 0 {
		for _, month := range [...]string{"月", "월"} {
			if strings.HasPrefix(s[d:], month) && d < 3 {
				return d + len(month)
			}
		}
		return 0
	}
	letters, n := 0, 0
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '.' {
			break
		}
		letters++
		n += utf8.RuneLen(r)
	}
	if letters < 3 || letters > 9 {
		return 0
	}
	return n
}

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

// zoneNames are abbreviations of time zones that programs print after a time.
// https://github.com/eggert/tz/blob/main/NEWS
var zoneNames = lex.Set("UTC|GMT|WET|WEST|BST|CET|CEST|EET|EEST|MSK|IST|PKT|WIB|ICT|SGT|HKT|PHT|PST|PDT|JST|KST|AWST|ACST|ACDT|AEST|AEDT|NZST|NZDT|EST|EDT|CST|CDT|" +
	"MST|MDT|AKST|AKDT|HST|BRT|ART|SAST|CAT|EAT|WAT")

// zone returns the length of a time zone at the start of s, or 0 if there is none: Z,
// +09:00, " +0000", " UTC", " IST", " +0530 IST".
func zone(s string) int {
	n := offset(s)
	if n >= len(s) || s[n] != ' ' {
		return n
	}
	end := n + 1
	for end < len(s) && end < n+6 && 'A' <= s[end] && s[end] <= 'Z' {
		end++
	}
	if zoneNames[s[n+1:end]] {
		return end
	}
	return n
}

// offset returns the length of a time zone in digits at the start of s, or 0 if there is none.
func offset(s string) int {
	n := 0
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
