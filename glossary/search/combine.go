package search

import (
	"slices"
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/token"
)

// maxAcronym is the maximum length in bytes of a query, such as np, that is tried as initials
// even if it is a prefix.
const maxAcronym = 4

// besideTypo is a factor for the score of a description beside a misspelled name.
const besideTypo = 0.95

// combine runs the stages on a query and merges their results. try runs one stage. These are the
// rules for combining stages:
//
//   - A match by name, sound or parts ends the search, and so does a match for the subject of a
//     question.
//   - The question is tried as a request for a task before its subject is looked up.
//   - If the query contains consecutive words of a message, the answer is that message and not
//     a name among those words.
//   - An object with its kind, or a command with a kind, ends the search.
//   - A name that is known not to be a term is not tried as a prefix, misspelling or initials, and
//     neither are two names that are compared.
//   - Prefix and typo are both tried. If both match, each makes the other ambiguous.
//   - Any other answer ends the search, too.
//   - A query that has matched as a prefix is not tried as initials, unless it is short.
//   - A single word that has matched is not tried as a description.
//   - A likely misspelling of a short name is an answer if nothing else is similar.
//   - Either all matches are answers, or all are suggestions.
func combine(q *query, try func(stage) []Match) []Match {
	var found, prefixes []Match
	other := false // the query is a name that is not a term
	pair := question.IsVersus(q.text)
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
					named[i].Kind, named[i].Score = Question, scoreQuestion
				}
			}
			return sortMatches(named)
		case "task":
			if found = try(s); pair && len(found) > 0 && found[0].Score < scoreMaybeAsked {
				found = nil // a comparison is not a task
			}
		case "message":
			if fold.Key(q.core()) == "" {
				return nil
			}
			for _, m := range try(s) {
				found = keepBest(found, m)
			}
		case "object":
			if objects := try(s); len(objects) > 0 {
				return sortMatches(append(found, objects...))
			}
			other = guard.IsOther(q.core())
		case "prefix":
			if !other && !pair {
				prefixes = try(s)
			}
		case "typo":
			if other || pair {
				continue
			}
			typos := try(s)
			demoteAmbiguous(prefixes, typos)
			for _, m := range append(prefixes, typos...) {
				found = keepBest(found, m)
			}
		case "initials":
			if len(prefixes) > 0 && len(q.core()) > maxAcronym || other || pair {
				continue
			}
			for _, m := range try(s) {
				found = keepBest(found, m)
			}
		case "evidence":
			if len(found) > 0 && !found[0].Term.IsTask() && len(token.Of(q.core())) <= 1 {
				continue
			}
			for _, m := range try(s) {
				switch {
				case len(found) == 0:
				case m.Kind == Scanned && found[0].Kind == Typo: // the query misspells more than the name in it
					m.Score = min(m.Score, found[0].Score*besideTypo)
				}
				if other || len(prefixes) > 0 || len(found) > 0 && found[0].Term.IsTask() && found[0].Score >= scoreMaybeAsked {
					m.Score = min(m.Score, scoreSuggest)
				}
				found = keepBest(found, m)
			}
		default:
			panic("search: combine has no rule for the stage " + s.name)
		}
	}
	if len(found) > 0 && found[0].Score == clearSuggestion && found[0].Kind == Typo && !fold.IsEnglish(strings.ToLower(q.core())) &&
		!slices.ContainsFunc(sortMatches(found)[1:], func(m Match) bool { return m.Kind != Initials }) {
		found[0].Score = AnswerThreshold // a term with only the same initials is not similar
	}
	least := suggestThreshold
	if hasAnswer(found) {
		least = AnswerThreshold
	}
	return slices.DeleteFunc(sortMatches(found), func(m Match) bool { return m.Score < least })
}

// demoteAmbiguous lowers prefix and typo matches to suggestions if there are matches of both
// kinds, because the query may be truncated (containerc for ContainerCreating) or misspelled
// (kubelete for kubelet). A prefix of a name is more likely than a typo, but a prefix of an
// alias is not.
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
