package search

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary"
)

// A MatchKind says how a match was found.
type MatchKind string

// The kinds of matches, most reliable first.
const (
	Exact    MatchKind = "exact"    // exactly a name
	Alias    MatchKind = "alias"    // exactly an alias or a short name
	Folded   MatchKind = "folded"   // a name or alias, ignoring case, width, kana, separators, plural and romaji
	Scanned  MatchKind = "scan"     // a name in a compound string, in the name of an object, or in a sentence
	Question MatchKind = "question" // the subject of a question such as "what is a taint"
	Prefix   MatchKind = "prefix"   // the start of a name or alias
	Initials MatchKind = "initials" // the first letters of the words in a name, such as "clbo"
	Typo     MatchKind = "typo"     // a misspelled name or alias
	Meaning  MatchKind = "meaning"  // words that describe the term
)

// A Match is a term that was found.
type Match struct {
	Term *glossary.Term
	// Score is the confidence, greater than 0 and at most 1. A match with a score of at least
	// [AnswerThreshold] is an answer, and any other match is a suggestion.
	Score float64
	Kind  MatchKind
}

// AnswerThreshold is the lowest score of an answer. suggestThreshold is the lowest score of a
// suggestion. Both were chosen from the curve that BenchmarkThresholds prints for the labeled
// queries in testdata/queries.
const (
	AnswerThreshold  = 0.8
	suggestThreshold = 0.3
)

// The scores of the stages. An exact match must beat a folded one: "CM" is the short name of
// ConfigMap, even if another name folds to "cm". Both must beat a prefix: "pod" means Pod and never
// "pod network". A prefix is an answer only if it matches a single term ("crashl"); if it matches
// several ("kube"), all are suggestions. The score of a typo depends on the number of edits and the
// length of the word: "deplyoment" is an answer, and "pdo" is a suggestion.
const (
	scoreExact     = 1.0
	scoreAlias     = 0.97
	scoreFolded    = 0.95
	scorePhonetic  = 0.92 // ignoring long vowels, or in romaji
	scoreCompound  = 0.9
	scoreQuestion  = 0.9
	scorePrefix    = 0.85
	scoreSentence  = 0.85
	scoreSuggest   = AnswerThreshold - 0.05 // the highest score of a suggestion
	scorePrefixLow = 0.65                   // the lowest score of a prefix of a name
	scoreInitials  = 0.7
	scoreAcronym   = 0.74 // the initials of a name, not of an alias
)

// better compares two matches for sorting, best first. Of two equal matches, the better-known
// term comes first, and then the name decides.
func better(a, b Match) int {
	if a.Score != b.Score {
		return cmp.Compare(b.Score, a.Score)
	}
	return cmp.Or(cmp.Compare(a.Term.Tier, b.Term.Tier),
		strings.Compare(a.Term.Name.EN, b.Term.Name.EN), strings.Compare(a.Term.ID, b.Term.ID))
}

// sortMatches sorts matches in place, best first, and returns them.
func sortMatches(found []Match) []Match {
	slices.SortStableFunc(found, better)
	return found
}

// hasAnswer reports whether any match is an answer.
func hasAnswer(found []Match) bool {
	return slices.ContainsFunc(found, func(m Match) bool { return m.Score >= AnswerThreshold })
}

// keepBest adds a match to found. If found already contains a match for the same term, it keeps
// the match with the higher score.
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
