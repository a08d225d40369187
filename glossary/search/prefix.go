package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// minPrefix is the number of letters from which the beginning of a name is sure,
// if it leads to a single term and is not a small part of it.
const minPrefix = 3

// minPrefixShare is the share of a name that must be there; of an alias it is more.
const minPrefixShare = 0.35

// prefix finds the terms with a name or alias that begins with the key. One
// term is sure, several are suggestions: names before aliases, and the more of
// one is there the better.
func (n *names) prefix(key string) []Match {
	letters := utf8.RuneCountInString(key)
	if letters < 2 {
		return nil
	}
	var found []Match
	most := 0.0
	i, _ := slices.BinarySearch(n.sortedKeys, key)
	for _, k := range n.sortedKeys[i:] {
		if !strings.HasPrefix(k, key) {
			break
		}
		begun := float64(len(key)) / float64(len(k))
		for _, s := range n.keys[k] {
			// The tier says how likely a person means the term at all.
			score := scoreSuggest * (0.55 + 0.25*begun + 0.05*float64(3-s.term.Tier))
			if s.isName {
				score = scorePrefixLow + (scoreSuggest-scorePrefixLow)*(0.7*begun+0.15*float64(3-s.term.Tier))
				most = max(most, begun)
			}
			found = keepBest(found, Match{s.term, score, Prefix})
			most = max(most, begun-0.2)
		}
	}
	if len(found) == 1 && letters >= minPrefix && most >= minPrefixShare {
		found[0].Score = scorePrefix
	}
	return found
}
