// Package schedule is the calendar of the daily term: when it comes, and how
// people tell that.
//
// [Parse] reads what somebody typed, such as "9:00 Asia/Tokyo mon-fri" or
// 「平日の朝9時」, into a [Spec]; [Spec.After] returns the next instant of one. Both
// depend on nothing but their arguments and the time zones of the program: the
// package knows neither the chat nor a store.
package schedule

import (
	"fmt"
	"time"

	"k8sbot/glossary"
)

// A TimeOfDay is the minutes since midnight, from 0 to 1439.
type TimeOfDay int

// String returns the time as "09:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t/60, t%60) }

// A Spec says when terms come, and of which category.
type Spec struct {
	Time     TimeOfDay
	Zone     string // IANA name, which can be loaded
	Days     Weekdays
	Category glossary.Category // of the terms; "" for all
}

// Defaults are what holds where a person does not say.
type Defaults struct {
	Zone string // the person's own; "" if the platform does not tell it
	Lang glossary.Lang
}

// defaultTime is when people start to work.
const defaultTime TimeOfDay = 9 * 60

// ZoneName returns the person's own zone, if there is one that can be loaded; else
// that of Japan for those who read Japanese, and UTC for all others.
func (d Defaults) ZoneName() string {
	if _, err := LoadZone(d.Zone); err == nil {
		return d.Zone
	}
	if d.Lang == glossary.Japanese {
		return "Asia/Tokyo"
	}
	return "UTC"
}

// LoadZone returns the zone of an IANA name. It refuses the names that Go reads
// as the machine's own zone, which differs between replicas, and as UTC.
func LoadZone(name string) (*time.Location, error) {
	if name != "" && name != "Local" {
		if loc, err := time.LoadLocation(name); err == nil {
			return loc, nil
		}
	}
	return nil, fmt.Errorf("unknown time zone %q: use an IANA name such as Asia/Tokyo", name)
}
