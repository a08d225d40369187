// Package schedule computes when the daily terms are due, and parses the schedules that people
// type.
//
// [Parse] turns text such as "9:00 Asia/Tokyo mon-fri" or 「平日の朝9時」 into a [Spec]. [Spec.After]
// returns the next time that a Spec fires. Both depend only on their arguments and on the
// program's time zone data. The package depends neither on chat platforms nor on a store.
package schedule

import (
	"fmt"
	"sync"
	"time"

	"k8sbot/bot/schedule/zoneinfo"
	"k8sbot/glossary"
)

// A TimeOfDay is a number of minutes since midnight, from 0 to 1439.
type TimeOfDay int

// String returns the time in 24-hour format, as "09:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t/60, t%60) }

// A Spec says when terms are posted, and from which category.
type Spec struct {
	Time     TimeOfDay
	Zone     string // an IANA name that [LoadZone] accepts
	Days     Weekdays
	Category glossary.Category // the category, or "" for all terms
}

// Defaults determine which time zone [Parse] assumes if a person types none.
type Defaults struct {
	Zone string        // the person's IANA time zone; "" if unknown
	Lang glossary.Lang // the person's language
}

// defaultTime is 09:00, when many people start work.
const defaultTime TimeOfDay = 9 * 60

// ZoneName returns the person's time zone, if it is known and valid. Otherwise it returns
// Asia/Tokyo for people who read Japanese, and UTC for other people.
func (d Defaults) ZoneName() string {
	if _, err := LoadZone(d.Zone); err == nil {
		return d.Zone
	}
	if d.Lang == glossary.Japanese {
		return "Asia/Tokyo"
	}
	return "UTC"
}

// zones caches the loaded zones by name.
var zones sync.Map

// In converts a time to the time zone with the given IANA name. It returns the time unchanged if
// there is no such zone.
func In(at time.Time, zone string) time.Time {
	if loc, err := LoadZone(zone); err == nil {
		return at.In(loc)
	}
	return at
}

// LoadZone returns the time zone with the given IANA name. Unlike [zoneinfo.Load], it rejects
// "Local", which may differ between replicas, and "", which means UTC. It caches zones.
func LoadZone(name string) (*time.Location, error) {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	if name != "" && name != "Local" {
		if loc, err := zoneinfo.Load(name); err == nil {
			zones.Store(name, loc)
			return loc, nil
		}
	}
	return nil, fmt.Errorf("unknown time zone %q: use an IANA name such as Asia/Tokyo", name)
}
