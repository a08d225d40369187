package schedule

import (
	"errors"
	"fmt"
	"time"
)

// maxDaysAhead is the number of days after which a schedule must have fired: a
// zone that changed the side of the date line has no Friday, or no Saturday, for
// two weeks.
const maxDaysAhead = 15

// MaxAhead is how far ahead the Next of a schedule may be. Further ahead it can only
// be by a clock that was wrong.
const MaxAhead = (maxDaysAhead + 2) * 24 * time.Hour

// After returns the first instant strictly after t at which the schedule fires,
// and its local day as 2006-01-02. There is one instant a local day, whatever
// clocks do: the first at which they show the time. If they skip it, it is the
// first instant after the gap, or the last minute of the day if the gap reaches
// into the next; a day that they skip altogether has none. Days are counted by
// the calendar, and never as 24 hours.
//
// The error says that the zone is unknown or that no day is chosen. No zone has a
// gap of more than a day, so there is no other.
func (s Spec) After(t time.Time) (at time.Time, day string, err error) {
	loc, err := LoadZone(s.Zone)
	if err != nil {
		return time.Time{}, "", err
	}
	if s.Days&EveryDay == 0 {
		return time.Time{}, "", errors.New("the schedule has no days: choose one at least")
	}
	return s.after(t, loc)
}

func (s Spec) after(t time.Time, loc *time.Location) (at time.Time, day string, err error) {
	year, month, today := t.In(loc).Date()
	for i := range maxDaysAhead {
		// Dates are counted in UTC, where each day has 24 hours and none is left out.
		date := time.Date(year, month, today+i, 0, 0, 0, 0, time.UTC)
		if !s.Days.Has(date.Weekday()) {
			continue
		}
		if at, ok := s.Time.on(date, loc); ok && at.After(t) {
			return at, date.Format(time.DateOnly), nil
		}
	}
	return time.Time{}, "", fmt.Errorf("the time zone %v has none of the schedule's days in the %d after %v", loc, maxDaysAhead, t)
}

// on returns the instant of a time on a date, which is given as midnight UTC, and
// false if a zone leaves that date out.
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

		at := later(wanted.Add(-offset), start)
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

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
