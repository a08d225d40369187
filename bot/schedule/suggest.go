package schedule

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxSuggestions is the number of suggestions for a word that is not known.
const maxSuggestions = 3

// suggestPhrases returns what somebody may have meant by a word, the nearest
// first, and how many typing errors the nearest is away. Of a zone's name only
// the city counts: people who write Asia/Osaka do not mean another A of Asia.
func suggestPhrases(word string) (found []phrase, typos int) {
	key := []rune(phraseKey(word[strings.LastIndexByte(word, '/')+1:]))
	if len(key) < 3 || len(key) > longestPhrase {
		return nil, 0
	}
	const begins = maxTypos + 1 // a phrase that only begins alike comes last
	type candidate struct {
		phrase
		typos int
	}
	best := make(map[string]candidate)
	for k, p := range phrases() {
		if p.field == fieldNone || len(p.zones) > 1 {
			continue
		}
		n := editDistance(key, []rune(k), allowedTypos(len(key)))
		if n > allowedTypos(len(key)) {
			if !strings.HasPrefix(k, string(key)) {
				continue
			}
			n = begins
		}
		if b, seen := best[p.suggestion()]; !seen || n < b.typos {
			best[p.suggestion()] = candidate{p, n}
		}
	}
	all := slices.SortedFunc(maps.Values(best), func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.typos, b.typos), strings.Compare(a.suggestion(), b.suggestion()))
	})
	for _, c := range all[:min(len(all), maxSuggestions)] {
		found, typos = append(found, c.phrase), all[0].typos
	}
	return found, typos
}

// maxTypos is the number of typing errors in what may still be a known word.
const maxTypos = 2

// allowedTypos returns the number of typing errors that a word of so many letters may
// have: in a short one, each makes it another.
func allowedTypos(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return maxTypos
}
