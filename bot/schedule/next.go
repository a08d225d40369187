package schedule

import (
	"errors"
	"fmt"
	"time"
)

// maxDaysAhead is the number of days within which a schedule must fire. A weekly schedule may need
// two weeks if its zone crosses the date line and skips the schedule's day.
const maxDaysAhead = 15

// MaxAhead is how far in the future the next run of a schedule may be. If the run is further in
// the future, the clock was wrong when the run was computed.
const MaxAhead = (maxDaysAhead + 2) * 24 * time.Hour

// After returns the first time strictly after t at which the schedule fires, and the local day of
// that time as 2006-01-02. A schedule fires once on each of its local days, when the clock first
// shows s.Time. If the clock skips that time, the schedule fires at the end of the gap, or in the
// last minute of the day if the gap reaches into the next day. A schedule does not fire on a day
// that the clock skips entirely. Days are calendar days, not 24 hours.
//
// After returns an error only if the zone is unknown or s has no days: no zone has a gap of more
// than a day.
func (s Spec) After(t time.Time) (at time.Time, day string, err error) {
	loc, err := LoadZone(s.Zone)
	if err != nil {
		return time.Time{}, "", err
	}
	if s.Days&EveryDay == 0 {
		return time.Time{}, "", errors.New("schedule has no days: choose at least one")
	}
	return s.after(t, loc)
}

// after is like After, for a zone that has already been loaded.
func (s Spec) after(t time.Time, loc *time.Location) (at time.Time, day string, err error) {
	year, month, today := t.In(loc).Date()
	for i := range maxDaysAhead {
		// Dates are counted in UTC, which has no clock changes.
		date := time.Date(year, month, today+i, 0, 0, 0, 0, time.UTC)
		if !s.Days.Has(date.Weekday()) {
			continue
		}
		if at, ok := s.Time.on(date, loc); ok && at.After(t) {
			return at, date.Format(time.DateOnly), nil
		}
	}
	return time.Time{}, "", fmt.Errorf("the schedule has no valid time in the time zone %v within %d days after %v",
		loc, maxDaysAhead, t)
}

// on returns the instant of a time of day on a date, which is given as midnight UTC.
// The bool is false if the zone skips that date.
//
// [time.Date] does not define on which side of a gap it puts a time that does not
// exist: 02:30 becomes 03:30 in Berlin, but 01:30 in New York. So on walks through the
// periods between clock changes, in each of which the offset from UTC is constant.
func (t TimeOfDay) on(date time.Time, loc *time.Location) (time.Time, bool) {
	const day = 24 * time.Hour // no zone is further from UTC
	wanted, midnight := date.Add(time.Duration(t)*time.Minute), date.Add(day)
	var before time.Time // the last minute of the date before the wanted time, so far
	for p := date.Add(-day).In(loc); ; {
		start, end := p.ZoneBounds()
		switch {
		case end.IsZero(): // no more clock changes
			end = midnight.Add(2 * day)
		case !end.After(p):
			// If clock changes follow a rule and are not listed, as from 2038 on,
			// package time ends each year after 365 days (tzset in its zoneinfo.go).
			// On the last day of a leap year, it returns a period that is over.
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
