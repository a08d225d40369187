package schedule

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestAfter checks days on which the clock changes, among others.
func TestAfter(t *testing.T) {
	for _, tt := range []struct {
		name, zone, time string
		days             Weekdays
		after, want      string
	}{
		{"later the same day", "Asia/Tokyo", "09:00", EveryDay, "2026-06-01T08:59:59+09:00", "2026-06-01T09:00:00+09:00"},
		{"strictly after", "Asia/Tokyo", "09:00", EveryDay, "2026-06-01T09:00:00+09:00", "2026-06-02T09:00:00+09:00"},
		{"over the weekend", "Asia/Tokyo", "09:00", mondayToFriday, "2026-06-05T09:00:00+09:00", "2026-06-08T09:00:00+09:00"},
		{"the weekday is local, not UTC", "Asia/Tokyo", "08:00", daysOf(time.Monday), "2026-06-06T00:00:00+09:00", "2026-06-08T08:00:00+09:00"},
		{"not a leap year", "UTC", "00:00", EveryDay, "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"},
		{"the end of the year", "UTC", "23:59", EveryDay, "2026-12-31T23:59:00Z", "2027-01-01T23:59:00Z"},
		{"a gap, west", "America/New_York", "02:30", EveryDay, "2026-03-08T00:00:00-05:00", "2026-03-08T03:00:00-04:00"},
		{"a gap, east", "Europe/Berlin", "02:30", EveryDay, "2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00"},
		{"the day after a gap", "Europe/Berlin", "02:30", EveryDay, "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"},
		{"the end of a gap", "Europe/Berlin", "03:00", EveryDay, "2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00"},
		{"half an hour, Lord Howe", "Australia/Lord_Howe", "02:15", EveryDay, "2026-10-04T00:00:00+10:30", "2026-10-04T02:30:00+11:00"},
		{"no midnight, São Paulo", "America/Sao_Paulo", "00:00", EveryDay, "2017-10-14T12:00:00-03:00", "2017-10-15T01:00:00-02:00"},
		{"no midnight, Beirut", "Asia/Beirut", "00:00", EveryDay, "2026-03-28T12:00:00+02:00", "2026-03-29T01:00:00+03:00"},
		{"a gap up to midnight, Nuuk", "America/Nuuk", "23:30", EveryDay, "2026-03-28T12:00:00-02:00", "2026-03-28T22:59:00-02:00"},
		{"twice, the first", "America/New_York", "01:30", EveryDay, "2026-11-01T00:00:00-04:00", "2026-11-01T01:30:00-04:00"},
		{"twice, not again", "America/New_York", "01:30", EveryDay, "2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"},
		{"between the two", "America/New_York", "01:30", EveryDay, "2026-11-01T01:10:00-05:00", "2026-11-02T01:30:00-05:00"},
		{"midnight twice, Havana", "America/Havana", "00:30", EveryDay, "2026-10-31T12:00:00-04:00", "2026-11-01T00:30:00-04:00"},
		{"midnight twice, St. John's", "America/St_Johns", "00:00", EveryDay, "2006-10-28T12:00:00-02:30", "2006-10-29T00:00:00-02:30"},
		{"not again, St. John's", "America/St_Johns", "00:00", EveryDay, "2006-10-28T23:30:00-03:30", "2006-10-30T00:00:00-03:30"},
		{"no such day, Apia", "Pacific/Apia", "09:00", EveryDay, "2011-12-29T09:00:00-10:00", "2011-12-31T09:00:00+14:00"},
		{"no such Friday, Apia", "Pacific/Apia", "09:00", daysOf(time.Friday), "2011-12-23T09:00:00-10:00", "2012-01-06T09:00:00+14:00"},
		{"no such Saturday, Kwajalein", "Pacific/Kwajalein", "09:00", daysOf(time.Saturday), "1993-08-14T09:00:00-12:00", "1993-08-28T09:00:00+12:00"},
		{"an offset of seconds", "Africa/Monrovia", "09:00", EveryDay, "1970-01-01T00:00:00Z", "1970-01-01T09:44:30Z"},
		{"before time zones", "Asia/Tokyo", "09:00", EveryDay, "1800-01-01T12:00:00Z", "1800-01-01T23:41:01Z"},
		{"the last day of a leap year", "Europe/Berlin", "09:00", EveryDay, "2040-12-30T12:00:00Z", "2040-12-31T09:00:00+01:00"},
		{"a distant year", "Europe/Berlin", "02:30", EveryDay, "2999-03-30T12:00:00Z", "2999-03-31T03:00:00+02:00"},
	} {
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		want, err := time.Parse(time.RFC3339, tt.want)
		if err != nil {
			t.Fatal(err)
		}
		typed, err := Parse(tt.time, Defaults{})
		if err != nil {
			t.Fatal(err)
		}
		at, day, err := Spec{Zone: tt.zone, Time: typed.Time, Days: tt.days}.After(after)
		if err != nil || !at.Equal(want) || day != at.Format(time.DateOnly) {
			t.Errorf("%s: %s in %s after %s = %s on %s, %v, want %s", tt.name, tt.time, tt.zone, tt.after, at.Format(time.RFC3339), day, err, tt.want)
		}
	}
}

func TestAfterRefuses(t *testing.T) {
	for _, s := range []Spec{
		{Zone: "Mars/Phobos", Days: EveryDay},
		{Zone: "", Days: EveryDay},
		{Zone: "Local", Days: EveryDay},
		{Zone: "../etc/passwd", Days: EveryDay},
		{Zone: "UTC"},
		{Zone: "UTC", Days: 1 << 7},
	} {
		if at, day, err := s.After(time.Unix(0, 0)); err == nil {
			t.Errorf("%+v: got %v on %s, want an error", s, at, day)
		}
	}
}

// TestAfterEveryDay checks, for one year in each zone, that the schedule fires once on each
// local day that exists, in order.
func TestAfterEveryDay(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 0))
	for _, zone := range zoneNames() {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		s := Spec{Zone: zone, Time: TimeOfDay(random.IntN(24 * 60)), Days: 1 + Weekdays(random.IntN(int(EveryDay)))}
		start := time.Date(1900+random.IntN(200), time.January, 1, 0, 0, 0, 0, time.UTC)
		end := start.AddDate(1, 0, 0)

		var want []string
		for at := start; at.Before(end); at = at.Add(time.Hour) {
			day := at.In(loc).Format(time.DateOnly)
			if s.Days.Has(at.In(loc).Weekday()) && (len(want) == 0 || day > want[len(want)-1]) {
				want = append(want, day)
			}
		}
		// The first and the last day may be incomplete.
		want = want[1 : len(want)-1]
		next := 0
		for at := start.AddDate(0, 0, -1); next < len(want); {
			fires, day, err := s.after(at, loc)
			if err != nil || !fires.After(at) || fires.In(loc).Format(time.DateOnly) != day {
				t.Fatalf("%+v after %v: got %v on %s, %v", s, at, fires, day, err)
			}
			at = fires
			switch {
			case day == want[next]:
				next++
			case next > 0 || day > want[0]:
				t.Fatalf("%+v: got %s, want %s", s, day, want[next])
			}
		}
	}
}

// minuteByMinute finds the instant of a time on a date the slow way: it checks the clock at
// every minute.
func minuteByMinute(t TimeOfDay, date time.Time, loc *time.Location) (at time.Time, ok bool) {
	day := date.Format(time.DateOnly)
	for m := -26 * 60; m < 50*60; m++ {
		now := date.Add(time.Duration(m) * time.Minute).In(loc)
		if now.Format(time.DateOnly) != day {
			continue
		}
		at, ok = now, true
		if hour, minute, _ := now.Clock(); TimeOfDay(60*hour+minute) >= t {
			return now, true
		}
	}
	return at, ok
}

// FuzzAfter compares After with minuteByMinute. Since 1973, the offsets of all zones
// are whole minutes.
func FuzzAfter(f *testing.F) {
	f.Add(uint16(0), int64(0), uint16(0), uint8(1))
	for i, zone := range zoneNames() {
		switch zone {
		case "America/New_York", "America/Nuuk", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut", "Pacific/Apia":
			f.Add(uint16(i), int64(1_774_700_000), uint16(1410), uint8(EveryDay)) // March 2026
			f.Add(uint16(i), int64(1_325_100_000), uint16(30), uint8(mondayToFriday))
		}
	}
	zones := zoneNames()
	f.Fuzz(func(t *testing.T, zone uint16, unix int64, at uint16, days uint8) {
		s := Spec{
			Zone: zones[int(zone)%len(zones)],
			Time: TimeOfDay(at % (24 * 60)),
			Days: Weekdays(days)&EveryDay | 1<<(at%7), // never empty
		}
		const year = 31_557_600
		now := time.Unix(3*year+int64(uint64(unix)%(100*year)), 0)
		loc, err := time.LoadLocation(s.Zone)
		if err != nil {
			t.Fatal(err)
		}
		got, day, err := s.After(now)
		if err != nil || got.In(loc).Format(time.DateOnly) != day || !s.Days.Has(got.In(loc).Weekday()) {
			t.Fatalf("%+v after %v: got %v on %s, %v", s, now, got, day, err)
		}
		year1, month, today := now.In(loc).Date()
		for i := 0; ; i++ {
			date := time.Date(year1, month, today+i, 0, 0, 0, 0, time.UTC)
			if !s.Days.Has(date.Weekday()) {
				continue
			}
			if want, ok := minuteByMinute(s.Time, date, loc); ok && want.After(now) {
				if !want.Equal(got) {
					t.Fatalf("%+v after %v: got %v, want %v", s, now, got, want)
				}
				return
			}
		}
	})
}

func BenchmarkAfter(b *testing.B) {
	s := Spec{Zone: "America/New_York", Time: defaultTime, Days: mondayToFriday}
	now := time.Date(2026, time.March, 6, 20, 0, 0, 0, time.UTC)
	for b.Loop() {
		if _, _, err := s.After(now); err != nil {
			b.Fatal(err)
		}
	}
}
