// Package bm25 ranks the documents of an inverted index for a query: by BM25F, which weights a token by
// its rarity and by the field that contains it (S. Robertson, H. Zaragoza, The Probabilistic Relevance
// Framework: BM25 and Beyond, 2009, https://doi.org/10.1561/1500000019), and by the line that is most
// similar to the query.
package bm25

import (
	"math"
	"slices"

	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/sorted"
)

// The parameters of BM25: K says how quickly repetitions of a token stop adding weight, and B says how
// much a document's length matters. 1.2 is the usual value of K. B is small because most documents
// have nearly the same length.
const (
	K = 1.2
	B = 0.4
)

// An Index ranks the documents of an inverted index. It is safe for concurrent use.
type Index struct {
	*inverted.Index
	tokens   *sorted.Table
	postings []posting // of all tokens, one token after another
	ends     []int32   // indexed by token: the end of its postings
	lines    []line
	free     chan *Scores
}

// A line of a document is a vector of tokens.
type line struct {
	document int32
	inverse  float32 // 1 divided by the length of the vector
}

// A posting is a document that contains a token. score is what the token adds to the BM25 score, for a
// weight of 1 in the query.
type posting struct {
	document int32
	score    float32
}

const (
	// minCommon is the minimum number of documents that contain a common token, such as pod. A third of
	// all documents must contain it, too. Lines are compared without it: it hardly tells them apart.
	minCommon = 300
	// maxDocuments is the number of documents that contain a token from which it is ignored.
	maxDocuments = 20_000
	// maxFree is the maximum number of Scores that an Index keeps, for concurrent searches.
	maxFree = 4
)

// New returns an index. It calls onDocument for each token of each document, with the token's weight,
// and onLine for each token of each line, in the order of the tokens.
func New(index *inverted.Index, onDocument func(token int, document int32, weight float32), onLine func(token int, line int32)) *Index {
	tokens := index.Tokens.Len()
	x := &Index{
		Index: index, tokens: sorted.NewTable(index.Tokens), ends: make([]int32, tokens), lines: make([]line, index.Len()), free: make(chan *Scores, maxFree),
	}
	for i := range index.Documents() {
		from, to := index.LinesOf(i)
		for line := from; line < to; line++ {
			x.lines[line].document = int32(i)
		}
	}
	size := 0
	for i := range tokens {
		size += index.List(i).Documents
	}
	x.postings = make([]posting, 0, size)
	norms := x.norms()
	var lines []int32 // that contain a token
	for i := range tokens {
		list := index.List(i)
		square := x.IDF(list.Documents) * x.IDF(list.Documents)
		if x.isCommon(list.Documents) {
			square = 0
		}
		end := func(document int32, weight float32) {
			if weight > 0 {
				x.postings = append(x.postings, posting{document, weight * (K + 1) / (weight + norms[document])})
				onDocument(i, document, weight)
			}
		}
		document, weight, before := int32(0), float32(0), int32(-1)
		lines = list.AppendLines(lines[:0])
		for _, number := range lines {
			line := &x.lines[number]
			if line.document != document {
				end(document, weight)
				document, weight = line.document, 0
			}
			weight += float32(index.Weights[number])
			if number != before {
				line.inverse += square // the square of the length, until all tokens are added
				onLine(i, number)
			}
			before = number
		}
		end(document, weight)
		x.ends[i] = int32(len(x.postings))
	}
	for i := range x.lines {
		x.lines[i].inverse = float32(1 / math.Sqrt(float64(x.lines[i].inverse)))
	}
	return x
}

// norms returns how much the length of each document matters, in units of weight.
func (x *Index) norms() []float32 {
	n, total := x.Documents(), float32(0)
	for i := range n {
		total += x.Length(i)
	}
	mean := max(1, total/float32(max(1, n)))
	norms := make([]float32, n)
	for i := range norms {
		norms[i] = K * (1 - B + B*x.Length(i)/mean)
	}
	return norms
}

// isCommon reports whether a token that n documents contain is common, see minCommon.
func (x *Index) isCommon(n int) bool { return n > max(minCommon, x.Documents()/3) }

// IDF returns the inverse document frequency of a token that n documents contain.
func (x *Index) IDF(n int) float32 {
	return float32(math.Log(1 + (float64(x.Documents())-float64(n)+0.5)/(float64(n)+0.5)))
}

// A Token is a token of a query.
type Token struct {
	IDF       float32
	Documents int // the number of documents that contain it
	number    int // in the index
	list      inverted.List
}

// Find returns a token, and its number in the index, or false if no document contains it.
func (x *Index) Find(token string) (t Token, number int, ok bool) {
	i, ok := x.tokens.Find(token)
	if !ok {
		return Token{IDF: x.IDF(0)}, 0, false
	}
	list := x.List(i)
	return Token{x.IDF(list.Documents), list.Documents, i, list}, i, true
}

// Scores say how similar the documents and a query are. They are as large as the index, so they are
// reused.
type Scores struct {
	Words    []float32  // indexed by document: the BM25 score
	Lines    []float32  // indexed by document: the cosine of the query and the nearest line, see SetLines
	Coverage []Coverage // indexed by document
	Touched  []int32    // the documents that contain a token

	index        *Index
	shared       []float32 // indexed by line: the scalar product of the line and the query
	touchedLines []int32
	lines        []int32
}

// Coverage says which tokens of a query a document contains: it is the sum of their weights, see [Weight].
type Coverage struct {
	Share         float32
	Written, Said uint32
}

// Scores returns scores that are zero. The caller must release them.
func (x *Index) Scores() *Scores {
	select {
	case s := <-x.free:
		return s
	default:
	}
	n := x.Documents()
	return &Scores{
		index: x, Words: make([]float32, n), Lines: make([]float32, n), Coverage: make([]Coverage, n),
		shared: make([]float32, len(x.lines)),
	}
}

// Release clears s for the next query.
func (s *Scores) Release() {
	for _, i := range s.Touched {
		s.Words[i], s.Lines[i], s.Coverage[i] = 0, 0, Coverage{}
	}
	for _, i := range s.touchedLines {
		s.shared[i] = 0
	}
	s.Touched, s.touchedLines = s.Touched[:0], s.touchedLines[:0]
	select {
	case s.index.free <- s:
	default:
	}
}

// A Weight is the weight of a token in a query.
type Weight struct {
	Weight float32 // for BM25 and lines
	Share  float32 // what it adds to the coverage
	// Written and Said are added to the bits of documents that contain the token.
	Written, Said uint32
}

// Add adds a token of the query.
func (s *Scores) Add(t *Token, w Weight) {
	if t.Documents == 0 || t.Documents > maxDocuments {
		return
	}
	s.addWords(t, &w)
	if s.index.isCommon(t.Documents) {
		return
	}
	s.lines = t.list.AppendLines(s.lines[:0])
	product, before := w.Weight*t.IDF, int32(-1)
	n := len(s.touchedLines)
	shared, touched := s.shared, slices.Grow(s.touchedLines, len(s.lines)+1)
	touched = touched[:cap(touched)]
	for _, line := range s.lines {
		if line == before {
			continue
		}
		touched[n] = line
		if shared[line] == 0 { // without a branch, since it is hard to predict
			n++
		}
		shared[line] += product
		before = line
	}
	s.touchedLines = touched[:n]
}

// addWords adds a token to the scores of the documents that contain it.
func (s *Scores) addWords(t *Token, w *Weight) {
	x := s.index
	n := len(s.Touched)
	words, touched := s.Words, slices.Grow(s.Touched, t.Documents+1)
	touched = touched[:cap(touched)]
	start := int32(0)
	if t.number > 0 {
		start = x.ends[t.number-1]
	}
	for _, p := range x.postings[start:x.ends[t.number]] {
		touched[n] = p.document
		if words[p.document] == 0 {
			n++
		}
		words[p.document] += w.Weight * p.score
		c := &s.Coverage[p.document]
		c.Share += w.Share
		c.Written |= w.Written
		c.Said |= w.Said
	}
	s.Touched = touched[:n]
}

// SetLines sets s.Lines when all tokens are added. length is the length of the query's vector of weights.
func (s *Scores) SetLines(length float32) {
	lines, shared, best := s.index.lines, s.shared, s.Lines
	for _, l := range s.touchedLines {
		line := &lines[l]
		best[line.document] = max(best[line.document], shared[l]*line.inverse)
	}
	for _, d := range s.Touched {
		best[d] /= length
	}
}
