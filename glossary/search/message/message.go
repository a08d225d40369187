// Package message finds terms by the messages that programs print.
package message

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/sorted"
	"k8sbot/glossary/template"
)

// An Index finds the terms with a message template that contains consecutive words of a query,
// such as "why do I get Multi-Attach error for volume pvc-123". It looks up each run of
// runLength words. A slot in a template ends a run, because a query contains a value in its
// place.
type Index struct {
	terms []*glossary.Term
	*Templates
}

// Templates are the literal texts of message templates. They are read where they are: the binary
// embeds those of the built-in terms.
type Templates struct {
	Terms sorted.Numbers  // for each template, the index of its term
	Words sorted.Numbers  // for each template, its number of words
	Runs  sorted.Multimap // templates, keyed by the hash of a run of words
	Whole sorted.Multimap // templates, keyed by the hash of all their words
}

const (
	// runLength is the number of consecutive words that are used to look up a message. Two words
	// occur in too many messages.
	runLength = 3
	// minRun is the minimum number of consecutive words of a message in a query that also
	// contains other words. These words must also be at least half of the message.
	minRun = 4
	// minContent is the minimum number of content words in a run, such as Multi-Attach, error and
	// volume, if the run is a small part of a query: people also write "is still attached to".
	minContent = 3
	// smallPart is the part of a query, as a divisor, below which a run is small.
	smallPart = 3
	// maxTerms is the maximum number of terms for which a run of words is meaningful: "does not
	// exist" is in the messages of too many terms.
	maxTerms = 3
)

// New returns an Index of the messages that the given terms have. templates is the result of
// TemplatesOf.
func New(terms []*glossary.Term, templates *Templates) *Index { return &Index{terms, templates} }

// TemplatesOf returns the templates of terms.
func TemplatesOf(terms []*glossary.Term) *Templates {
	var b builder
	for i, t := range terms {
		for _, s := range t.Seen {
			// Text that counts only within another message has a different meaning on its own.
			if s.Text != "" && len(s.Within) == 0 {
				b.add(i, s.Text)
			}
		}
	}
	return &Templates{sorted.NumbersOf(b.terms), sorted.NumbersOf(b.words), sorted.MultimapOf(b.runs), sorted.MultimapOf(b.whole)}
}

type builder struct {
	terms, words []uint32
	runs, whole  []sorted.Pair
}

func (b *builder) add(term int, text string) {
	parts, err := template.Parse(text)
	if err != nil {
		return // reported by lint
	}
	at := uint32(len(b.terms))
	var all, words []string // all words, and those since the last slot
	seen := make(map[uint32]bool)
	for _, p := range parts {
		if p.Slot != "" {
			if !countable[p.Type] {
				words = nil
			}
			continue
		}
		for _, w := range wordsOf(p.Literal) {
			all = append(all, w)
			if words = append(words, w); len(words) < runLength {
				continue
			}
			if run := sorted.Hash(words[len(words)-runLength:]...); !seen[run] {
				seen[run] = true
				b.runs = append(b.runs, sorted.Pair{Key: run, Value: at})
			}
		}
	}
	b.whole = append(b.whole, sorted.Pair{Key: sorted.Hash(strings.Join(all, "")), Value: at})
	b.terms = append(b.terms, uint32(term))
	b.words = append(b.words, uint32(len(all)))
}

// countable contains the types of slots that match numbers. Numbers are not words, and wordsOf
// drops the numbers in a query.
var countable = map[string]bool{"number": true, "duration": true, "exit_code": true}

// wordsOf returns the words in text in lower case, without numbers and durations.
func wordsOf(text string) []string {
	var words []string
	var buf [32]fold.Span
	for _, s := range fold.AppendSpans(buf[:0], text) {
		if w := strings.ToLower(text[s.Start:s.End]); strings.Trim(w, "0123456789") != "" && !fold.IsAge(w) {
			words = append(words, w)
		}
	}
	return words
}

// Find returns the terms with a message that contains consecutive words of the query. whole
// reports whether the query contains no other words. Find returns no terms if the messages of too
// many terms contain the words, or if they are ordinary words in a long sentence.
func (x *Index) Find(query string) (terms []*glossary.Term, whole bool) {
	words := wordsOf(query)
	if len(words) < 2 || fold.HasJapanese(query) && len(words) < minRun {
		return nil, false
	}
	if list := slices.Collect(x.Whole.Find(sorted.Hash(strings.Join(words, "")))); len(list) > 0 && !fold.HasJapanese(query) {
		return x.shortest(list), true
	}
	// row is the number of consecutive words that end with the current run, by template.
	var row map[int]int
	longest, end := 0, 0 // the longest row, and the word after it
	var best []int
	for i := 0; i+runLength <= len(words); i++ {
		var next map[int]int
		for t := range x.Runs.Find(sorted.Hash(words[i : i+runLength]...)) {
			if next == nil {
				next = make(map[int]int)
			}
			next[t] = max(row[t]+1, runLength)
			if next[t] > longest {
				longest, end, best = next[t], i+runLength, nil
			}
			if next[t] == longest {
				best = append(best, t)
			}
		}
		row = next
	}
	switch {
	case longest == len(words) && !fold.HasJapanese(query):
		return x.shortest(best), true
	case longest >= minRun && (smallPart*longest >= len(words) || contentWords(words[end-longest:end]) >= minContent):
		best = slices.DeleteFunc(best, func(t int) bool { return 2*longest < x.words(t) })
		return x.shortest(best), false
	}
	return nil, false
}

// contentWords returns the number of words that are not stop words.
func contentWords(words []string) int {
	n := 0
	for _, w := range words {
		if !fold.IsStopWord(w) {
			n++
		}
	}
	return n
}

// talk contains words that a person writes around a message, but that programs do not print.
var talk = map[string]bool{
	"how": true, "why": true, "what": true, "when": true, "where": true, "who": true, "which": true, "i": true, "i'm": true, "my": true,
	"me": true, "we": true, "our": true, "us": true, "anyone": true, "anybody": true, "please": true, "help": true, "fix": true, "mean": true, "means": true,
}

// maxLead is the maximum number of words that a program prints before a message, such as "error:".
const maxLead = 1

// IsQuote reports whether text is a message that a program printed, with values in its slots and
// perhaps a cause after it, and contains no words of a person.
func (x *Index) IsQuote(text string) bool {
	words := wordsOf(text)
	if len(words) < 2 || fold.HasJapanese(text) || strings.Contains(text, "?") || slices.ContainsFunc(words, func(w string) bool { return talk[w] }) {
		return false
	}
	for range x.Whole.Find(sorted.Hash(strings.Join(words, ""))) {
		return true
	}
	for i := 0; i <= maxLead && i+runLength <= len(words); i++ {
		for range x.Runs.Find(sorted.Hash(words[i : i+runLength]...)) {
			return true
		}
	}
	return false
}

// words returns the number of words in a template.
func (x *Index) words(template int) int { return x.Words.At(template) }

// shortest returns the terms of the templates with the shortest text, or nil if there are more than
// maxTerms.
func (x *Index) shortest(list []int) []*glossary.Term {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b int) int { return x.words(a) - x.words(b) })
	var found []*glossary.Term
	for _, t := range list {
		if len(found) > 0 && x.words(t) > x.words(list[0]) {
			break
		}
		if term := x.terms[x.Terms.At(t)]; !slices.Contains(found, term) {
			found = append(found, term)
		}
	}
	if len(found) > maxTerms {
		return nil
	}
	return found
}
