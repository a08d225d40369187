package search

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/scan"
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
	names   *names
	letters sync.Map // from the first letter of a query to a func() *initialKeys
}

// initialKeys contains the keys that start with the same letter.
type initialKeys struct {
	keys     []fuzzyKey                 // sorted by key, then by the ID of the term
	acronyms map[string][]scan.Spelling // names of several words, by the first letters of the words
}

// A fuzzyKey is a folded spelling for sahilm/fuzzy.
type fuzzyKey struct {
	key     string
	letters uint64
	*scan.Spelling
}

func newInitialsIndex(n *names) *initialsIndex { return &initialsIndex{names: n} }

// startingWith returns the keys that start with the given letter. The first call for a letter takes
// up to a millisecond.
func (x *initialsIndex) startingWith(letter rune) *initialKeys {
	all, ok := x.letters.Load(letter)
	if !ok {
		all, _ = x.letters.LoadOrStore(letter, sync.OnceValue(func() *initialKeys { return newInitialKeys(x.names, string(letter)) }))
	}
	return all.(func() *initialKeys)()
}

func newInitialKeys(n *names, letter string) *initialKeys {
	x := &initialKeys{acronyms: make(map[string][]scan.Spelling)}
	from, _ := slices.BinarySearch(n.sortedKeys(), letter)
	for _, key := range n.sortedKeys()[from:] {
		if !strings.HasPrefix(key, letter) {
			break
		}
		if len(key) > maxFuzzyKey {
			continue
		}
		spellings := n.keys[key]
		for i := range spellings {
			s := &spellings[i]
			if i > 0 && s.Term == spellings[i-1].Term {
				continue
			}
			x.keys = append(x.keys, fuzzyKey{key, fold.LetterSet(key), s})
			if !s.IsName {
				continue
			}
			if a := fold.Acronym(s.Text, key); utf8.RuneCountInString(a) > 1 {
				x.acronyms[a] = append(x.acronyms[a], *s)
			}
		}
	}
	return x
}

// find finds the terms with a spelling that contains the letters of the key in order. Such a
// key consists of initials, or is a word with some letters left out.
func (x *initialsIndex) find(key string) []Match {
	key = fold.First(key, maxFuzzy)
	if key == "" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(key)
	keys := x.startingWith(first)
	var found []Match
	for _, s := range keys.acronyms[key] { // crb
		found = keepBest(found, Match{s.Term, scoreAcronym, Initials})
	}
	if utf8.RuneCountInString(key) < minInitials {
		return found
	}
	candidates := keys.candidates(key)
	for _, m := range fuzzy.FindFrom(key, candidates) {
		k := candidates[m.Index]
		isStart := fold.WordStarts(k.Text, k.key)
		runs, atStarts, starts, spans := 0, true, 0, 0
		for _, start := range isStart {
			if start {
				spans++
			}
		}
		end := -1 // of the rune that was matched before
		for _, at := range m.MatchedIndexes {
			if isStart[at] {
				starts++
			}
			if at > end {
				runs++
				atStarts = atStarts && isStart[at]
			}
			_, n := utf8.DecodeRuneInString(k.key[at:])
			end = at + n
		}
		share := float64(len(key)) / float64(len(k.key))
		switch {
		case atStarts && starts == spans && len(key) == spans: // clbo
			found = keepBest(found, Match{k.Term, scoreInitials, Initials})
		case atStarts && runs > 1: // crashbo
			found = keepBest(found, Match{k.Term, scoreSuggest * (0.6 + 0.4*share), Initials})
		case share >= 0.5 && runs <= 1+len(key)/4: // crshlpback
			found = keepBest(found, Match{k.Term, scoreSuggest * share, Typo})
		}
	}
	return found
}

// candidates returns the keys that contain the letters of key in order.
func (x *initialKeys) candidates(key string) fuzzyKeys {
	var candidates fuzzyKeys
	set := fold.LetterSet(key)
	for i := range x.keys {
		if k := &x.keys[i]; set&^k.letters == 0 && fold.IsSubsequence(key, k.key) {
			candidates = append(candidates, k)
		}
	}
	return candidates
}

// fuzzyKeys implements fuzzy.Source.
type fuzzyKeys []*fuzzyKey

func (k fuzzyKeys) String(i int) string { return k[i].key }
func (k fuzzyKeys) Len() int            { return len(k) }
