package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

const (
	// maxFuzzy is the maximum length in runes of a query for sahilm/fuzzy, which doubles its
	// bonus with each adjacent letter and overflows at 40 letters.
	maxFuzzy = 32
	// minInitials is the minimum length of a query in runes.
	minInitials = 3
	// maxFuzzyKey is the length in bytes of the longest key that is matched. Longer keys are
	// sentences from events, which contain nearly every letter.
	maxFuzzyKey = 40
)

// An initialsIndex finds the keys that contain the letters of a query in order. sahilm/fuzzy
// ranks them. Since it reads every letter of every key, it receives only the keys that start with
// the same letter as the query and contain all of its letters.
type initialsIndex struct {
	keys     map[rune][]*fuzzyKey   // keyed by first letter, sorted
	acronyms map[string][]*fuzzyKey // names of several words, by the first letters of the words
}

// A fuzzyKey is a folded spelling for sahilm/fuzzy.
type fuzzyKey struct {
	key     string
	spans   int    // number of words in the spelling
	starts  []bool // indexed by byte of key: whether a word starts there
	letters uint64
	term    *glossary.Term
}

func newInitialsIndex(n *names) *initialsIndex {
	x := &initialsIndex{keys: make(map[rune][]*fuzzyKey), acronyms: make(map[string][]*fuzzyKey)}
	for key, spellings := range n.keys {
		if len(key) > maxFuzzyKey {
			continue
		}
		first, _ := utf8.DecodeRuneInString(key)
		for i, s := range spellings {
			if i > 0 && s.term == spellings[i-1].term {
				continue
			}
			k := &fuzzyKey{key: key, starts: spanStarts(s.text, key), letters: letterSet(key), term: s.term}
			for _, start := range k.starts {
				if start {
					k.spans++
				}
			}
			x.keys[first] = append(x.keys[first], k)
			if s.isName && k.spans > 1 {
				a := acronym(k)
				x.acronyms[a] = append(x.acronyms[a], k)
			}
		}
	}
	for _, list := range x.keys {
		slices.SortFunc(list, func(a, b *fuzzyKey) int {
			return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.term.ID, b.term.ID))
		})
	}
	return x
}

// acronym returns the first letters of the words of a key.
func acronym(k *fuzzyKey) string {
	var letters []rune
	for i, r := range k.key {
		if k.starts[i] {
			letters = append(letters, r)
		}
	}
	return string(letters)
}

// letterSet returns the letters of s as a bit set. Each letter belongs to one of 64 groups,
// one bit per group.
func letterSet(s string) uint64 {
	var set uint64
	for _, r := range s {
		set |= 1 << (uint32(r) * 0x9E3779B1 >> 26)
	}
	return set
}

// spanStarts reports, for each byte of key, whether a word starts there. key is the folded form of
// text. A word starts after a separator, and at an upper-case letter that follows a lower-case
// letter.
func spanStarts(text, key string) []bool {
	starts := make([]bool, len(key))
	i, before := 0, ' '
	for _, r := range text {
		f := fold.Rune(r)
		if f != "" && i+len(f) <= len(key) && key[i:i+len(f)] == f {
			starts[i] = fold.Rune(before) == "" || fold.IsUpper(r) && !fold.IsUpper(before)
			i += len(f)
		}
		before = r
	}
	return starts
}

// find finds the terms with a spelling that contains the letters of the key in order. Such a
// key consists of initials, or is a word with some letters left out.
func (x *initialsIndex) find(key string) []Match {
	key = fold.First(key, maxFuzzy)
	var found []Match
	for _, k := range x.acronyms[key] { // crb
		found = keepBest(found, Match{k.term, scoreAcronym, Initials})
	}
	if utf8.RuneCountInString(key) < minInitials {
		return found
	}
	candidates := x.candidates(key)
	for _, m := range fuzzy.FindFrom(key, candidates) {
		k := candidates[m.Index]
		runs, atStarts, starts := 0, true, 0
		for i, at := range m.MatchedIndexes {
			if k.starts[at] {
				starts++
			}
			if i == 0 || at > m.MatchedIndexes[i-1]+runeLenAt(k.key, m.MatchedIndexes[i-1]) {
				runs++
				atStarts = atStarts && k.starts[at]
			}
		}
		share := float64(len(key)) / float64(len(k.key))
		switch {
		case atStarts && starts == k.spans && len(key) == k.spans: // clbo
			found = keepBest(found, Match{k.term, scoreInitials, Initials})
		case atStarts && runs > 1: // crashbo
			found = keepBest(found, Match{k.term, scoreSuggest * (0.6 + 0.4*share), Initials})
		case share >= 0.5 && runs <= 1+len(key)/4: // crshlpback
			found = keepBest(found, Match{k.term, scoreSuggest * share, Typo})
		}
	}
	return found
}

// candidates returns the keys that contain the letters of key in order.
func (x *initialsIndex) candidates(key string) fuzzyKeys {
	var candidates fuzzyKeys
	set := letterSet(key)
	first, _ := utf8.DecodeRuneInString(key)
	for _, k := range x.keys[first] {
		if set&^k.letters == 0 && isSubsequence(key, k.key) {
			candidates = append(candidates, k)
		}
	}
	return candidates
}

// isSubsequence reports whether s contains the letters of key in order. It is ten times as fast
// as sahilm/fuzzy, which also returns the positions of the letters.
func isSubsequence(key, s string) bool {
	for i := range len(s) {
		if len(key) > 0 && key[0] == s[i] {
			key = key[1:]
		}
	}
	return key == ""
}

// runeLenAt returns the length in bytes of the rune at s[i].
func runeLenAt(s string, i int) int {
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

// fuzzyKeys implements fuzzy.Source.
type fuzzyKeys []*fuzzyKey

func (k fuzzyKeys) String(i int) string { return k[i].key }
func (k fuzzyKeys) Len() int            { return len(k) }
