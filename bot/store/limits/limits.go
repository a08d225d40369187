// Package limits defines the limits of every store: how long a value may be, and how long it is
// stored. The databases and the in-memory store for tests use the same checks.
package limits

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"k8sbot/bot"
	"k8sbot/bot/followup"
	"k8sbot/bot/review"
)

// Size limits. PostgreSQL cannot index texts longer than 2,704 bytes, and cannot store U+0000 or
// invalid UTF-8 (https://www.postgresql.org/docs/current/datatype-character.html). The other
// stores reject the same values.
const (
	// MaxKey is the maximum length in bytes of keys, and of person, tenant, channel and term IDs.
	MaxKey = 255
	// MaxValue is the maximum length in bytes of values, and of the reason for pausing a
	// schedule. It is enough for an ID, but not for a message.
	MaxValue = 1024
	// MaxMisses is the maximum number of different misses per tenant.
	MaxMisses = 10_000
	// MaxSchedules is the maximum number of schedules per tenant, not counting those in direct
	// messages.
	MaxSchedules = 5000
	// MaxMostAsked is the maximum number of terms that MostAsked returns.
	MaxMostAsked = 100
)

// These constants say how long values without an expiry time are stored.
const (
	// KeepMisses counts from the last time that the question was asked.
	KeepMisses = 365 * 24 * time.Hour
	// KeepDeliveries counts from the end of a delivery. The last delivery of each term is kept as
	// long as the channel has a schedule, since no term is repeated until all terms have been
	// posted. With 800 terms, that takes three years of weekdays, or sixteen years of Mondays.
	KeepDeliveries = 3 * 365 * 24 * time.Hour
	// KeepAsked counts from the last time that somebody in the channel asked about the term.
	// Terms that people recently asked about are posted earlier.
	KeepAsked = 30 * 24 * time.Hour
	// KeepLookUps counts from the last time that a learner looked up the term.
	KeepLookUps = 60 * 24 * time.Hour
	// KeepLeases counts from the time when a lease expires. Any owner can take an expired lease;
	// its row only shows who held the lease last.
	KeepLeases = 24 * time.Hour
)

// CheckKeys returns an error if a key or an ID cannot be stored.
func CheckKeys(keys ...string) error {
	for _, key := range keys {
		if err := CheckText("key", key, MaxKey); err != nil {
			return err
		}
	}
	return nil
}

// CheckPerson returns an error if the given person or any of the texts in more cannot be stored.
func CheckPerson(p bot.Person, more ...string) error {
	return cmp.Or(CheckKeys(string(p.Platform), p.Tenant, p.User), CheckKeys(more...))
}

// CheckLearner returns an error if the given learner or any of the texts in more cannot be
// stored.
func CheckLearner(l review.Learner, more ...string) error {
	return cmp.Or(CheckKeys(l.Platform, l.Tenant, l.User), CheckKeys(more...))
}

// CheckLearners returns an error if one of the learners cannot be stored.
func CheckLearners(learners []review.Learner) error {
	for _, l := range learners {
		if err := CheckLearner(l); err != nil {
			return err
		}
	}
	return nil
}

// CheckConversation returns an error if the given conversation or any of the texts in more cannot
// be stored.
func CheckConversation(c followup.Conversation, more ...string) error {
	return cmp.Or(CheckKeys(c.Platform, c.Tenant, c.Channel, c.Thread, c.User), CheckKeys(more...))
}

// CheckChannel returns an error if the given channel or any of the texts in more cannot be
// stored.
func CheckChannel(c bot.Channel, more ...string) error {
	return cmp.Or(CheckKeys(string(c.Platform), c.Tenant, c.ID), CheckKeys(more...))
}

// CheckSchedule returns an error if the given schedule cannot be stored.
func CheckSchedule(s bot.Schedule) error {
	return cmp.Or(
		CheckChannel(s.Channel, s.Zone, string(s.Category), string(s.Lang), s.Creator),
		CheckText("reason", s.Paused, MaxValue))
}

// ErrManySchedules is returned if a new schedule would exceed [MaxSchedules].
var ErrManySchedules = fmt.Errorf("the tenant already has %d schedules: turn some off", MaxSchedules)

// CheckPause returns an error if the reason for pausing a schedule is empty, or if the reason or
// the channel cannot be stored.
func CheckPause(c bot.Channel, why string) error {
	if why == "" {
		return errors.New("cannot pause a schedule without a reason")
	}
	return cmp.Or(CheckChannel(c), CheckText("reason", why, MaxValue))
}

// CheckRefusal returns an error if the channel or the day of a refused post, or the reason for
// the refusal, cannot be stored.
func CheckRefusal(c bot.Channel, day, why string) error {
	return cmp.Or(CheckChannel(c, day), CheckText("reason", why, MaxValue))
}

// CheckOwner returns an error if the owner's name is empty or cannot be stored.
func CheckOwner(owner string) error {
	if owner == "" {
		return errors.New("empty owner: use a name that no other process has")
	}
	return CheckKeys(owner)
}

// CheckClaim returns an error if the delivery, its owner or any of the texts in more cannot be
// stored.
func CheckClaim(d bot.Delivery, owner string, more ...string) error {
	return cmp.Or(CheckChannel(d.Channel, d.Day), CheckOwner(owner), CheckKeys(more...))
}

// CheckFinal returns an error if s is not a final delivery state.
func CheckFinal(s bot.DeliveryState) error {
	switch s {
	case bot.Sent, bot.Skipped, bot.Failed, bot.Unknown:
		return nil
	}
	return fmt.Errorf("%q is not a final delivery state: use %s, %s, %s or %s", s, bot.Sent, bot.Skipped, bot.Failed, bot.Unknown)
}

// CheckText returns an error if the text s is longer than limit bytes or cannot be stored. kind
// says what the text is, for the error, which does not quote the text.
func CheckText(kind, s string, limit int) error {
	if len(s) > limit {
		return fmt.Errorf("%s too long: %d bytes, but the limit is %d", kind, len(s), limit)
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return fmt.Errorf("%s is not valid UTF-8, or contains U+0000", kind)
	}
	return nil
}

// MissText returns the text to store for a folded query. It is valid UTF-8 without U+0000, and
// has at most [bot.MaxMiss] characters.
func MissText(query string) string {
	query = strings.ReplaceAll(strings.ToValidUTF8(query, ""), "\x00", "")
	runes := 0
	for i := range query {
		if runes == bot.MaxMiss {
			return query[:i]
		}
		runes++
	}
	return query
}
