package lint

import (
	"math"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// collectSummaries returns the words in all terms' summaries.
func (l *linter) collectSummaries() *summaryIndex {
	x := &summaryIndex{of: make(map[*subject]*summaryWords), rare: make(map[glossary.Lang]map[string][]*summaryWords)}
	for _, s := range l.byID {
		d := &summaryWords{subject: s, words: make(map[glossary.Lang][]string)}
		for _, lang := range glossary.Langs {
			w := fold.Tokens(s.term.Summary.Only(lang))
			slices.Sort(w)
			d.words[lang] = slices.Compact(w)
		}
		x.all = append(x.all, d)
		x.of[s] = d
	}
	slices.SortFunc(x.all, func(a, b *summaryWords) int { return strings.Compare(a.subject.term.ID, b.subject.term.ID) })
	for _, lang := range glossary.Langs {
		x.rare[lang] = make(map[string][]*summaryWords)
		for _, d := range x.all {
			for _, w := range beginning(d.words[lang]) {
				x.rare[lang][w] = append(x.rare[lang][w], d)
			}
		}
	}
	return x
}

// beginning returns the first words of a sorted list. It returns one word more than a similar
// list may lack, so the beginnings of two similar lists always share a word.
func beginning(words []string) []string {
	return words[:len(words)-int(math.Ceil(maxSimilarity*float64(len(words))))+min(1, len(words))]
}

// maxSimilarity is the maximum Jaccard similarity of the words of two summaries. If the
// similarity is higher, either both files explain the same term, or one of the summaries does
// not say what sets its term apart.
const maxSimilarity = 0.85

// minCompared is the minimum number of words in a summary that is compared with others.
const minCompared = 4

// ruleDistinct reports summaries that are nearly the same as the summary of another term.
func ruleDistinct(l *linter, s *subject) {
	x := l.summaries()
	own := x.of[s]
	if own == nil {
		return // another file has the same ID, which is reported elsewhere
	}
	for _, lang := range glossary.Langs {
		var near []*summaryWords
		for _, w := range beginning(own.words[lang]) {
			near = append(near, x.rare[lang][w]...)
		}
		slices.SortFunc(near, func(a, b *summaryWords) int { return strings.Compare(a.subject.term.ID, b.subject.term.ID) })
		for _, d := range slices.Compact(near) {
			// If both terms are in the tree, report the one with the later ID.
			if d.subject == s || d.subject.file != nil && d.subject.term.ID > s.term.ID {
				continue
			}
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
