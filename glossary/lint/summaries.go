package lint

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// collectSummaries returns the words of the summaries of all terms, sorted by ID.
func (l *linter) collectSummaries() []summaryWords {
	var all []summaryWords
	for _, s := range l.byID {
		d := summaryWords{subject: s, words: make(map[glossary.Lang][]string)}
		for _, lang := range glossary.Langs {
			w := fold.Tokens(s.term.Summary.Only(lang))
			slices.Sort(w)
			d.words[lang] = slices.Compact(w)
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b summaryWords) int { return strings.Compare(a.subject.term.ID, b.subject.term.ID) })
	return all
}

// maxSimilarity is the maximum Jaccard similarity of the words of two summaries. Above it,
// either both files explain the same term, or one of them does not say what sets its term
// apart.
const maxSimilarity = 0.85

// minCompared is the minimum number of words of a summary that is compared.
const minCompared = 4

// ruleDistinct reports summaries that are nearly the same as the summary of another term.
func ruleDistinct(l *linter, s *subject) {
	var own summaryWords
	for _, d := range l.summaries() {
		if d.subject == s {
			own = d
		}
	}
	for _, d := range l.summaries() {
		// If both terms are in the tree, report the one with the later ID.
		if d.subject == s || d.subject.file != nil && d.subject.term.ID > s.term.ID {
			continue
		}
		for _, lang := range glossary.Langs {
			a, b := own.words[lang], d.words[lang]
			if len(a) < minCompared || len(b) < minCompared {
				continue
			}
			if n := common(a, b); float64(n) > maxSimilarity*float64(len(a)+len(b)-n) {
				s.reportAt("summary."+string(lang), "is nearly the same as the summary of %s: say what sets this term apart, or merge the two terms", d.subject.term.ID)
			}
		}
	}
}

// common returns the number of words that are in both sorted lists.
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
