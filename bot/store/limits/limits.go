// Package limits has what every store of the bot holds to: how long what it keeps
// may be, and how long it is kept. The databases and the store of the tests check
// it alike.
package limits

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"k8sbot/bot"
)

// How long what is kept may be. PostgreSQL indexes no text of more than 2,704
// bytes, and stores neither U+0000 nor what is not UTF-8
// (https://www.postgresql.org/docs/current/datatype-character.html): the other
// stores refuse the same.
const (
	// MaxKey is the length of a key, and of each ID of a person, a tenant, a channel
	// or a term, in bytes.
	MaxKey = 255
	// MaxValue is the length in bytes of a remembered value, and of the reason why
	// a schedule is paused. It suffices for IDs, not for a message.
	MaxValue = 1024
	// MaxMisses is the number of different misses that are kept.
	MaxMisses = 10_000
)

// How long what has no end of its own is kept.
const (
	// KeepMisses begins when a miss was last asked.
	KeepMisses = 365 * 24 * time.Hour
	// KeepDeliveries begins when one ended. The last of each term is kept as long as
	// the channel has a schedule: no term comes twice until all were shown, which
	// takes three years of weekdays at 800 terms, and sixteen of Mondays.
	KeepDeliveries = 3 * 365 * 24 * time.Hour
	// KeepAsked begins when a term was last asked for in a channel, whose next
	// terms go by what was asked lately.
	KeepAsked = 30 * 24 * time.Hour
	// KeepLeases begins when one has run out. It is free from then on: the row
	// only takes space, and says for a day who had it.
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

// CheckPerson returns an error if a person, or what is kept of them, cannot
// be stored.
func CheckPerson(p bot.Person, more ...string) error {
	return cmp.Or(CheckKeys(string(p.Platform), p.Tenant, p.User), CheckKeys(more...))
}

// CheckChannel returns an error if a channel, or what is kept of it, cannot
// be stored.
func CheckChannel(c bot.Channel, more ...string) error {
	return cmp.Or(CheckKeys(string(c.Platform), c.Tenant, c.ID), CheckKeys(more...))
}

// CheckSchedule returns an error if a schedule cannot be stored.
func CheckSchedule(s bot.Schedule) error {
	return cmp.Or(
		CheckChannel(s.Channel, s.Zone, string(s.Category), string(s.Lang), s.Creator),
		CheckText("reason", s.Paused, MaxValue))
}

// CheckPause returns an error if a schedule cannot be paused for a reason.
func CheckPause(c bot.Channel, why string) error {
	if why == "" {
		return errors.New("a schedule is paused for a reason: give one")
	}
	return cmp.Or(CheckChannel(c), CheckText("reason", why, MaxValue))
}

// CheckRefusal returns an error if a refusal of a channel cannot be stored.
func CheckRefusal(c bot.Channel, day, why string) error {
	return cmp.Or(CheckChannel(c, day), CheckText("reason", why, MaxValue))
}

// CheckOwner returns an error if nobody can be told by a name.
func CheckOwner(owner string) error {
	if owner == "" {
		return errors.New("an owner needs a name that no other process has")
	}
	return CheckKeys(owner)
}

// CheckClaim returns an error if a delivery, its owner or what is to be kept
// of it cannot be stored.
func CheckClaim(d bot.Delivery, owner string, more ...string) error {
	return cmp.Or(CheckChannel(d.Channel, d.Day), CheckOwner(owner), CheckKeys(more...))
}

// CheckFinal returns an error if a delivery cannot end in a state.
func CheckFinal(s bot.DeliveryState) error {
	switch s {
	case bot.Sent, bot.Skipped, bot.Failed, bot.Unknown:
		return nil
	}
	return fmt.Errorf("a delivery cannot end as %q: use %s, %s, %s or %s", s, bot.Sent, bot.Skipped, bot.Failed, bot.Unknown)
}

// CheckText returns an error if a text cannot be stored. It does not quote the
// text.
func CheckText(kind, s string, most int) error {
	if len(s) > most {
		return fmt.Errorf("a %s of %d bytes is too long for the store, which takes %d", kind, len(s), most)
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return fmt.Errorf("a %s that is not UTF-8, or holds U+0000, cannot be stored", kind)
	}
	return nil
}

// MissText returns the part of a folded query that is kept, which is at most
// [bot.MaxMiss] characters; "" if nothing is.
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
