package review

import (
	"errors"
	"fmt"
	"time"

	"k8sbot/bot/review/fsrs"
	"k8sbot/bot/schedule"
	"k8sbot/glossary"
)

// A Learner is a person on a platform who uses reviews. All IDs are the platform's.
type Learner struct {
	Platform, Tenant, User string
}

// Settings are a learner's preferences for reviews.
type Settings struct {
	Learner Learner
	Lang    glossary.Lang
	// Schedule is the time zone, the days and the time of the digest. Its category is empty.
	Schedule schedule.Spec
	// PerDay is the maximum number of cards shown per day, from 1 to MaxPerDay.
	PerDay int
	// Brake is the number of due cards above which no new cards are shown.
	Brake int
	// Retention is the probability of recall at which a card is due, from MinRetention to
	// MaxRetention.
	Retention float64
	// PausedUntil is the day on which digests resume. It is 0 if digests are not paused.
	PausedUntil Day
	// Stopped is true if the learner wants no digests at all.
	Stopped bool
}

// The bounds of [Settings]. A retention below 0.7 teaches little. Above 0.97, the intervals are
// too short for a few cards a day.
const (
	MaxPerDay    = 20
	MinRetention = 0.7
	MaxRetention = 0.97
)

// pauseDays is the length of a pause in days.
const pauseDays = 7

// MondayToFriday are the days with a digest unless a learner chooses other days.
const MondayToFriday = schedule.EveryDay &^ (1<<time.Saturday | 1<<time.Sunday)

// DefaultSettings returns the settings of a learner who has not changed any: at most 5 cards
// per day at 09:00, from Monday to Friday.
//
// The other numbers come from a simulation of a year: with a retention of 0.9, 5 cards per day
// are not enough to keep up. With a retention of 0.83, and without new cards when more than 5
// are due, a learner retains about 155 terms per year (see the test that simulates a year).
func DefaultSettings(l Learner, d schedule.Defaults) Settings {
	return Settings{
		Learner:   l,
		Lang:      d.Lang,
		Schedule:  schedule.Spec{Time: 9 * 60, Zone: d.ZoneName(), Days: MondayToFriday},
		PerDay:    5,
		Brake:     5,
		Retention: 0.83,
	}
}

// Check returns an error if the settings are invalid. The error explains what to change.
func (s Settings) Check() error {
	switch _, err := schedule.LoadZone(s.Schedule.Zone); {
	case err != nil:
		return err
	case s.Schedule.Days&schedule.EveryDay == 0:
		return errors.New("no days selected for the digest: choose at least one")
	case s.Schedule.Time < 0 || s.Schedule.Time >= 24*60:
		return fmt.Errorf("invalid time %d: use minutes from 0 to 1439", s.Schedule.Time)
	case s.PerDay < 1 || s.PerDay > MaxPerDay:
		return fmt.Errorf("invalid number of cards per day (%d): use 1 to %d", s.PerDay, MaxPerDay)
	case s.Brake < 0:
		return fmt.Errorf("invalid number of due cards for the intake brake (%d): use 0 or more", s.Brake)
	case !(MinRetention <= s.Retention && s.Retention <= MaxRetention):
		return fmt.Errorf("invalid retention %v: use %v to %v", s.Retention, MinRetention, MaxRetention)
	}
	return nil
}

// Today returns the day of the given time in the learner's time zone. An unknown time zone
// counts as UTC.
func (s Settings) Today(now time.Time) Day { return DayOf(now, s.location()) }

// Local returns t in the learner's time zone.
func (s Settings) Local(t time.Time) time.Time { return t.In(s.location()) }

func (s Settings) location() *time.Location {
	loc, err := schedule.LoadZone(s.Schedule.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Pause returns the settings with digests paused for a week, starting with today.
func (s Settings) Pause(now time.Time) Settings {
	s.PausedUntil = s.Today(now) + pauseDays
	return s
}

// Scheduler returns a scheduler with the learner's retention. A retention out of bounds counts
// as the nearest valid one.
func (s Settings) Scheduler() *fsrs.Scheduler {
	p := fsrs.DefaultParameters()
	p.Retention = min(max(s.Retention, MinRetention), MaxRetention)
	scheduler, err := fsrs.New(p)
	if err != nil {
		panic(err) // unreachable: the default weights are in bounds
	}
	return scheduler
}
