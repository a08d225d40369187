// Package document splits a term into the tokens by which descriptions of it are found.
package document

import (
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search/token"
)

// The weights of the fields of a term. The name counts most, and the summary counts more
// than the rest.
const (
	weightName       = 5
	weightAlias      = 3
	weightSummary    = 3
	weightParaphrase = 4
	weightMeaning    = 0.5
	weightOther      = 0.5
)

// A field is a text of a term with its weight. Each line of a field that is a sentence of
// its own is also ranked alone.
type field struct {
	text    string
	weight  float32
	isLines bool
}

func fieldsOf(t *glossary.Term) []field {
	fields := []field{
		{t.Name.EN, weightName, true}, {t.Name.JA, weightName, true}, {t.StandsFor, weightName, true},
		{mark.Strip(t.Summary.EN), weightSummary, true}, {mark.Strip(t.Summary.JA), weightSummary, true},
		{t.Paraphrases.EN, weightParaphrase, true}, {t.Paraphrases.JA, weightParaphrase, true},
		{mark.Strip(t.Meaning.EN), weightMeaning, false}, {mark.Strip(t.Meaning.JA), weightMeaning, false},
	}
	for _, names := range [][]string{t.Aliases, t.Shares} {
		for _, name := range names {
			fields = append(fields, field{name, weightAlias, true})
		}
	}
	for _, cause := range t.Causes {
		fields = append(fields, field{mark.Strip(cause.EN), weightOther, false}, field{mark.Strip(cause.JA), weightOther, false})
	}
	return fields
}

// A Document has the tokens of a term.
type Document struct {
	Tokens []Token // each once
	Length float32 // the sum of their weights
	Lines  [][]int // the tokens of each line, as indexes in Tokens, sorted by token
}

// A Token is a token of a document with the sum of the weights of its fields.
type Token struct {
	Token  string
	Weight float32
}

// scratch is memory that Of uses again and again. A program that has just started has to wait
// for new memory.
type scratch struct {
	index  map[string]int // of a token in all
	all    []Token
	tokens []string // of a line
}

var scratches = sync.Pool{New: func() any { return &scratch{index: make(map[string]int)} }}

// Of returns the document of a term.
func Of(t *glossary.Term) Document {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	clear(s.index)
	s.all = s.all[:0]
	var d Document
	for _, f := range fieldsOf(t) {
		for text := range strings.Lines(f.text) {
			s.tokens = token.Append(s.tokens[:0], text)
			for _, w := range s.tokens {
				at, ok := s.index[w]
				if !ok {
					at = len(s.all)
					s.index[w] = at
					s.all = append(s.all, Token{Token: w})
				}
				s.all[at].Weight += f.weight
				d.Length += f.weight
			}
			if f.isLines && len(s.tokens) > 0 {
				d.Lines = append(d.Lines, s.line())
			}
		}
	}
	d.Tokens = slices.Clone(s.all)
	return d
}

// line returns the indexes of the tokens, each once, sorted by token.
func (s *scratch) line() []int {
	slices.Sort(s.tokens)
	tokens := slices.Compact(s.tokens)
	line := make([]int, len(tokens))
	for i, w := range tokens {
		line[i] = s.index[w]
	}
	return line
}
