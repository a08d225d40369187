package schedule

import (
	"math/bits"
	"strings"
	"time"

	"k8sbot/glossary"
)

// Weekdays is a set of days of the week. Bit 0 is [time.Sunday].
type Weekdays uint8

// EveryDay contains all days of the week.
const EveryDay Weekdays = 1<<7 - 1

// mondayToFriday includes public holidays.
const mondayToFriday = EveryDay &^ weekends

const weekends = Weekdays(1<<time.Saturday | 1<<time.Sunday)

// oneDay returns the set that consists of one day.
func oneDay(d time.Weekday) Weekdays { return 1 << d }

// dayRange returns the days from one day to another, inclusive. It wraps around at the end of the
// week.
func dayRange(from, to time.Weekday) Weekdays {
	days := oneDay(from)
	for from != to {
		from = (from + 1) % 7
		days |= oneDay(from)
	}
	return days
}

// Has reports whether a day is in the set.
func (d Weekdays) Has(day time.Weekday) bool { return d&oneDay(day) != 0 }

// Format returns the days as people write them in the given language: "every day", "Mon–Fri",
// "Mon, Wed, Fri", 「毎日」, 「平日」, 「月・水・金」, or "" for no days. [Parse] can read the result.
func (d Weekdays) Format(l glossary.Lang) string {
	names := dayNames[l]
	switch d & EveryDay {
	case EveryDay:
		return names.all
	case weekends:
		return names.weekends
	case mondayToFriday:
		return names.weekdays
	}
	if bits.OnesCount8(uint8(d&EveryDay)) == 1 {
		return names.short[bits.TrailingZeros8(uint8(d))] + names.alone
	}
	var parts []string
	for i := 0; i < 7; i++ { // from Monday, which is the usual order in both languages
		from := i
		for i < 7 && d.Has(weekdayAt(i)) {
			i++
		}
		switch first := names.short[weekdayAt(from)]; {
		case i-from >= 3:
			parts = append(parts, first+names.to+names.short[weekdayAt(i-1)])
		case i-from == 2:
			parts = append(parts, first, names.short[weekdayAt(i-1)])
		case i-from == 1:
			parts = append(parts, first)
		}
	}
	return strings.Join(parts, names.and)
}

// weekdayAt returns the day at index i, from 0 to 6, of a week that begins on Monday.
func weekdayAt(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

// dayNames lists the names of days, and of sets of days, in each language.
var dayNames = map[glossary.Lang]struct {
	short                   [7]string // starting with Sunday
	alone                   string    // appended to the short name of a single day
	to, and                 string
	all, weekdays, weekends string
}{
	glossary.English: {
		short: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		to:    "–", and: ", ", all: "every day", weekdays: "Mon–Fri", weekends: "weekends",
	},
	glossary.Japanese: {
		short: [7]string{"日", "月", "火", "水", "木", "金", "土"}, alone: "曜日",
		to: "〜", and: "・", all: "毎日", weekdays: "平日", weekends: "週末",
	},
}
