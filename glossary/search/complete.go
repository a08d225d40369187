package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search/task"
)

// A completer collects the completions for what a person has typed.
type completer struct {
	names     *names
	initials  *initialsIndex
	summaries func() []summary
}

// complete implements [Index.Complete].
func (x *completer) complete(text string, limit int) []Match {
	text = strings.TrimSpace(fold.First(text, fold.MaxRunes))
	key := fold.Key(text)
	if key == "" || limit <= 0 {
		return nil
	}
	seen := make(map[*glossary.Term]bool)
	found := sortMatches(x.names.exact(text))
	for _, m := range found {
		seen[m.Term] = true
	}
	for _, find := range []func(key string) []Match{
		x.withPrefix, x.containing, x.bySummary, func(key string) []Match { return x.initials.find(key) },
	} {
		if len(found) >= limit {
			break
		}
		matches := find(key)
		slices.SortStableFunc(matches, func(a, b Match) int {
			return cmp.Or(cmp.Compare(a.Term.Tier, b.Term.Tier), better(a, b))
		})
		for _, m := range matches {
			if !seen[m.Term] {
				seen[m.Term] = true
				found = append(found, m)
			}
		}
	}
	return found[:min(limit, len(found))]
}

// withPrefix finds the terms with a name or alias that starts with the key. Shorter names get
// higher scores.
func (x *completer) withPrefix(key string) []Match {
	var found []Match
	i, _ := slices.BinarySearch(x.names.sortedKeys(), key)
	for _, k := range x.names.sortedKeys()[i:] {
		if !strings.HasPrefix(k, key) {
			break
		}
		found = x.addMatches(found, k, key, Prefix)
	}
	return found
}

// containing finds the terms with a name or alias that contains the key. It skips long aliases,
// because they are sentences that match too many keys.
func (x *completer) containing(key string) []Match {
	if utf8.RuneCountInString(key) < 2 {
		return nil
	}
	var found []Match
	for _, k := range x.names.sortedKeys() {
		if len(k) <= maxFuzzyKey && strings.Contains(k, key) {
			found = x.addMatches(found, k, key, Prefix)
		}
	}
	return found
}

// addMatches adds the terms with the given spelling to found. The more of the spelling the key
// covers, the higher the score.
func (x *completer) addMatches(found []Match, spelling, key string, kind MatchKind) []Match {
	for _, s := range x.names.keys[spelling] {
		found = keepBest(found, Match{s.Term, scoreSuggest * float64(len(key)) / float64(len(spelling)), kind})
	}
	return found
}

// bySummary finds the terms whose summary contains the key, in either language.
func (x *completer) bySummary(key string) []Match {
	if utf8.RuneCountInString(key) < 2 {
		return nil
	}
	var found []Match
	for _, s := range x.summaries() {
		if strings.Contains(s.text, key) {
			found = append(found, Match{s.term, suggestThreshold, Meaning})
		}
	}
	return found
}

// A summary is the folded summary of a term, in both languages.
type summary struct {
	term *glossary.Term
	text string
}

// foldSummaries returns the folded summaries of terms. A space separates the languages, since
// keys do not contain spaces.
func foldSummaries(terms []*glossary.Term) []summary {
	folded := make([]summary, len(terms))
	for i, t := range terms {
		folded[i] = summary{t, fold.Key(mark.Strip(t.Summary.Paragraph(glossary.English))) + " " + fold.Key(mark.Strip(t.Summary.Paragraph(glossary.Japanese)))}
	}
	return folded
}

// completeTasks appends tasks whose names contain the text to found, until there are limit
// completions.
func completeTasks(tasks *task.Index, found []Match, text string, limit int) []Match {
	for _, t := range tasks.Containing(text, limit-len(found)) {
		found = append(found, Match{t, suggestThreshold, Prefix})
	}
	return found
}
