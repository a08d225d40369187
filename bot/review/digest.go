package review

import (
	"time"

	"k8sbot/bot/schedule"
)

const (
	// weeklyAfter is the number of unanswered digests after which they come weekly.
	weeklyAfter = 3
	// silentAfter is the number of unanswered digests after which no more are sent.
	silentAfter = 6
	weekDays    = 7
	// digestGrace is how late a digest may be, if no replica ran at its hour. Later ones
	// are skipped.
	digestGrace = 3 * time.Hour
	// snoozeTime is how long [In an hour] postpones a digest.
	snoozeTime = time.Hour
)

// A Digest is the state of a learner's digests. There is one per learner.
type Digest struct {
	Learner Learner
	// Version counts the changes, so that only one of several replicas sends a digest.
	Version int
	// Next is when to decide next; zero for never.
	Next time.Time
	// Sent is the day of the latest digest; 0 for none.
	Sent Day
	// Ref is the platform's ID of the latest message, "" if there is none that could be
	// edited or deleted.
	Ref string
	// Unanswered is the number of digests since the learner last reacted.
	Unanswered int
	// Snoozed is true if the learner asked for the digest of the day Sent again.
	Snoozed bool
	// Silent is true if the digests have ended, since none was answered.
	Silent bool
}

// An Action is what to do about a digest.
type Action string

// The actions.
const (
	DoNothing Action = "nothing"
	Send      Action = "send"    // a new message
	Edit      Action = "edit"    // the unanswered message of the last digest
	Replace   Action = "replace" // send a new message, and delete the last one
	Farewell  Action = "farewell"
	// Farewell edits the last message, or sends a new one, to say in one sentence that no
	// more will follow.
)

// IsMessage reports whether the learner sees something.
func (a Action) IsMessage() bool { return a != DoNothing }

// NewDigest returns the state of somebody who has just opted in.
func NewDigest(s Settings, now time.Time) Digest {
	return Digest{Learner: s.Learner, Next: s.after(now)}
}

// Decide returns what to do at a time, and the state after it. It does nothing before
// Next. queued is the number of cards that the learner would be shown.
//
// A learner gets one digest a day at most, on a day and at the hour that they chose, and
// only if there is something to review. After three unanswered ones, a digest comes once a
// week; after three more, one sentence ends them.
func (d Digest) Decide(s Settings, queued int, now time.Time) (Action, Digest) {
	today := s.Today(now)
	switch {
	case s.Stopped || d.Silent:
		d.Next = time.Time{}
		return DoNothing, d
	case d.Next.IsZero() || now.Before(d.Next):
		return DoNothing, d
	case today < s.PausedUntil:
		d.Next = s.on(s.PausedUntil, now)
		return DoNothing, d
	case now.Sub(d.Next) >= digestGrace || s.Today(d.Next) != today,
		!s.Schedule.Days.Has(today.Weekday()),
		d.Sent >= today && !d.Snoozed, // later than today if the learner travelled
		queued == 0:
		d.Snoozed = false
		d.Next = d.following(s, now)
		return DoNothing, d
	}
	if d.Unanswered >= silentAfter {
		d.Silent, d.Next = true, time.Time{}
		return Farewell, d
	}
	action := Send
	switch {
	case d.Ref == "":
	case d.Snoozed || d.Unanswered >= weeklyAfter:
		action = Replace
	case d.Unanswered > 0:
		action = Edit
	}
	d.Sent, d.Snoozed = today, false
	d.Unanswered++
	d.Next = d.following(s, now)
	return action, d
}

// following returns when to decide after now.
func (d Digest) following(s Settings, now time.Time) time.Time {
	if d.Unanswered >= weeklyAfter {
		return s.on(d.Sent+weekDays, now)
	}
	return s.after(now)
}

// Reacted returns the state after the learner pressed any button of a review, or answered
// a card: the digests are daily again.
func (d Digest) Reacted(s Settings, now time.Time) Digest {
	d.Unanswered, d.Silent, d.Snoozed = 0, false, false
	d.Next = s.after(now)
	return d
}

// InAnHour returns the state after the learner asked for the digest in an hour. If that is
// another day, it is [Digest.Tomorrow].
func (d Digest) InAnHour(s Settings, now time.Time) Digest {
	d = d.Reacted(s, now)
	if next := now.Add(snoozeTime); s.Today(next) == s.Today(now) && s.hasDigest(s.Today(now)) {
		d.Next, d.Snoozed = next, true
	}
	return d
}

// Tomorrow returns the state after the learner asked for the digest on the next of their
// days.
func (d Digest) Tomorrow(s Settings, now time.Time) Digest {
	d = d.Reacted(s, now)
	d.Next = s.on(s.Today(now)+1, now)
	return d
}

// Replan returns the state after the settings changed, or a pause or a stop. Nothing that
// was sent is sent again.
func (d Digest) Replan(s Settings, now time.Time) Digest {
	d.Snoozed = false
	switch {
	case s.Stopped || d.Silent:
		d.Next = time.Time{}
	case s.Today(now) < s.PausedUntil:
		d.Next = s.on(s.PausedUntil, now)
	default:
		d.Next = d.following(s, now)
	}
	return d
}

// after returns the next time of a digest after now, in UTC as stores return it; zero if there
// is none, because the settings are invalid.
func (s Settings) after(now time.Time) time.Time {
	at, _, err := s.Schedule.After(now)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// on returns the next time of a digest after now that is not before a day.
func (s Settings) on(day Day, now time.Time) time.Time {
	from := now
	if noon := day.Date().Add(12 * time.Hour); noon.AddDate(0, 0, -3).After(now) {
		from = noon.AddDate(0, 0, -3) // before the day begins in any zone
	}
	for range schedule.MaxAhead / (24 * time.Hour) {
		if from = s.after(from); from.IsZero() || s.Today(from) >= day {
			break
		}
	}
	return from
}
