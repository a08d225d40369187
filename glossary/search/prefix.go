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
	var found []Match
	most := 0.0
	whole, within := false, false // the key consists of whole words of a spelling, or ends within a name
	i, _ := slices.BinarySearch(n.sortedKeys(), key)
	for _, k := range n.sortedKeys()[i:] {
		if !strings.HasPrefix(k, key) {
			break
		}
		begun := float64(len(key)) / float64(len(k))
		for _, s := range n.keys[k] {
			// People ask for common terms more often than for rare ones.
			score := scoreSuggest * (0.55 + 0.25*begun + 0.05*float64(3-s.term.Tier))
			if s.isName {
				score = scorePrefixLow + (scoreSuggest-scorePrefixLow)*(0.7*begun+0.15*float64(3-s.term.Tier))
				most = max(most, begun)
			}
			found = keepBest(found, Match{s.term, score, Prefix})
			if starts := fold.WordStarts(s.text, k); len(key) < len(k) && starts[len(key)] || len(guard.Words(text)) == 1 && len(guard.Words(s.text)) > 1 && !s.isName {
				whole = true
			} else if s.isName {
				within = true
			}
			most = max(most, begun-0.2)
		}
	}
	if words := guard.Words(text); len(words) > 1 && n.keys[fold.Key(words[len(words)-1])] != nil {
		whole, within = true, false // "default sc" does not start default-scheduler
	}
	if len(found) == 1 && letters >= minPrefix && most >= minPrefixShare && (within || !whole) {
		found[0].Score = scorePrefix
	}
	return found
}
