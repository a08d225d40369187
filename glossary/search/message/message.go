// Package message finds terms by the messages that programs print.
package message

import (
	"hash/maphash"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/template"
)

// An Index finds the terms with a message template that contains consecutive words of a query,
// such as "why do I get Multi-Attach error for volume pvc-123". It looks up each run of
// runLength words. A slot in a template ends a run, because a query contains a value in its
// place.
type Index struct {
	templates []literal
	runs      map[uint64][]int32 // templates, keyed by the hash of a run of words
	whole     map[string][]int32 // short templates, keyed by all their words
	seed      maphash.Seed
}

// A literal is the literal text of a template.
type literal struct {
	term  *glossary.Term
	words int
}

const (
	// runLength is the number of consecutive words that are used to look up a message. Two words
	// occur in too many messages.
	runLength = 3
	// minRun is the minimum number of consecutive words of a message in a query that also
	// contains other words. These words must also be at least half of the message.
	minRun = 4
	// maxTerms is the maximum number of terms for which a run of words is meaningful: "does not
	// exist" is in the messages of too many terms.
	maxTerms = 3
)

// New returns an Index of the messages that the given terms have.
func New(terms []*glossary.Term) *Index {
	x := &Index{runs: make(map[uint64][]int32, 16_000), whole: make(map[string][]int32, 3_000), seed: maphash.MakeSeed()}
	for _, t := range terms {
		for _, s := range t.Seen {
			// Text that counts only within another message has a different meaning on its own.
			if s.Text != "" && len(s.Within) == 0 {
				x.add(t, s.Text)
			}
		}
	}
	return x
}

func (x *Index) add(t *glossary.Term, text string) {
	parts, err := template.Parse(text)
	if err != nil {
		return // reported by lint
	}
	at := int32(len(x.templates))
	n := 0
	var all strings.Builder
	var words []string // consecutive words
	for _, p := range parts {
		if p.Slot != "" {
			if !countable[p.Type] {
				words = words[:0]
			}
			continue
		}
		for _, w := range wordsOf(p.Literal) {
			n++
			all.WriteString(w)
			if words = append(words, w); len(words) < runLength {
				continue
			}
			run := x.run(words[len(words)-runLength:])
			if list := x.runs[run]; len(list) == 0 || list[len(list)-1] != at {
				x.runs[run] = append(list, at)
			}
		}
	}
	x.whole[all.String()] = append(x.whole[all.String()], at)
	x.templates = append(x.templates, literal{t, n})
}

// countable contains the types of slots that match numbers. Numbers are not words, and wordsOf
// drops the numbers in a query.
var countable = map[string]bool{"number": true, "duration": true, "exit_code": true}

// wordsOf returns the words in text in lower case, without numbers and durations.
func wordsOf(text string) []string {
	var words []string
	for _, s := range fold.Spans(text) {
		if w := strings.ToLower(text[s.Start:s.End]); strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			words = append(words, w)
		}
	}
	return words
}

// run returns the hash of a run of words.
func (x *Index) run(words []string) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	for _, w := range words {
		_, _ = h.WriteString(w)
		_ = h.WriteByte(' ')
	}
	return h.Sum64()
}

// Find returns the terms with a message that contains consecutive words of the query. whole
// reports whether the query contains no other words. Find returns no terms if the messages of too
// many terms contain the words.
func (x *Index) Find(query string) (terms []*glossary.Term, whole bool) {
	words := wordsOf(query)
	if len(words) < 2 || fold.HasJapanese(query) && len(words) < minRun {
		return nil, false
	}
	if list := x.whole[strings.Join(words, "")]; len(list) > 0 && !fold.HasJapanese(query) {
		return x.terms(list), true
	}
	// row is the number of consecutive words that end with the current run, by template.
	row, longest := make(map[int32]int), 0
	var best []int32
	for i := 0; i+runLength <= len(words); i++ {
		next := make(map[int32]int)
		for _, t := range x.runs[x.run(words[i:i+runLength])] {
			next[t] = max(row[t]+1, runLength)
			if next[t] > longest {
				longest, best = next[t], nil
			}
			if next[t] == longest {
				best = append(best, t)
			}
		}
		row = next
	}
	switch {
	case longest == len(words) && !fold.HasJapanese(query):
		return x.terms(best), true
	case longest >= minRun:
		best = slices.DeleteFunc(best, func(t int32) bool { return 2*longest < x.templates[t].words })
		return x.terms(best), false
	}
	return nil, false
}

// terms returns the terms of the templates with the shortest text, or nil if there are more than
// maxTerms.
func (x *Index) terms(list []int32) []*glossary.Term {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b int32) int { return x.templates[a].words - x.templates[b].words })
	var found []*glossary.Term
	for _, t := range list {
		if len(found) > 0 && x.templates[t].words > x.templates[list[0]].words {
			break
		}
		if term := x.templates[t].term; !slices.Contains(found, term) {
			found = append(found, term)
		}
	}
	if len(found) > maxTerms {
		return nil
	}
	return found
}
