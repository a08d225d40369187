// Package latent knows which words have a similar meaning. It represents texts as points in
// a space in which the distance of meanings is an angle.
package latent

import (
	_ "embed"
	"encoding/binary"
	"math"
	"strings"
	"sync"
)

// A Space gives each token a direction such that tokens of similar meaning, which occur
// in the same terms, have similar directions: latent semantic analysis (S. Deerwester et
// al., Indexing by Latent Semantic Analysis, 1990,
// https://doi.org/10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9). It is made
// from the terms of the glossary by `go generate ./glossary/search`.
type Space struct {
	tokens  map[string]int // the index of a token
	vectors string         // [Dimensions] bytes for each token, each an int8
	idf     string         // by token, in tenths
}

// Dimensions is the number of dimensions of a Space.
const Dimensions = 50

// A Point is the direction of a text, of length 1, or all zero for an unknown one.
type Point [Dimensions]float32

// space.bin has the number of tokens as a little-endian uint32, the tokens with a newline
// after each, their idf in tenths, and their vectors.
//
//go:embed space.bin
var data string

// Embedded returns the space of the embedded glossary.
var Embedded = sync.OnceValue(func() *Space { return Read(data) })

// Read returns the space in a file with the format of space.bin.
func Read(file string) *Space {
	if len(file) < 4 {
		return new(Space)
	}
	n := int(binary.LittleEndian.Uint32([]byte(file[:4])))
	rest := file[4:]
	s := &Space{tokens: make(map[string]int, n)}
	for i := range n {
		var token string
		token, rest, _ = strings.Cut(rest, "\n")
		s.tokens[token] = i
	}
	s.idf, s.vectors = rest[:n], rest[n:]
	return s
}

// Has reports whether the space has a direction for a token.
func (s *Space) Has(token string) bool {
	_, ok := s.tokens[token]
	return ok
}

// A Vector is the direction of a token, with its length. The zero Vector is that of an unknown
// one.
type Vector struct {
	coordinates string // an int8 each, or none
	idf         int64  // in tenths
}

// Vector returns the vector of a token.
func (s *Space) Vector(token string) Vector {
	i, ok := s.tokens[token]
	if !ok {
		return Vector{}
	}
	return Vector{s.vectors[i*Dimensions : (i+1)*Dimensions], int64(s.idf[i])}
}

// A Sum is a sum of vectors. It is in integers, so that their order does not matter.
type Sum [Dimensions]int64

// Add adds weight times a vector.
func (s *Sum) Add(v Vector, weight float32) {
	if len(v.coordinates) < Dimensions {
		return
	}
	times := int64(weight*1000) * v.idf
	for d := range s {
		s[d] += times * int64(int8(v.coordinates[d]))
	}
}

// Frequency returns the weight of a token that a text has n times.
func Frequency(n float32) float32 { return float32(math.Log1p(float64(n))) }

// Point returns the direction of a sum.
func (s *Sum) Point() Point {
	var p Point
	for d, v := range s {
		p[d] = float32(v)
	}
	return p.normalize()
}

// normalize returns p with the length 1.
func (p Point) normalize() Point {
	square := float32(0)
	for _, v := range p {
		square += v * v
	}
	if square == 0 {
		return p
	}
	length := float32(math.Sqrt(float64(square)))
	for d := range p {
		p[d] /= length
	}
	return p
}

// A ShortPoint is a point in a quarter of the memory: each coordinate times 127.
type ShortPoint [Dimensions]int8

// Short returns p as a ShortPoint.
func (p Point) Short() ShortPoint {
	var s ShortPoint
	for d, v := range p {
		s[d] = int8(v * 127)
	}
	return s
}

// DotShort is like Dot.
func (p *Point) DotShort(q *ShortPoint) float32 {
	var even, odd float32
	for d := 0; d < Dimensions; d += 2 {
		even += p[d] * float32(q[d])
		odd += p[d+1] * float32(q[d+1])
	}
	return (even + odd) / 127
}

// Dot returns the cosine of the angle between two directions.
func (p *Point) Dot(q *Point) float32 {
	var even, odd float32 // two sums take less time than one
	for d := 0; d < Dimensions; d += 2 {
		even += p[d] * q[d]
		odd += p[d+1] * q[d+1]
	}
	return even + odd
}
