package lint

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// collectSummaries returns the digests of all terms, in the order of their IDs.
func (l *linter) collectSummaries() []summaryWords {
	var all []summaryWords
	for _, s := range l.byID {
		d := summaryWords{subject: s, words: make(map[glossary.Lang][]string)}
		for _, lang := range glossary.Langs {
			w := fold.Tokens(s.term.Summary.In(lang))
			slices.Sort(w)
			d.words[lang] = slices.Compact(w)
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b summaryWords) int { return strings.Compare(a.subject.term.ID, b.subject.term.ID) })
	return all
}

// maxSimilarity is the share of their words that the summaries of two terms may have in
// common. Above it, either they are one term, or one of them does not say what sets
// it apart.
const maxSimilarity = 0.85

// minCompared is the number of words from which summaries are compared.
const minCompared = 4

// ruleDistinct sees to it that no two terms say nearly the same.
func ruleDistinct(l *linter, s *subject) {
	var own summaryWords
	for _, d := range l.summaries() {
		if d.subject == s {
			own = d
		}
	}
	for _, d := range l.summaries() {
		// Of two terms of a tree the later in the alphabet reports.
		if d.subject == s || d.subject.file != nil && d.subject.term.ID > s.term.ID {
			continue
		}
		for _, lang := range glossary.Langs {
			a, b := own.words[lang], d.words[lang]
			if len(a) < minCompared || len(b) < minCompared {
				continue
			}
			if n := common(a, b); float64(n) > maxSimilarity*float64(len(a)+len(b)-n) {
				s.reportAt("summary."+string(lang), "says nearly what that of %s does: say what sets the two apart, or make them one term", d.subject.term.ID)
			}
		}
	}
}

// common returns the number of words that two sorted lists have in common.
func common(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			n++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return n
}
