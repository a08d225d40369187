package search

import (
	_ "embed"
	"encoding/binary"
	"math"
	"strings"
	"sync"
)

// A space gives each token a direction such that tokens of similar meaning, which occur
// in the same terms, have similar directions: latent semantic analysis (S. Deerwester et
// al., Indexing by Latent Semantic Analysis, 1990,
// https://doi.org/10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9). It is made
// from the terms of the glossary by `go generate ./glossary/search`.
type space struct {
	tokens  map[string]int // the index of a token
	vectors string         // dimensions bytes for each token, each an int8
	idf     string         // by token, in tenths
}

// dimensions is the number of dimensions of the space.
const dimensions = 50

// A point is the direction of a text, of length 1, or all zero for an unknown one.
type point [dimensions]float32

// space.bin has the number of tokens as a little-endian uint32, the tokens with a newline
// after each, their idf in tenths, and their vectors.
//
//go:generate go test -run ^TestSpace$ -update .
//go:embed space.bin
var spaceData string

var builtInSpace = sync.OnceValue(func() *space { return readSpace(spaceData) })

func readSpace(data string) *space {
	if len(data) < 4 {
		return new(space)
	}
	n := int(binary.LittleEndian.Uint32([]byte(data[:4])))
	rest := data[4:]
	s := &space{tokens: make(map[string]int, n)}
	for i := range n {
		var token string
		token, rest, _ = strings.Cut(rest, "\n")
		s.tokens[token] = i
	}
	s.idf, s.vectors = rest[:n], rest[n:]
	return s
}

// A sum is a sum of vectors. It is in integers, so that their order does not matter.
type sum [dimensions]int64

// add adds weight times the vector of a token.
func (s *space) add(to *sum, token string, weight float32) {
	i, ok := s.tokens[token]
	if !ok {
		return
	}
	times := int64(weight*1000) * int64(s.idf[i])
	for d, v := range []byte(s.vectors[i*dimensions : (i+1)*dimensions]) {
		to[d] += times * int64(int8(v))
	}
}

// point returns the direction of a sum.
func (s *sum) point() point {
	var p point
	for d, v := range s {
		p[d] = float32(v)
	}
	return p.normalize()
}

// normalize returns p with the length 1.
func (p point) normalize() point {
	square := float32(0)
	for _, v := range p {
		square += v * v
	}
	if square == 0 {
		return p
	}
	length := sqrt(square)
	for d := range p {
		p[d] /= length
	}
	return p
}

// A shortPoint is a point in a quarter of the memory: each coordinate times 127.
type shortPoint [dimensions]int8

func (p point) short() shortPoint {
	var s shortPoint
	for d, v := range p {
		s[d] = int8(v * 127)
	}
	return s
}

// dotShort is like dot.
func (p *point) dotShort(q *shortPoint) float32 {
	var even, odd float32
	for d := 0; d < dimensions; d += 2 {
		even += p[d] * float32(q[d])
		odd += p[d+1] * float32(q[d+1])
	}
	return (even + odd) / 127
}

// dot returns the cosine of the angle between two directions.
func (p *point) dot(q *point) float32 {
	var even, odd float32 // two sums take less time than one
	for d := 0; d < dimensions; d += 2 {
		even += p[d] * q[d]
		odd += p[d+1] * q[d+1]
	}
	return even + odd
}

// pointOf returns the direction of a text, given the frequency of each of its tokens.
func (s *space) pointOf(frequencies map[string]float32) point {
	var to sum
	for w, n := range frequencies {
		s.add(&to, w, float32(math.Log1p(float64(n))))
	}
	return to.point()
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
