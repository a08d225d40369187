// Package sound finds names in kana by their sound: コンテナー, kontena.
package sound

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/sorted"
)

// The minimum lengths, in runes, of loose kana and romaji. Shorter spellings match too many names.
const (
	minLooseKana = 3
	minRomaji    = 4
)

// The kinds of sounds.
const (
	looseKana = "kana"   // the result of fold.LooseKana
	romaji    = "romaji" // the result of fold.RomajiOfKana
)

// of returns the sound of a key, or "" if it is not in kana or too short.
func of(kind, key string) string {
	if !strings.ContainsFunc(key, fold.IsKana) {
		return ""
	}
	if kind == looseKana {
		return fold.LooseKana(key)
	}
	if r, ok := fold.RomajiOfKana(key); ok && len(r) >= minRomaji {
		return r
	}
	return ""
}

// Index returns a map from the hashes of sounds to the indexes of the keys that have them. Keys are
// results of [fold.Key].
func Index(keys []string) sorted.Multimap {
	var pairs []sorted.Pair
	for i, key := range keys {
		for _, kind := range []string{looseKana, romaji} {
			if sound := of(kind, key); sound != "" {
				pairs = append(pairs, sorted.Pair{Key: sorted.Hash(kind, sound), Value: uint32(i)})
			}
		}
	}
	return sorted.MultimapOf(pairs)
}

// Find returns the keys that sound like a key, which is in kana or romaji. index is the index of keys.
func Find(index sorted.Multimap, keys func() []string, key string) []string {
	if strings.ContainsFunc(key, fold.IsKana) {
		if l := fold.LooseKana(key); utf8.RuneCountInString(l) >= minLooseKana {
			return find(index, keys, looseKana, l)
		}
	} else if f, ok := fold.ASCIIKey(key); ok {
		if r := fold.Romaji(f); len(r) >= minRomaji {
			return find(index, keys, romaji, r)
		}
	}
	return nil
}

func find(index sorted.Multimap, keys func() []string, kind, sound string) (found []string) {
	for i := range index.Find(sorted.Hash(kind, sound)) {
		if key := keys()[i]; of(kind, key) == sound { // otherwise, it is another sound with the same hash
			found = append(found, key)
		}
	}
	return found
}
