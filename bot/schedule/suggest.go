package schedule

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"k8sbot/glossary/fold"
)

// maxSuggestions is the maximum number of suggestions for an unknown word.
const maxSuggestions = 3

// suggestPhrases returns the phrases that a word may be a misspelling of, closest first, and the
// number of typos in the closest phrase. For a zone, it compares only the city: someone who types
// Asia/Osaka does not mean another city in Asia that begins with an A.
func suggestPhrases(word string) (found []phrase, typos int) {
	key := []rune(phraseKey(word[strings.LastIndexByte(word, '/')+1:]))
	if len(key) < 3 || len(key) > longestPhrase {
		return nil, 0
	}
	const prefixOnly = maxTypos + 1 // phrases that merely begin with the word come last
	type candidate struct {
		phrase
		typos int
	}
	best := make(map[string]*candidate)
	for k, p := range phrases() {
		if p.field == fieldNone || len(p.zones) > 1 {
			continue
		}
		n := fold.Distance(key, []rune(k), allowedTypos(len(key)))
		if n > allowedTypos(len(key)) {
			if !strings.HasPrefix(k, string(key)) {
				continue
			}
			n = prefixOnly
		}
		if b := best[p.suggestion()]; b == nil || n < b.typos {
			best[p.suggestion()] = &candidate{p, n}
		}
	}
	all := slices.SortedFunc(maps.Values(best), func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.typos, b.typos), strings.Compare(a.suggestion(), b.suggestion()))
	})
	for _, c := range all[:min(len(all), maxSuggestions)] {
		found, typos = append(found, c.phrase), all[0].typos
	}
	return found, typos
}

// maxTypos is the maximum number of typos in a word of any length.
const maxTypos = 2

// allowedTypos returns the number of typos that a word may have, given its number of letters. A
// typo in a short word often makes a different word.
func allowedTypos(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return maxTypos
}
