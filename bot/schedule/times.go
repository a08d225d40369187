package schedule

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary/lazyregexp"
)

// timePattern matches a time of day: 9, 9:00, 9:30 pm, 9時, 9時半, 午後3時15分.
var timePattern = lazyregexp.New(`(?i)^(?:(午前|午後|朝|夕方|夜)の?\s*)?(\d{1,2})` +
	`(?:(時)(?:(半)|(\d{1,2})分?)?|(?::(\d{2}))?(?:\s*([ap])\.?m\b\.?)?)`)

// dayParts maps each part of the day to the hours that it may be used with, and to the number
// that is added to them. 午後12時 (https://www.nao.ac.jp/faq/a0401.html) and 夜12時 are excluded,
// since people disagree on whether they mean noon or midnight.
var dayParts = map[string]struct{ from, to, add int }{
	"午前": {0, 11, 0},
	"午後": {0, 11, 12},
	"朝":  {4, 11, 0},
	"夕方": {3, 7, 12},
	"夜":  {6, 11, 12},
}

// parseTime returns the time in m, a match of timePattern. It returns false if the time is not
// valid.
func parseTime(m []string) (TimeOfDay, bool) {
	dayPart, letter := m[1], strings.ToLower(m[7])
	hour, err := strconv.Atoi(m[2])
	minute := 0
	if digits := m[5] + m[6]; digits != "" && err == nil { // at least one of them is empty
		minute, err = strconv.Atoi(digits)
	}
	if err != nil || hour > 23 || minute > 59 {
		return 0, false
	}
	if m[4] != "" {
		minute = 30
	}
	switch h, ok := dayParts[dayPart]; {
	case ok && (letter != "" || hour < h.from || hour > h.to):
		return 0, false
	case letter != "" && (hour < 1 || hour > 12):
		return 0, false
	case letter != "": // 12 am is midnight, 12 pm is noon
		hour %= 12
		if letter == "p" {
			hour += 12
		}
	default:
		hour += h.add
	}
	return TimeOfDay(60*hour + minute), true
}

// endsMidNumber reports whether a match of timePattern, before rest, ends in the middle of a number
// or a range: 9:00:30, 9-10, 0900. An hour without minutes must be at the end of its word.
func endsMidNumber(rest string, m []string) bool {
	if rest == "" || m[3] != "" || m[7] != "" {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if m[6] == "" {
		return !isGap(next) && next != ')'
	}
	return unicode.IsDigit(next) || strings.ContainsRune(":-–~〜", next)
}
