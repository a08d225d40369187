// Package document splits the texts of a term into tokens, so that descriptions find the term.
package document

import (
	"slices"
	"strings"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search/token"
)

// The weights of a term's fields. The names count most, and the long texts count least.
const (
	weightName       = 5
	weightAlias      = 3
	weightSummary    = 3
	weightParaphrase = 4
	weightLong       = 0.5
)

// A field is one of a term's texts, with its weight. If isLines is set, each line of the field is a
// separate sentence, which is also ranked on its own.
type field struct {
	text    string
	weight  float32
	isLines bool
}

// fieldsOf returns the fields that say what a term is.
func fieldsOf(t *glossary.Term) []field {
	paraphrases := t.Paraphrases.Text()
	fields := []field{
		{t.Name.EN, weightName, true}, {t.Name.JA, weightName, true}, {t.StandsFor, weightName, true},
		{mark.Strip(t.Summary.EN), weightSummary, true}, {mark.Strip(t.Summary.JA), weightSummary, true},
		{paraphrases.EN, weightParaphrase, true}, {paraphrases.JA, weightParaphrase, true},
	}
	for _, names := range [][]string{t.Aliases, t.Shares} {
		for _, name := range names {
			fields = append(fields, field{name, weightAlias, true})
		}
	}
	return fields
}

// longFieldsOf returns the long fields, which also mention many other things. Searching in
// these fields makes the results worse, but the fields show which words belong together.
func longFieldsOf(t *glossary.Term) []field {
	meaning := t.Meaning.Text()
	fields := []field{{mark.Strip(meaning.EN), weightLong, false}, {mark.Strip(meaning.JA), weightLong, false}}
	for _, cause := range t.Causes {
		fields = append(fields, field{mark.Strip(cause.EN), weightLong, false}, field{mark.Strip(cause.JA), weightLong, false})
	}
	return fields
}

// A Document contains the tokens of a term.
type Document struct {
	Tokens      []Token   // each once
	Length      float32   // the sum of their weights
	Lines       [][]int32 // the tokens of each line, as indexes into Tokens, sorted by token, with repetitions
	LineWeights []float32 // the weights of the lines' fields
}

// A Token is a token of a document. Its weight is the sum of its fields' weights.
type Token struct {
	Token  string
	Weight float32
}

// Of returns the document of a term, without its long texts.
func Of(t *glossary.Term) Document { return documentOf(fieldsOf(t)) }

// Whole returns the document of a term with its long texts.
func Whole(t *glossary.Term) Document { return documentOf(append(fieldsOf(t), longFieldsOf(t)...)) }

// A builder holds the memory in which a document is built. Most documents fit into the memory that
// the previous document needed.
type builder struct {
	indexes map[string]int32 // maps each token to its index in tokens
	tokens  []Token
	words   []string // words of one line
	refs    []int32  // the tokens of all lines
	ends    []int    // ends of the lines, in refs
}

var builders = sync.Pool{New: func() any { return &builder{indexes: make(map[string]int32)} }}

func documentOf(fields []field) Document {
	b := builders.Get().(*builder)
	defer builders.Put(b)
	clear(b.indexes)
	b.tokens, b.refs, b.ends = b.tokens[:0], b.refs[:0], b.ends[:0]
	var d Document
	for _, f := range fields {
		for text := range strings.Lines(f.text) {
			b.words = token.Append(b.words[:0], text)
			d.Length += f.weight * float32(len(b.words))
			if f.isLines {
				slices.Sort(b.words)
			}
			for _, w := range b.words {
				at, ok := b.indexes[w]
				if !ok {
					at = int32(len(b.tokens))
					b.indexes[w] = at
					b.tokens = append(b.tokens, Token{Token: w})
				}
				b.tokens[at].Weight += f.weight
				if f.isLines {
					b.refs = append(b.refs, at)
				}
			}
			if f.isLines && len(b.words) > 0 {
				b.ends = append(b.ends, len(b.refs))
				d.LineWeights = append(d.LineWeights, f.weight)
			}
		}
	}
	d.Tokens = slices.Clone(b.tokens)
	refs, start := slices.Clone(b.refs), 0
	d.Lines = make([][]int32, len(b.ends))
	for i, end := range b.ends {
		d.Lines[i], start = refs[start:end], end
	}
	return d
}
