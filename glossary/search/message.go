package search

import (
	"hash/maphash"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/template"
)

// A messageIndex finds the terms whose templates of messages have words of a query in a
// row: "why do I get Multi-Attach error for volume pvc-123". It looks up each run of runLength
// words. A slot of a template ends a run, as the value that stands there would.
type messageIndex struct {
	templates []messageTemplate
	runs      map[uint64][]int32 // templates by a run of words
	whole     map[string][]int32 // templates by the key of all words, for those of few words
	seed      maphash.Seed
}

// A messageTemplate is the literal text of a template.
type messageTemplate struct {
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
	// maxMessageTerms is the number of terms up to which a run of words says something:
	// "does not exist" is in the messages of many.
	maxMessageTerms = 3
)

func newMessageIndex(terms []*glossary.Term) *messageIndex {
	x := &messageIndex{runs: make(map[uint64][]int32, 16_000), whole: make(map[string][]int32, 3_000), seed: maphash.MakeSeed()}
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

func (x *messageIndex) add(t *glossary.Term, text string) {
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
		for _, w := range messageWords(p.Literal) {
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
	x.templates = append(x.templates, messageTemplate{t, n})
}

// countable are the types of slots that hold numbers. These are not words: those of a query
// are left out.
var countable = map[string]bool{"number": true, "duration": true, "exit_code": true}

// messageWords returns the words of a text in lower case, without numbers and durations.
func messageWords(text string) []string {
	var words []string
	for _, s := range fold.Spans(text) {
		if w := strings.ToLower(text[s.Start:s.End]); strings.Trim(w, "0123456789") != "" && !age.MatchString(w) {
			words = append(words, w)
		}
	}
	return words
}

// run returns the hash of words.
func (x *messageIndex) run(words []string) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	for _, w := range words {
		_, _ = h.WriteString(w)
		_ = h.WriteByte(' ')
	}
	return h.Sum64()
}

// find returns the terms whose messages have the words of the query in a row. If that are
// all words of the query, the score is that of a folded alias.
func (x *messageIndex) find(query string) []Match {
	words := messageWords(query)
	if len(words) < 2 || fold.HasJapanese(query) && len(words) < minRun {
		return nil
	}
	if list := x.whole[strings.Join(words, "")]; len(list) > 0 && !fold.HasJapanese(query) {
		return x.matches(list, scoreFolded, Folded)
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
		return x.matches(best, scoreFolded, Folded)
	case longest >= minRun:
		best = slices.DeleteFunc(best, func(t int32) bool { return 2*longest < x.templates[t].words })
		return x.matches(best, scoreSentence, Scanned)
	}
	return nil
}

// matches returns the terms of templates, those with the shortest text first, as far as they
// are few. If the shortest is that of one term, it is the only one.
func (x *messageIndex) matches(list []int32, score float64, how MatchKind) []Match {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b int32) int { return x.templates[a].words - x.templates[b].words })
	var found []Match
	for _, t := range list {
		if len(found) > 0 && x.templates[t].words > x.templates[list[0]].words {
			break
		}
		found = keepBest(found, Match{x.templates[t].term, score, how})
	}
	if len(found) > maxMessageTerms {
		return nil
	}
	return found
}
