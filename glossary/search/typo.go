package search

import (
	"slices"
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/near"
)

// A typoIndex finds the terms with a name or alias that a text misspells.
type typoIndex struct {
	names *names
	keys  *near.Index
}

func newTypoIndex(n *names) *typoIndex { return &typoIndex{n, near.New(n.sortedKeys())} }

// find finds the terms with a name or alias that the text misspells. A match can be an answer if
// the word is long enough for the number of edits and no other term is nearly as close.
func (x *typoIndex) find(text string) []Match {
	key := []rune(fold.Key(text))
	if len(key) > fold.MaxWord {
		return nil
	}
	var found []Match
	var buf [16]near.Word
	var name *guard.Name
	isSentence := strings.ContainsFunc(text, fold.IsHiragana) // the name must be Japanese with the same kanji
	for _, k := range x.keys.Find(buf[:0], key, fold.MaxEdits(len(key))) {
		if isSentence && (!fold.HasJapanese(k.Text) || !slices.Equal(fold.KanjiOf(key), fold.KanjiOf([]rune(k.Text)))) {
			continue
		}
		if name == nil {
			name = guard.NewName(text)
		}
		for i, s := range x.names.keys[k.Text] {
			if i > 0 && s.Term == x.names.keys[k.Text][i-1].Term {
				continue
			}
			score := typoScore(k.Cost, max(len(key), k.Length))
			if name.IsOther(s.Text) {
				score = min(score*otherNameFactor, scoreSuggest)
			}
			if score >= suggestThreshold {
				found = keepBest(found, Match{s.Term, score, Typo})
			}
		}
	}
	sortMatches(found)
	if len(found) > 1 && found[0].Score >= AnswerThreshold && found[0].Score-found[1].Score < minMargin {
		for i := range found {
			found[i].Score = min(found[i].Score, scoreSuggest+0.001*found[i].Score)
		}
	}
	return found
}

// otherNameFactor reduces the score of a term if the query is more likely to be a name that is
// not a term.
const otherNameFactor = 0.6

// minMargin is the minimum difference in score between an answer and the next term.
const minMargin = 0.04

// typoScore returns the score of a match with the given cost (see [fold.TypoCost]). n is the length
// of the longer word in runes. Words shorter than minTypoAnswer are similar to too many other words
// and can only be suggestions.
func typoScore(cost, n int) float64 {
	score := scoreFolded - float64(cost)/float64(10*n)
	switch {
	case n >= minTypoAnswer:
		return score
	case n >= minClearTypo && cost <= maxClearCost:
		return min(score, clearSuggestion)
	}
	return min(score, scoreSuggest-0.01)
}

// A match for a word of at least minClearTypo runes is an answer if nothing else is similar and
// the misspelling costs at most maxClearCost, as two swapped letters do.
const (
	minClearTypo    = 4
	maxClearCost    = 7
	clearSuggestion = scoreSuggest + 0.001
)

// minTypoAnswer is the minimum length in runes of a misspelled word that can be an answer.
const minTypoAnswer = 6
