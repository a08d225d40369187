package search

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary"
)

// How tells in which way a term was found.
type How string

// The ways, surest first. The first four, and a question around them, find what
// was named. The others find what may have been meant.
const (
	Exact    How = "exact"    // the name, to the letter
	Alias    How = "alias"    // an alias or a short name, to the letter
	Folded   How = "folded"   // a name or alias but for case, width, kana, separators, a plural or romaji
	Scanned  How = "scan"     // the names of which a composed string consists, or that a sentence holds
	Question How = "question" // what a question such as "what is a taint" asks for
	Prefix   How = "prefix"   // the beginning of a name or alias
	Initials How = "initials" // the first letters of its parts, as in "clbo"
	Typo     How = "typo"     // a name or alias but for an edit or two
	Meaning  How = "meaning"  // what a term is described with
)

// A Match is a term that was found.
type Match struct {
	Term *glossary.Term
	// Score is how sure the find is, from 0 to 1. From [AnswerThreshold] on the term
	// is what was meant, below it is a suggestion.
	Score float64
	How   How
}

// AnswerThreshold is the score from which a match is an answer and not a guess, and
// suggestThreshold the one below which nothing is offered. Both are read off the curve
// that BenchmarkThresholds prints for the labelled queries in testdata/queries.
const (
	AnswerThreshold  = 0.8
	suggestThreshold = 0.3
)

// The scores of the stages. What is found to the letter must beat what is found
// through a fold ("CM" is the short name of ConfigMap, whatever else folds to
// "cm"), and all of these beat what only begins alike: "pod" is Pod and never
// "pod network". A prefix is sure only if it leads to a single term
// ("crashl"); if it leads to several ("kube"), all are suggestions.
// A typo is as sure as the word is long for its edits: "deplyoment" is an answer,
// "pdo" is a guess.
const (
	scoreExact     = 1.0
	scoreAlias     = 0.97
	scoreFolded    = 0.95
	scorePhonetic  = 0.92 // but for long vowels, and through romaji
	scoreCompound  = 0.9
	scoreQuestion  = 0.9
	scorePrefix    = 0.85
	scoreSentence  = 0.85
	scoreSuggest   = AnswerThreshold - 0.05 // the best of what can only be a suggestion
	scorePrefixLow = 0.65                   // the least of the beginning of a name
	scoreInitials  = 0.7
	scoreMeaning   = 0.7
)

// better orders matches, the best first. Ties go to the better known term, then
// to the name.
func better(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Term.Tier, b.Term.Tier),
		strings.Compare(a.Term.Name.EN, b.Term.Name.EN), strings.Compare(a.Term.ID, b.Term.ID))
}

// sortedKeys brings matches into order, the best first.
func sortMatches(found []Match) []Match {
	slices.SortStableFunc(found, better)
	return found
}

// hasAnswer reports whether a match is an answer.
func hasAnswer(found []Match) bool {
	return slices.ContainsFunc(found, func(m Match) bool { return m.Score >= AnswerThreshold })
}

// keepBest adds a match, or lets it raise the one that its term has already.
func keepBest(found []Match, m Match) []Match {
	for i := range found {
		if found[i].Term == m.Term {
			if m.Score > found[i].Score {
				found[i] = m
			}
			return found
		}
	}
	return append(found, m)
}
