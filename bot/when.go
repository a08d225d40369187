package bot

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"k8sbot/glossary"
)

// dayForm is how a local day is written.
const dayForm = "2006-01-02"

// weekdaysOnly are Monday to Friday, whatever holidays a country has.
const weekdaysOnly = EveryDay &^ weekends

const weekends = Weekdays(1<<time.Saturday | 1<<time.Sunday)

// String returns the time as "09:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t/60, t%60) }

// dayOnly returns the set of one day.
func dayOnly(d time.Weekday) Weekdays { return 1 << d }

// dayRange returns the days from one to another, over the end of the week where
// the second comes before the first.
func dayRange(from, to time.Weekday) Weekdays {
	days := dayOnly(from)
	for from != to {
		from = (from + 1) % 7
		days |= dayOnly(from)
	}
	return days
}

// Has reports whether the day is in the set.
func (d Weekdays) Has(day time.Weekday) bool { return d&dayOnly(day) != 0 }

// In returns the days as people write them in l: "every day", "Mon–Fri",
// "Mon, Wed, Fri", 「毎日」, 「平日」, 「月・水・金」; "" for no day. What it returns
// can be typed behind daily on.
func (d Weekdays) In(l glossary.Lang) string {
	names := dayNames[l]
	switch d & EveryDay {
	case EveryDay:
		return names.all
	case weekends:
		return names.weekends
	case weekdaysOnly:
		return names.weekdays
	}
	if bits.OnesCount8(uint8(d&EveryDay)) == 1 {
		return names.short[bits.TrailingZeros8(uint8(d))] + names.alone
	}
	var parts []string
	for i := 0; i < 7; i++ { // from Monday, as weeks are counted in both languages
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

// weekdayAt returns the day of a week that begins on Monday, from 0 to 6.
func weekdayAt(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

// dayNames are how sets of days are written in each language.
var dayNames = map[glossary.Lang]struct {
	short                   [7]string // from Sunday
	alone                   string    // what a single day has behind its short name
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

// maxDaysAhead is the number of days after which a schedule must have fired: a
// zone that changed the side of the date line has no Friday, or no Saturday, for
// two weeks.
const maxDaysAhead = 15

// MaxAhead is how far ahead the Next of a schedule may be. Further ahead it can only
// be by a clock that was wrong.
const MaxAhead = (maxDaysAhead + 2) * 24 * time.Hour

// After returns the first instant strictly after t at which the schedule fires,
// and its local day as 2006-01-02. There is one instant a local day, whatever
// clocks do: the first at which they show the time. Where they skip it, it is the
// first instant after the gap, or the last minute of the day where the gap reaches
// into the next; a day that they skip altogether has none. Days are counted by
// the calendar, and never as 24 hours.
//
// The error says that the zone is unknown or that no day is chosen. No zone has a
// gap of more than a day, so there is no other.
func (s Schedule) After(t time.Time) (at time.Time, day string, err error) {
	loc, err := loadZone(s.Zone)
	if err != nil {
		return time.Time{}, "", err
	}
	if s.Days&EveryDay == 0 {
		return time.Time{}, "", errors.New("the schedule has no days: choose one at least")
	}
	return s.after(t, loc)
}

func (s Schedule) after(t time.Time, loc *time.Location) (at time.Time, day string, err error) {
	year, month, today := t.In(loc).Date()
	for i := range maxDaysAhead {
		// Dates are counted in UTC, where each day has 24 hours and none is left out.
		date := time.Date(year, month, today+i, 0, 0, 0, 0, time.UTC)
		if !s.Days.Has(date.Weekday()) {
			continue
		}
		if at, ok := s.Time.on(date, loc); ok && at.After(t) {
			return at, date.Format(dayForm), nil
		}
	}
	return time.Time{}, "", fmt.Errorf("the time zone %v has none of the schedule's days in the %d after %v", loc, maxDaysAhead, t)
}

// on returns the instant of a time on a date, which is given as midnight UTC, and
// false where a zone leaves that date out.
//
// [time.Date] does not say on which side of a gap it puts a time that does not
// exist: 02:30 becomes 03:30 in Berlin, but 01:30 in New York. So on walks through
// the periods between two changes of the clock, in each of which local time is
// UTC and a constant.
func (t TimeOfDay) on(date time.Time, loc *time.Location) (time.Time, bool) {
	const day = 24 * time.Hour // no clock is further from UTC
	wanted, midnight := date.Add(time.Duration(t)*time.Minute), date.Add(day)
	var before time.Time // the last minute of the date before the wanted time, so far
	for p := date.Add(-day).In(loc); ; {
		start, end := p.ZoneBounds()
		switch {
		case end.IsZero(): // no change ever after
			end = midnight.Add(2 * day)
		case !end.After(p):
			// Where changes are not listed but follow a rule, as from 2038 on, package
			// time ends each year after 365 days (tzset in its zoneinfo.go): the last
			// day of a leap year lies in a period that is over.
			end = p.Add(time.Hour)
		}
		_, seconds := p.Zone()
		offset := time.Duration(seconds) * time.Second

		at := latest(wanted.Add(-offset), start)
		if at.Before(end) && at.Add(offset).Before(midnight) {
			return at.In(loc), true
		}
		if last := end.Add(-time.Minute); !last.Add(offset).Before(date) && last.Add(offset).Before(wanted) {
			before = last.In(loc)
		}
		if end.After(midnight.Add(day)) {
			return before, !before.IsZero()
		}
		p = end
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// loadZone returns the zone of an IANA name. It refuses the names that Go reads
// as the machine's own zone, which differs between replicas, and as UTC.
func loadZone(name string) (*time.Location, error) {
	if name != "" && name != "Local" {
		if loc, err := time.LoadLocation(name); err == nil {
			return loc, nil
		}
	}
	return nil, fmt.Errorf("unknown time zone %q: use an IANA name such as Asia/Tokyo", name)
}
