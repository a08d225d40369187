package store

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"k8sbot/bot"
)

// What every store holds to. PostgreSQL indexes no text of more than 2,704
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

// checkKeys returns an error where a key or an ID cannot be stored.
func checkKeys(keys ...string) error {
	for _, key := range keys {
		if err := check("key", key, MaxKey); err != nil {
			return err
		}
	}
	return nil
}

// checkPerson returns an error where a person, or what is kept of them, cannot
// be stored.
func checkPerson(p bot.Person, more ...string) error {
	return cmp.Or(checkKeys(string(p.Platform), p.Tenant, p.User), checkKeys(more...))
}

// checkChannel returns an error where a channel, or what is kept of it, cannot
// be stored.
func checkChannel(c bot.Channel, more ...string) error {
	return cmp.Or(checkKeys(string(c.Platform), c.Tenant, c.ID), checkKeys(more...))
}

// checkSchedule returns an error where a schedule cannot be stored.
func checkSchedule(s bot.Schedule) error {
	return cmp.Or(
		checkChannel(s.Channel, s.Zone, string(s.Category), string(s.Lang), s.Creator),
		check("reason", s.Paused, MaxValue))
}

// checkPause returns an error where a schedule cannot be paused for a reason.
func checkPause(c bot.Channel, why string) error {
	if why == "" {
		return errors.New("a schedule is paused for a reason: give one")
	}
	return cmp.Or(checkChannel(c), check("reason", why, MaxValue))
}

// checkOwner returns an error where nobody can be told by a name.
func checkOwner(owner string) error {
	if owner == "" {
		return errors.New("an owner needs a name that no other process has")
	}
	return checkKeys(owner)
}

// checkClaim returns an error where a delivery, its owner or what is to be kept
// of it cannot be stored.
func checkClaim(d bot.Delivery, owner string, more ...string) error {
	return cmp.Or(checkChannel(d.Channel, d.Day), checkOwner(owner), checkKeys(more...))
}

// checkFinal returns an error where a delivery cannot end in a state.
func checkFinal(s bot.DeliveryState) error {
	switch s {
	case bot.Sent, bot.Skipped, bot.Failed, bot.Unclear:
		return nil
	}
	return fmt.Errorf("a delivery cannot end as %q: use %s, %s, %s or %s", s, bot.Sent, bot.Skipped, bot.Failed, bot.Unclear)
}

// check returns an error where a text cannot be stored. It does not quote the
// text.
func check(kind, s string, most int) error {
	if len(s) > most {
		return fmt.Errorf("a %s of %d bytes is too long for the store, which takes %d", kind, len(s), most)
	}
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return fmt.Errorf("a %s that is not UTF-8, or holds U+0000, cannot be stored", kind)
	}
	return nil
}

// missText returns the part of a folded query that is kept, which is at most
// [bot.MaxMiss] characters; "" where nothing is.
func missText(query string) string {
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
