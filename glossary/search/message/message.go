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

// An Index finds the terms whose templates of messages have words of a query in a
// row: "why do I get Multi-Attach error for volume pvc-123". It looks up each run of runLength
// words. A slot of a template ends a run, as the value that stands there would.
type Index struct {
	templates []literal
	runs      map[uint64][]int32 // templates by a run of words
	whole     map[string][]int32 // templates by the key of all words, for those of few words
	seed      maphash.Seed
}

// A literal is the literal text of a template.
type literal struct {
	term  *glossary.Term
	words int
}

const (
	// runLength is the number of words of a message by which it is looked up. Two words
	// in a row are in too many messages.
	runLength = 3
	// minRun is the number of words in a row from which a query is about a message even
	// if it has other words, if they are half of those of the message.
	minRun = 4
	// maxTerms is the number of terms up to which a run of words says something:
	// "does not exist" is in the messages of many.
	maxTerms = 3
)

// New returns an Index of the messages of the terms.
func New(terms []*glossary.Term) *Index {
	x := &Index{runs: make(map[uint64][]int32, 16_000), whole: make(map[string][]int32, 3_000), seed: maphash.MakeSeed()}
	for _, t := range terms {
		for _, s := range t.Seen {
			// What counts only within another message is not what it means alone.
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
	var words []string // in a row
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

// countable are the types of slots that hold numbers. These are not words: those of a query
// are left out.
var countable = map[string]bool{"number": true, "duration": true, "exit_code": true}

// wordsOf returns the words of a text in lower case, without numbers and durations.
func wordsOf(text string) []string {
	var words []string
	for _, s := range fold.Spans(text) {
		if w := strings.ToLower(text[s.Start:s.End]); strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			words = append(words, w)
		}
	}
	return words
}

// run returns the hash of words.
func (x *Index) run(words []string) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	for _, w := range words {
		_, _ = h.WriteString(w)
		_ = h.WriteByte(' ')
	}
	return h.Sum64()
}

// Find returns the terms whose messages have the words of the query in a row, and whether
// these are all words of the query. It returns no terms if the words are in the messages of
// many.
func (x *Index) Find(query string) (terms []*glossary.Term, whole bool) {
	words := wordsOf(query)
	if len(words) < 2 || fold.HasJapanese(query) && len(words) < minRun {
		return nil, false
	}
	if list := x.whole[strings.Join(words, "")]; len(list) > 0 && !fold.HasJapanese(query) {
		return x.terms(list), true
	}
	// row is how many words in a row end at the current run, by template.
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

// terms returns the terms of the templates with the shortest text, or none if they are many.
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
