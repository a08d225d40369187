package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/guard"
)

// minPrefix is the minimum length in runes of a prefix that can be an answer.
const minPrefix = 3

// minPrefixShare is the minimum share of a name that a prefix must cover to be an answer. For an
// alias, the minimum is 0.2 higher.
const minPrefixShare = 0.35

// prefix finds the terms with a name or alias that starts with the text. If there is only one such
// term, it can be an answer, unless the text consists of whole words from its name ("volume claim"
// does not mean volumeClaimTemplates) or joins the words of an alias. If there are several such
// terms, all are suggestions. Names score higher than aliases, and the more of a name the key
// covers, the higher the score.
func (n *names) prefix(text string) []Match {
	key := fold.Key(text)
	letters := utf8.RuneCountInString(key)
	if letters < 2 {
		return nil
	}
	keys := n.startingWith(key)
	var found []Match
	most := 0.0
	for _, k := range keys {
		begun := float64(len(key)) / float64(len(k))
		for _, s := range n.keys[k] {
			// People ask for common terms more often than for rare ones.
			score := scoreSuggest * (0.55 + 0.25*begun + 0.05*float64(3-s.Term.Tier))
			if s.IsName {
				score = scorePrefixLow + (scoreSuggest-scorePrefixLow)*(0.7*begun+0.15*float64(3-s.Term.Tier))
				most = max(most, begun)
			}
			found = keepBest(found, Match{s.Term, score, Prefix})
			most = max(most, begun-0.2)
		}
	}
	if len(found) == 1 && letters >= minPrefix && most >= minPrefixShare && n.endsWithin(text, key, keys) {
		found[0].Score = scorePrefix
	}
	return found
}

// startingWith returns the keys that start with the given one, sorted.
func (n *names) startingWith(key string) []string {
	keys := n.sortedKeys()
	from, _ := slices.BinarySearch(keys, key)
	to := from
	for to < len(keys) && strings.HasPrefix(keys[to], key) {
		to++
	}
	return keys[from:to]
}

// endsWithin reports whether a text with the given key ends within a word of a name, or at least does
// not consist of whole words. keys start with key.
func (n *names) endsWithin(text, key string, keys []string) bool {
	words := guard.Words(text)
	if len(words) > 1 && n.keys[fold.Key(words[len(words)-1])] != nil {
		return false // "default sc" does not start default-scheduler
	}
	whole := false // the key consists of whole words of a spelling
	for _, k := range keys {
		for _, s := range n.keys[k] {
			if len(key) < len(k) && fold.WordStarts(s.Text, k)[len(key)] || len(words) == 1 && len(guard.Words(s.Text)) > 1 && !s.IsName {
				whole = true
			} else if s.IsName {
				return true
			}
		}
	}
	return !whole
}
