package store

import (
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
	// MaxKey is the length of a key, and of each ID of a person or a tenant, in
	// bytes.
	MaxKey = 255
	// MaxValue is the length of a remembered value in bytes. It suffices for
	// IDs, not for a message.
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
