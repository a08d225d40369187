package schedule

import (
	"testing"
	"time"

	"k8sbot/glossary"
)

func TestTimeOfDay(t *testing.T) {
	for tt, want := range map[TimeOfDay]string{0: "00:00", 9 * 60: "09:00", 21*60 + 5: "21:05", 1439: "23:59"} {
		if got := tt.String(); got != want {
			t.Errorf("TimeOfDay(%d).String() = %q, want %q", int(tt), got, want)
		}
	}
}

func daysOf(days ...time.Weekday) Weekdays {
	var set Weekdays
	for _, d := range days {
		set |= oneDay(d)
	}
	return set
}

func TestWeekdaysFormat(t *testing.T) {
	for _, tt := range []struct {
		days   Weekdays
		en, ja string
	}{
		{EveryDay, "every day", "毎日"},
		{mondayToFriday, "Mon–Fri", "平日"},
		{weekends, "weekends", "週末"},
		{daysOf(time.Monday, time.Wednesday, time.Friday), "Mon, Wed, Fri", "月・水・金"},
		{daysOf(time.Tuesday), "Tue", "火曜日"},
		{daysOf(time.Sunday), "Sun", "日曜日"},
		{daysOf(time.Monday, time.Tuesday), "Mon, Tue", "月・火"},
		{daysOf(time.Monday, time.Tuesday, time.Wednesday, time.Saturday), "Mon–Wed, Sat", "月〜水・土"},
		{daysOf(time.Friday, time.Saturday, time.Sunday, time.Monday), "Mon, Fri–Sun", "月・金〜日"},
		{0, "", ""},
	} {
		if en, ja := tt.days.Format(glossary.English), tt.days.Format(glossary.Japanese); en != tt.en || ja != tt.ja {
			t.Errorf("%07b: got %q and %q, want %q and %q", tt.days, en, ja, tt.en, tt.ja)
		}
	}
}

// TestWeekdaysRoundTrip checks that Parse reads back what Format writes, for any set of
// days.
func TestWeekdaysRoundTrip(t *testing.T) {
	for days := Weekdays(1); days <= EveryDay; days++ {
		for _, l := range glossary.Langs {
			s, err := Parse(days.Format(l), Defaults{})
			if err != nil {
				t.Errorf("%s: %v", days.Format(l), err)
			} else if s.Days != days {
				t.Errorf("%s: got %s", days.Format(l), s.Days.Format(l))
			}
		}
	}
}
