// Package latent compares the meanings of texts. It represents each text as a direction in a
// space in which the angle between two directions is the distance between their meanings.
package latent

import (
	_ "embed"
	"math"
	"sync"

	"k8sbot/glossary/compact"
	"k8sbot/glossary/search/sorted"
)

// A Space gives each token a direction such that tokens of similar meaning, which occur in the same
// terms, have similar directions: latent semantic analysis (S. Deerwester et al., Indexing by
// Latent Semantic Analysis, 1990,
// https://doi.org/10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9). `go generate
// ./glossary/search` computes the space from the terms of the glossary.
type Space struct {
	Tokens  sorted.Strings
	Vectors string // [Dimensions] bytes for each token, each an int8
	IDF     string // a byte for each token, in tenths
	// Importances has a byte for each token, see [EncodeImportance].
	Importances string
}

// Dimensions is the number of dimensions of a Space.
const Dimensions = 50

// A Point is a direction in a [Space], as a vector of length 1. It is zero if the direction is
// unknown.
type Point [Dimensions]float32

// space.bin contains the space of the built-in terms, in the format of package compact. It is read
// where it is.
//
//go:embed space.bin
var data string

// Embedded returns the space of the built-in terms.
var Embedded = sync.OnceValue(func() *Space {
	s := new(Space)
	if err := compact.Decode(data, s); err != nil {
		panic("latent: space.bin: " + err.Error() + ": run go generate ./glossary/search")
	}
	return s
})

// A Vector is the direction of a token, with a length. The vector of an unknown token is the zero
// Vector.
type Vector struct {
	coordinates string // an int8 each, or none
	idf         int64  // in tenths
}

// Vector returns the vector of the given token.
func (s *Space) Vector(token string) Vector {
	if i, ok := s.Tokens.Find(token); ok {
		return s.At(i)
	}
	return Vector{}
}

// At returns the vector of token i.
func (s *Space) At(i int) Vector {
	return Vector{s.Vectors[i*Dimensions : (i+1)*Dimensions], int64(s.IDF[i])}
}

// Importance returns the importance of token i: a factor for its weight in a query. It is more than
// 1 if the token says more about what a query means than its rarity does.
func (s *Space) Importance(i int) float32 {
	return float32(math.Exp((float64(s.Importances[i]) - noImportance) / importanceSteps))
}

// EncodeImportance returns a byte for an importance, from 0.08 to 12.
func EncodeImportance(importance float64) byte {
	return byte(max(0, min(255, math.Round(noImportance+importanceSteps*math.Log(importance)))))
}

// noImportance is the byte for an importance of 1, and importanceSteps is the number of bytes for a
// factor of e.
const noImportance, importanceSteps = 128, 50

// A Sum is a sum of vectors. It uses integers, so that the order of the vectors does not matter.
type Sum [Dimensions]int64

// Add adds v, multiplied by weight.
func (s *Sum) Add(v Vector, weight float32) {
	if len(v.coordinates) < Dimensions {
		return
	}
	times := int64(weight*1000) * v.idf
	coordinates := v.coordinates[:Dimensions]
	for d := range s {
		s[d] += times * int64(int8(coordinates[d]))
	}
}

// Frequency returns the weight of a token that occurs n times.
func Frequency(n float32) float32 { return float32(math.Log1p(float64(n))) }

// Point returns the direction of a sum.
func (s *Sum) Point() Point {
	var p Point
	for d, v := range s {
		p[d] = float32(v)
	}
	return p.normalize()
}

// normalize returns p scaled to length 1.
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

// A ShortPoint is a Point that takes a quarter of the memory: each coordinate is multiplied by
// 127 and rounded.
type ShortPoint [Dimensions]int8

// Short returns p as a ShortPoint.
func (p Point) Short() ShortPoint {
	var s ShortPoint
	for d, v := range p {
		s[d] = int8(v * 127)
	}
	return s
}

// DotShort is like Dot, for a ShortPoint.
func (p *Point) DotShort(q *ShortPoint) float32 {
	var even, odd float32
	for d := 0; d < Dimensions; d += 2 {
		even += p[d] * float32(q[d])
		odd += p[d+1] * float32(q[d+1])
	}
	return (even + odd) / 127
}

// Highest returns the highest cosine of p and one of the given points, or 0 if none is positive. It
// computes three at a time, since their sums do not depend on each other.
func (p *Point) Highest(points []ShortPoint) float32 {
	highest := float32(0)
	for ; len(points) >= 3; points = points[3:] {
		a, b, c := &points[0], &points[1], &points[2]
		var even0, odd0, even1, odd1, even2, odd2 float32
		for d := 0; d < Dimensions; d += 2 {
			u, v := p[d], p[d+1]
			even0, odd0 = even0+u*float32(a[d]), odd0+v*float32(a[d+1])
			even1, odd1 = even1+u*float32(b[d]), odd1+v*float32(b[d+1])
			even2, odd2 = even2+u*float32(c[d]), odd2+v*float32(c[d+1])
		}
		highest = max(highest, (even0+odd0)/127, (even1+odd1)/127, (even2+odd2)/127)
	}
	for i := range points {
		highest = max(highest, p.DotShort(&points[i]))
	}
	return highest
}

// Dot returns the cosine of the angle between two directions.
func (p *Point) Dot(q *Point) float32 {
	var even, odd float32 // two sums are faster than one
	for d := 0; d < Dimensions; d += 2 {
		even += p[d] * q[d]
		odd += p[d+1] * q[d+1]
	}
	return even + odd
}
