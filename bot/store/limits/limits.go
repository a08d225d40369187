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

// The limits of sizes. PostgreSQL cannot index a text of more than 2,704 bytes, and cannot store
// U+0000 or invalid UTF-8 (https://www.postgresql.org/docs/current/datatype-character.html). The
// other stores reject the same values.
const (
	// MaxKey is the maximum length in bytes of a key, or of the ID of a person, a tenant, a
	// channel or a term.
	MaxKey = 255
	// MaxValue is the maximum length in bytes of a value, or of the reason why a schedule is
	// paused. IDs fit, but messages do not.
	MaxValue = 1024
	// MaxMisses is the maximum number of different misses in a tenant.
	MaxMisses = 10_000
	// MaxSchedules is the maximum number of schedules in a tenant, without those in direct
	// messages.
	MaxSchedules = 5000
)

// How long values without an expiry time are stored.
const (
	// KeepMisses starts when the question was last asked.
	KeepMisses = 365 * 24 * time.Hour
	// KeepDeliveries starts when a delivery ends. The last delivery of each term is kept as
	// long as the channel has a schedule, since no term is repeated until all terms have been
	// posted. With 800 terms that takes three years of weekdays, or sixteen years of Mondays.
	KeepDeliveries = 3 * 365 * 24 * time.Hour
	// KeepAsked starts when somebody in the channel last asked about the term. Terms that
	// people recently asked about are posted earlier.
	KeepAsked = 30 * 24 * time.Hour
	// KeepLookUps starts when a learner looks up a term.
	KeepLookUps = 60 * 24 * time.Hour
	// KeepLeases starts when a lease expires. Any owner can take the lease from then on; the
	// row only shows who held it last.
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

// CheckPerson returns an error if a person or any of the texts cannot be stored.
func CheckPerson(p bot.Person, more ...string) error {
	return cmp.Or(CheckKeys(string(p.Platform), p.Tenant, p.User), CheckKeys(more...))
}

// CheckLearner returns an error if a learner or any of the texts cannot be stored.
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

// CheckConversation returns an error if a conversation or any of the texts cannot be stored.
func CheckConversation(c followup.Conversation, more ...string) error {
	return cmp.Or(CheckKeys(c.Platform, c.Tenant, c.Channel, c.Thread, c.User), CheckKeys(more...))
}

// CheckChannel returns an error if a channel or any of the texts cannot be stored.
func CheckChannel(c bot.Channel, more ...string) error {
	return cmp.Or(CheckKeys(string(c.Platform), c.Tenant, c.ID), CheckKeys(more...))
}

// CheckSchedule returns an error if a schedule cannot be stored.
func CheckSchedule(s bot.Schedule) error {
	return cmp.Or(
		CheckChannel(s.Channel, s.Zone, string(s.Category), string(s.Lang), s.Creator),
		CheckText("reason", s.Paused, MaxValue))
}

// ErrManySchedules is the error if a new schedule would exceed [MaxSchedules].
var ErrManySchedules = fmt.Errorf("the tenant has %d schedules already: turn some off", MaxSchedules)

// CheckPause returns an error if the reason to pause a schedule is empty, or if the reason or the
// channel cannot be stored.
func CheckPause(c bot.Channel, why string) error {
	if why == "" {
		return errors.New("cannot pause a schedule without a reason")
	}
	return cmp.Or(CheckChannel(c), CheckText("reason", why, MaxValue))
}

// CheckRefusal returns an error if the refusal of a post in a channel cannot be stored.
func CheckRefusal(c bot.Channel, day, why string) error {
	return cmp.Or(CheckChannel(c, day), CheckText("reason", why, MaxValue))
}

// CheckOwner returns an error if the name of an owner is empty or cannot be stored.
func CheckOwner(owner string) error {
	if owner == "" {
		return errors.New("empty owner: use a name that no other process has")
	}
	return CheckKeys(owner)
}

// CheckClaim returns an error if a delivery, its owner or any of the texts cannot be stored.
func CheckClaim(d bot.Delivery, owner string, more ...string) error {
	return cmp.Or(CheckChannel(d.Channel, d.Day), CheckOwner(owner), CheckKeys(more...))
}

// CheckFinal returns an error if the state of a delivery is not final.
func CheckFinal(s bot.DeliveryState) error {
	switch s {
	case bot.Sent, bot.Skipped, bot.Failed, bot.Unknown:
		return nil
	}
	return fmt.Errorf("%q is not a final state: use %s, %s, %s or %s", s, bot.Sent, bot.Skipped, bot.Failed, bot.Unknown)
}

// CheckText returns an error if a text has more than limit bytes or cannot be stored. The
// error does not quote the text.
func CheckText(kind, s string, limit int) error {
	if len(s) > limit {
		return fmt.Errorf("%s of %d bytes is too long: the limit is %d", kind, len(s), limit)
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
