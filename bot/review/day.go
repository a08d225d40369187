package review

import (
	"fmt"
	"time"
)

// A Day is a calendar day in a learner's time zone, as the number of days since 1970-01-01. The
// difference between two Days is a number of days, even across clock changes. The zero value means
// never.
type Day int

const secondsPerDay = 24 * 60 * 60

// DayOf returns the day that t falls on in the given location.
func DayOf(t time.Time, loc *time.Location) Day {
	year, month, day := t.In(loc).Date()
	// Days are counted in UTC, which has no clock changes.
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDay parses a day in the format 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("invalid day %q: write 2006-01-02", s)
	}
	return DayOf(t, time.UTC), nil
}

// Date returns the day at midnight UTC.
func (d Day) Date() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String returns the day as 2006-01-02.
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.Date().Weekday() }
