package search

import (
	"slices"

	"k8sbot/glossary/fold"
)

// specificMention is the score from which what a sentence names is not a common word.
const specificMention = 0.45

// combine answers a query with what the stages find; try runs one of them. It holds every
// rule by which one stage beats another:
//
//   - What is named ends the search. A name in a question is as sure as any other.
//   - The beginning of a name and a typo are both tried, and each makes the other
//     doubtful.
//   - What is sure ends the search too.
//   - What begins a name is not made of initials.
//   - Who describes a word does not ask for what the description names.
//   - What begins a name or nearly is one, and is a single word, is not a description.
//     What is named in a sentence beats what is described by it.
//   - Either all matches are answers, or all are suggestions.
func combine(q *query, try func(stage) []Match) []Match {
	var found, prefixes []Match
	mentioned := 0.0 // the best score of what a sentence names
	for _, s := range stages {
		if hasAnswer(found) {
			break
		}
		switch s.name {
		case "name", "phonetic", "compound":
			if s.part == core && q.core() == q.text {
				continue
			}
			named := try(s)
			if named == nil {
				continue
			}
			for i := range named {
				if s.part == core {
					named[i].How, named[i].Score = Question, scoreQuestion
				}
			}
			return sortMatches(named)
		case "prefix":
			if fold.Key(q.core()) == "" {
				return nil
			}
			prefixes = try(s)
		case "typo":
			typos := try(s)
			demoteAmbiguous(prefixes, typos)
			for _, m := range append(prefixes, typos...) {
				found = keepBest(found, m)
			}
		case "initials":
			if len(prefixes) > 0 {
				continue
			}
			for _, m := range try(s) {
				found = keepBest(found, m)
			}
		case "sentence":
			for _, m := range try(s) {
				if q.isDescription() {
					m.Score, m.How = min(m.Score, specificMention)*0.9, Scanned
				}
				mentioned = max(mentioned, m.Score)
				found = keepBest(found, m)
			}
		case "meaning":
			if len(found) > 0 && len(fold.Tokens(q.core())) <= 1 {
				continue
			}
			for _, m := range try(s) {
				if mentioned >= specificMention {
					m.Score *= mentioned / scoreMeaning * 0.95
				}
				found = keepBest(found, m)
			}
		default:
			panic("search: combine has no rule for the stage " + s.name)
		}
	}
	least := suggestThreshold
	if hasAnswer(found) {
		least = AnswerThreshold
	}
	return slices.DeleteFunc(sortMatches(found), func(m Match) bool { return m.Score < least })
}

// demoteAmbiguous lowers prefix and typo matches to suggestions when both apply: the text
// may be cut short (containerc, of ContainerCreating) or misspelt (kubelete, for
// kubelet). The beginning of a name is the likelier, that of an alias is not.
func demoteAmbiguous(prefixes, typos []Match) {
	if len(prefixes) == 0 || !slices.ContainsFunc(typos, func(m Match) bool { return m.Term != prefixes[0].Term }) {
		return
	}
	first := slices.MinFunc(prefixes, better).Score
	for i := range prefixes {
		prefixes[i].Score = min(prefixes[i].Score, scoreSuggest)
	}
	for i := range typos {
		typos[i].Score = min(typos[i].Score, scoreSuggest)
		if first >= scorePrefixLow {
			typos[i].Score *= scorePrefixLow / scoreSuggest * 0.9
		}
	}
}
