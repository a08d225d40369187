// Package inverted is an inverted index: it says which lines of which documents contain a token.
package inverted

import (
	"encoding/binary"
	"slices"

	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/sorted"
)

// An Index is a compact index, which is read where it is: the binary embeds the index of the
// built-in terms. Lines are numbered through all documents.
type Index struct {
	Tokens sorted.Strings
	// Lists contains a list for each token: the number of documents that contain the token, then
	// each line that contains it, as the distance from the line before, from -1 for the first. A
	// line that contains the token several times is repeated, with the distance 0. All are varints.
	Lists string
	Ends  sorted.Numbers // for each token, the end of its list in Lists
	// Weights has a byte for each line: the weight of its field.
	Weights string
	Lines   sorted.Numbers // for each document, the end of its lines
	Lengths sorted.Numbers // for each document, its length
}

// New returns the index of documents that consist of lines only.
func New(all []document.Document) *Index {
	type ref struct{ line, document int }
	refs := make(map[string][]ref)
	var weights []byte
	var lines, lengths []uint32
	for i, d := range all {
		for j, tokens := range d.Lines {
			for _, at := range tokens {
				w := d.Tokens[at].Token
				refs[w] = append(refs[w], ref{len(weights), i})
			}
			weights = append(weights, byte(d.LineWeights[j]))
		}
		lines = append(lines, uint32(len(weights)))
		lengths = append(lengths, uint32(d.Length))
	}
	tokens := make([]string, 0, len(refs))
	for w := range refs {
		tokens = append(tokens, w)
	}
	slices.Sort(tokens)
	var lists []byte
	var ends []uint32
	for _, w := range tokens {
		documents, last := 0, -1
		for _, r := range refs[w] {
			if r.document != last {
				documents++
			}
			last = r.document
		}
		lists = binary.AppendUvarint(lists, uint64(documents))
		before := -1
		for _, r := range refs[w] {
			lists = binary.AppendUvarint(lists, uint64(r.line-before))
			before = r.line
		}
		ends = append(ends, uint32(len(lists)))
	}
	return &Index{sorted.Of(tokens), string(lists), sorted.NumbersOf(ends), string(weights), sorted.NumbersOf(lines), sorted.NumbersOf(lengths)}
}

// Documents returns the number of documents.
func (x *Index) Documents() int { return x.Lengths.Len() }

// Len returns the number of lines.
func (x *Index) Len() int { return len(x.Weights) }

// Length returns the length of a document: the sum of the weights of all its tokens.
func (x *Index) Length(document int) float32 { return float32(x.Lengths.At(document)) }

// LinesOf returns the first line of a document, and the line after its last one.
func (x *Index) LinesOf(document int) (from, to int) {
	if document > 0 {
		from = x.Lines.At(document - 1)
	}
	return from, x.Lines.At(document)
}

// EachLine calls do for each line that contains token i.
func (x *Index) EachLine(i int, do func(line int32)) {
	var buf [512]int32 // few tokens are in more lines
	before := int32(-1)
	list := x.List(i)
	for _, line := range list.AppendLines(buf[:0]) {
		if line != before {
			do(line)
		}
		before = line
	}
}

// A List is the list of a token. The zero List is empty.
type List struct {
	Documents int // the number of documents that contain the token
	rest      string
}

// List returns the list of token i.
func (x *Index) List(i int) List {
	start := 0
	if i > 0 {
		start = x.Ends.At(i - 1)
	}
	l := List{rest: x.Lists[start:x.Ends.At(i)]}
	l.Documents = l.uvarint()
	return l
}

// AppendLines appends the lines that contain the token to lines. It repeats a line that contains the
// token several times.
func (l *List) AppendLines(lines []int32) []int32 {
	line, distance, shift := int32(-1), int32(0), 0
	for i := range len(l.rest) {
		b := l.rest[i]
		distance |= int32(b&0x7f) << shift
		if shift += 7; b < 0x80 {
			line += distance
			lines = append(lines, line)
			distance, shift = 0, 0
		}
	}
	return lines
}

// uvarint is like [binary.Uvarint], for a string.
func (l *List) uvarint() int {
	x := 0
	for i := range len(l.rest) {
		b := l.rest[i]
		x |= int(b&0x7f) << (7 * i)
		if b < 0x80 {
			l.rest = l.rest[i+1:]
			return x
		}
	}
	panic("inverted: the list is cut off")
}
