package search

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"sync"
)

// A space gives each token a direction such that tokens of similar meaning, which occur
// in the same terms, have similar directions: latent semantic analysis (S. Deerwester et
// al., Indexing by Latent Semantic Analysis, 1990,
// https://doi.org/10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9). It is made
// from the terms of the glossary by `go generate ./glossary/search`.
type space struct {
	tokens  []string // sorted
	vectors []byte   // dimensions bytes for each token, each an int8
	idf     []byte   // by token, in tenths
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
	s := &space{tokens: make([]string, n)}
	for i := range s.tokens {
		s.tokens[i], rest, _ = strings.Cut(rest, "\n")
	}
	s.idf, s.vectors = []byte(rest[:n]), []byte(rest[n:])
	return s
}

// add adds weight times the vector of a token to p.
func (s *space) add(p *point, token string, weight float32) {
	i, ok := slices.BinarySearch(s.tokens, token)
	if !ok {
		return
	}
	weight *= float32(s.idf[i]) / 10
	for d, v := range s.vectors[i*dimensions : (i+1)*dimensions] {
		p[d] += weight * float32(int8(v))
	}
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
	sum := float32(0)
	for d, v := range p {
		sum += v * float32(q[d])
	}
	return sum / 127
}

// dot returns the cosine of the angle between two directions.
func (p *point) dot(q *point) float32 {
	sum := float32(0)
	for d, v := range p {
		sum += v * q[d]
	}
	return sum
}

// pointOf returns the direction of a text, given the frequency of each of its tokens.
func (s *space) pointOf(frequencies map[string]float32) point {
	tokens := make([]string, 0, len(frequencies))
	for w := range frequencies {
		tokens = append(tokens, w)
	}
	slices.Sort(tokens) // the same sum in every run
	var p point
	for _, w := range tokens {
		s.add(&p, w, float32(math.Log1p(float64(frequencies[w]))))
	}
	return p.normalize()
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
