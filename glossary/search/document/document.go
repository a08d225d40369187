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
	weightLong       = 0.5
)

// A field is a text of a term with its weight. Each line of a field that is a sentence of
// its own is also ranked alone.
type field struct {
	text    string
	weight  float32
	isLines bool
}

// fieldsOf returns the fields that say what a term is.
func fieldsOf(t *glossary.Term) []field {
	fields := []field{
		{t.Name.EN, weightName, true}, {t.Name.JA, weightName, true}, {t.StandsFor, weightName, true},
		{mark.Strip(t.Summary.EN), weightSummary, true}, {mark.Strip(t.Summary.JA), weightSummary, true},
		{t.Paraphrases.EN, weightParaphrase, true}, {t.Paraphrases.JA, weightParaphrase, true},
	}
	for _, names := range [][]string{t.Aliases, t.Shares} {
		for _, name := range names {
			fields = append(fields, field{name, weightAlias, true})
		}
	}
	return fields
}

// longFieldsOf returns the fields that mention much else. With them, descriptions and symptoms
// are found less often, but they do say which words belong together.
func longFieldsOf(t *glossary.Term) []field {
	fields := []field{{mark.Strip(t.Meaning.EN), weightLong, false}, {mark.Strip(t.Meaning.JA), weightLong, false}}
	for _, cause := range t.Causes {
		fields = append(fields, field{mark.Strip(cause.EN), weightLong, false}, field{mark.Strip(cause.JA), weightLong, false})
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

// tokenIndexes are empty maps for Of.
var tokenIndexes = sync.Pool{New: func() any { return make(map[string]int) }}

// Of returns the document of a term, without its long texts.
func Of(t *glossary.Term) Document { return documentOf(fieldsOf(t)) }

// Whole returns the document of a term with its long texts.
func Whole(t *glossary.Term) Document { return documentOf(append(fieldsOf(t), longFieldsOf(t)...)) }

func documentOf(fields []field) Document {
	d := Document{Tokens: make([]Token, 0, 200)}
	index := tokenIndexes.Get().(map[string]int) // in d.Tokens
	defer func() {
		clear(index)
		tokenIndexes.Put(index)
	}()
	for _, f := range fields {
		for text := range strings.Lines(f.text) {
			tokens := token.Of(text)
			for _, w := range tokens {
				at, ok := index[w]
				if !ok {
					at = len(d.Tokens)
					index[w] = at
					d.Tokens = append(d.Tokens, Token{Token: w})
				}
				d.Tokens[at].Weight += f.weight
				d.Length += f.weight
			}
			if f.isLines && len(tokens) > 0 {
				slices.Sort(tokens)
				tokens = slices.Compact(tokens)
				line := make([]int, len(tokens))
				for i, w := range tokens {
					line[i] = index[w]
				}
				d.Lines = append(d.Lines, line)
			}
		}
	}
	return d
}
