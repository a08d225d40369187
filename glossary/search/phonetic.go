package search

import (
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// The minimum lengths, in runes, of loose kana and romaji. Shorter spellings match too many names.
const (
	minLooseKana = 3
	minRomaji    = 4
)

// A phoneticIndex finds names in kana by sound.
type phoneticIndex struct {
	looseKana map[string][]spelling // keyed by the result of fold.LooseKana
	romaji    map[string][]spelling // keyed by the result of fold.RomajiOfKana
}

func newPhoneticIndex(n *names) *phoneticIndex {
	x := &phoneticIndex{
		looseKana: make(map[string][]spelling, len(n.keys)/4),
		romaji:    make(map[string][]spelling, len(n.keys)/4),
	}
	for _, k := range n.sortedKeys() {
		if !strings.ContainsFunc(k, fold.IsKana) {
			continue
		}
		l := fold.LooseKana(k)
		x.looseKana[l] = append(x.looseKana[l], n.keys[k]...)
		if r, ok := fold.RomajiOfKana(k); ok && len(r) >= minRomaji {
			x.romaji[r] = append(x.romaji[r], n.keys[k]...)
		}
	}
	return x
}

// find finds the terms with a name in kana that sounds like the key, which is in kana or
// romaji.
func (x *phoneticIndex) find(key string) []Match {
	var spellings []spelling
	if strings.ContainsFunc(key, fold.IsKana) {
		if l := fold.LooseKana(key); utf8.RuneCountInString(l) >= minLooseKana {
			spellings = x.looseKana[l]
		}
	} else if f, ok := fold.ASCIIKey(key); ok {
		if r := fold.Romaji(f); len(r) >= minRomaji {
			spellings = x.romaji[r]
		}
	}
	var found []Match
	for _, s := range spellings {
		found = keepBest(found, Match{s.term, scorePhonetic, Folded})
	}
	return found
}
