package review

import (
	"time"

	"k8sbot/bot/schedule"
)

const (
	// weeklyAfter is the number of unanswered digests after which digests become weekly.
	weeklyAfter = 3
	// silentAfter is the number of unanswered digests after which no more digests are sent.
	silentAfter = 6
	weekDays    = 7
	// digestGrace is how late a digest may be sent if no replica was running at its hour. After
	// that, the digest is skipped.
	digestGrace = 3 * time.Hour
	// snoozeTime is how long the button "In an hour" postpones a digest.
	snoozeTime = time.Hour
	// finishDelay is how long the message of a digest stays as it is after the last card. Some
	// platforms show the session in that message, so the learner can still read it and undo the
	// last answer.
	finishDelay = 20 * time.Second
)

// A Digest is the state of a learner's digests. There is one Digest per learner.
type Digest struct {
	Learner Learner
	// Version counts the changes. It makes sure that only one of several replicas sends a
	// digest.
	Version int
	// Next is when to call Decide next. It is zero if Decide should not be called again.
	Next time.Time
	// Sent is the day of the latest digest, or 0 if there was none.
	Sent Day
	// Ref is the platform's ID for the latest message, or "" if no message can be edited or
	// deleted.
	Ref string
	// Unanswered is the number of digests since the learner last reacted.
	Unanswered int
	// Snoozed is true if the learner asked to see the latest digest again later on the same day.
	Snoozed bool
	// Silent is true if digests have ended because too many in a row were not answered.
	Silent bool
}

// An Action is what to do with a digest.
type Action string

// The values of Action.
const (
	DoNothing Action = "nothing"
	Send      Action = "send"    // send a new message
	Edit      Action = "edit"    // edit the last digest's message, which is unanswered
	Replace   Action = "replace" // send a new message, and delete the last one
	// Farewell edits the last message, or sends a new one, to say in one sentence that no more
	// digests will follow.
	Farewell Action = "farewell"
	// Finish edits the message of the day's digest, because there is nothing left to review. If the
	// message cannot be edited, nothing is sent.
	Finish Action = "finish"
)

// IsMessage reports whether the action shows something to the learner.
func (a Action) IsMessage() bool { return a != DoNothing }

// NewDigest returns the state of a learner who has just opted in.
func NewDigest(s Settings, now time.Time) Digest {
	return Digest{Learner: s.Learner, Next: s.after(now)}
}

// Decide returns what to do at the given time, and the state afterwards. It does nothing before
// Next. queued is the number of cards that the learner would be shown.
//
// A learner receives at most one digest a day, on the days and at the hour that they chose, and
// only if there is something to review. After three unanswered digests, digests become weekly.
// After three more, a final message announces that they end.
func (d Digest) Decide(s Settings, queued int, now time.Time) (Action, Digest) {
	today := s.Today(now)
	switch {
	case s.Stopped || d.Silent:
		d.Next = time.Time{}
		return DoNothing, d
	case d.Next.IsZero() || now.Before(d.Next):
		return DoNothing, d
	case d.Sent == today && d.Unanswered == 0 && !d.Snoozed && d.Ref != "" && queued == 0:
		d.Next = d.following(s, now)
		return Finish, d
	case today < s.PausedUntil:
		d.Next = s.on(s.PausedUntil, now)
		return DoNothing, d
	case now.Sub(d.Next) >= digestGrace || s.Today(d.Next) != today,
		!s.Schedule.Days.Has(today.Weekday()),
		d.Sent >= today && !d.Snoozed, // d.Sent may be after today if the learner traveled
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

// following returns the time after now at which to call Decide again.
func (d Digest) following(s Settings, now time.Time) time.Time {
	if d.Unanswered >= weeklyAfter {
		return s.on(d.Sent+weekDays, now)
	}
	return s.after(now)
}

// Reacted returns the state after the learner pressed a button of a review or answered a card:
// digests are daily again.
func (d Digest) Reacted(s Settings, now time.Time) Digest {
	d.Unanswered, d.Silent, d.Snoozed = 0, false, false
	d.Next = s.after(now)
	return d
}

// Finished returns the state after the learner answered the last card of the day: Decide soon
// changes the message of the day's digest, if there is one.
func (d Digest) Finished(s Settings, now time.Time) Digest {
	if d.Ref == "" || d.Sent != s.Today(now) || s.Stopped {
		return d
	}
	d = d.Reacted(s, now)
	d.Next = now.Add(finishDelay).UTC()
	return d
}

// InAnHour returns the state after the learner asked to get the digest in an hour. If the new time
// is on another day, InAnHour does the same as [Digest.Tomorrow].
func (d Digest) InAnHour(s Settings, now time.Time) Digest {
	d = d.Reacted(s, now)
	if next := now.Add(snoozeTime); s.Today(next) == s.Today(now) && s.hasDigest(s.Today(now)) {
		d.Next, d.Snoozed = next, true
	}
	return d
}

// Tomorrow returns the state after the learner asked to get the digest on the next of the days that
// they have chosen.
func (d Digest) Tomorrow(s Settings, now time.Time) Digest {
	d = d.Reacted(s, now)
	d.Next = s.on(s.Today(now)+1, now)
	return d
}

// Replan returns the state after the learner changed the settings, or paused or stopped the
// digests. The change does not cause any digest to be sent twice.
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

// after returns the time of the next digest after now, in UTC, as stores return times. It returns
// the zero time if the settings are invalid, in which case there is no next digest.
func (s Settings) after(now time.Time) time.Time {
	at, _, err := s.Schedule.After(now)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// on returns the time of the next digest that is after now and not before the day.
func (s Settings) on(day Day, now time.Time) time.Time {
	from := now
	if noon := day.Date().Add(12 * time.Hour); noon.AddDate(0, 0, -3).After(now) {
		from = noon.AddDate(0, 0, -3) // before the day begins in any time zone
	}
	for range schedule.MaxAhead / (24 * time.Hour) {
		if from = s.after(from); from.IsZero() || s.Today(from) >= day {
			break
		}
	}
	return from
}
