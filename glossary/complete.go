package glossary

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"k8sbot/glossary/fold"
)

// Complete returns the terms that a person may be about to type, at most limit of
// them: those with a name or alias to the letter, then but for its fold, then
// those with one that begins with the text, then those with one that holds it,
// then those that are described with it, and last those that have its letters in
// their order. Within a rung the better known come first. It returns nil for a
// text without letters and digits.
func (g *Glossary) Complete(text string, limit int) []Match {
	text = strings.TrimSpace(fold.First(text, fold.MaxRunes))
	key := fold.Key(text)
	if key == "" || limit <= 0 {
		return nil
	}
	x := g.index
	var found []Match
	seen := make(map[*Term]bool)
	found = x.equal(text)
	slices.SortStableFunc(found, better)
	for _, m := range found {
		seen[m.Term] = true
	}
	for _, rung := range []func() []Match{
		func() []Match { return x.beginning(key) },
		func() []Match { return x.holding(key) },
		func() []Match { return x.described(key) },
		func() []Match { return x.letters().find(key) },
	} {
		if len(found) >= limit {
			break
		}
		matches := rung()
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

// beginning finds the terms with a name or alias that begins with the key, the
// shorter the better.
func (x *index) beginning(key string) []Match {
	var found []Match
	i, _ := slices.BinarySearch(x.sorted, key)
	for _, k := range x.sorted[i:] {
		if !strings.HasPrefix(k, key) {
			break
		}
		found = x.offer(found, k, key, Prefix)
	}
	return found
}

// holding finds the terms with a name or alias that holds the key, but for
// sentences, which hold too much.
func (x *index) holding(key string) []Match {
	if utf8.RuneCountInString(key) < 2 {
		return nil
	}
	var found []Match
	for _, k := range x.sorted {
		if len(k) <= maxFuzzyKey && strings.Contains(k, key) {
			found = x.offer(found, k, key, Prefix)
		}
	}
	return found
}

// offer adds the terms that have a spelling.
func (x *index) offer(found []Match, spelling, key string, how How) []Match {
	for _, s := range x.keys[spelling] {
		found = keepBest(found, Match{s.term, scoreSuggest * float64(len(key)) / float64(len(spelling)), how})
	}
	return found
}

// described finds the terms whose summary, in either language, holds the key.
func (x *index) described(key string) []Match {
	if utf8.RuneCountInString(key) < 2 {
		return nil
	}
	var found []Match
	for _, s := range x.summaries() {
		if strings.Contains(s.text, key) {
			found = append(found, Match{s.term, floor, Meaning})
		}
	}
	return found
}

// A summary is what a term's summary folds to, in both languages.
type summary struct {
	term *Term
	text string
}

// foldSummaries folds the summaries of terms. A blank, which no key holds, stands
// between the languages.
func foldSummaries(terms []*Term) []summary {
	folded := make([]summary, len(terms))
	for i, t := range terms {
		folded[i] = summary{t, fold.Key(t.Summary.Paragraph(English)) + " " + fold.Key(t.Summary.Paragraph(Japanese))}
	}
	return folded
}
