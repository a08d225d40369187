package latent

import (
	"math"
	"slices"
)

// Points are directions that are compared with others.
type Points struct {
	all []Point
	// packed contains a rough copy of all: four points each. Each coordinate takes 16 bits of a
	// number, so that one multiplication multiplies those of four points.
	packed [][Dimensions]uint64
	scale  float32 // a coordinate times scale, rounded, plus half is the copy
	missed float32 // the maximum length of what rounding removes from a point
}

const (
	lanes = 4  // points in a number
	bits  = 16 // of each
	half  = 32 // copies of coordinates are from 1 to 63
	// middle is added to each sum so that it is positive. A sum of products is less than middle.
	middle = 1 << (bits - 1)
	// ones has a 1 for each point.
	ones = 1 | 1<<bits | 1<<(2*bits) | 1<<(3*bits)
)

// PointsOf returns all as Points.
func PointsOf(all []Point) *Points {
	x := &Points{all: all, packed: make([][Dimensions]uint64, (len(all)+lanes-1)/lanes)}
	highest := float32(1e-6)
	for i := range all {
		for _, v := range all[i] {
			highest = max(highest, v, -v)
		}
	}
	x.scale = (half - 1) / highest
	for i := range all {
		missed := float32(0)
		for d, v := range all[i] {
			n, left := round(v * x.scale)
			missed += left * left
			x.packed[i/lanes][d] |= uint64(n+half) << (i % lanes * bits)
		}
		x.missed = max(x.missed, float32(math.Sqrt(float64(missed)))/x.scale)
	}
	return x
}

// round returns v as an integer, and how far v is from it.
func round(v float32) (n int, left float32) {
	n = int(math.Round(float64(v)))
	return n, v - float32(n)
}

// At returns point i.
func (x *Points) At(i int32) *Point { return &x.all[i] }

// A nearPoint is the index of a point, with its cosine.
type nearPoint struct {
	index  int32
	cosine float32
}

// Nearest returns the indexes of the n points whose cosines with p are the highest, and positive.
// likely contains the indexes of points that are probably near, which makes it faster. It computes a
// cosine only if the rough one could be high enough.
func (x *Points) Nearest(p *Point, n int, likely []int32) []int32 {
	// The sums of products are at most half * 2 * (most + Dimensions/2), which is less than middle.
	const most = 480
	total, missed := float32(0), float32(0)
	for _, v := range p {
		total += max(v, -v)
	}
	scale := most / max(total, 1e-6)
	var copied [Dimensions]uint64
	offset := middle
	for d, v := range p {
		c, left := round(v * scale)
		missed += left * left
		copied[d] = uint64(c)
		offset += half * c
	}
	// The rough cosine differs by at most off, by the Cauchy-Schwarz inequality.
	off := float32(math.Sqrt(float64(missed)))/scale*(1+x.missed) + x.missed + 1e-4
	least := func(cosine float32) int { return offset + int((cosine-off)*scale*x.scale) - 1 }
	needed := least(x.leastOf(p, n, likely))
	best := make([]nearPoint, 0, n+1)
	for i := range x.packed {
		sums := uint64(middle * ones)
		for d, group := 0, &x.packed[i]; d < Dimensions; d += 2 {
			sums += group[d]*copied[d] + group[d+1]*copied[d+1]
		}
		for j := lanes * i; sums != 0; j, sums = j+1, sums>>bits {
			if int(sums&(1<<bits-1)) < needed || j >= len(x.all) {
				continue
			}
			cosine := p.Dot(&x.all[j])
			if cosine <= 0 || len(best) == n && cosine <= best[n-1].cosine {
				continue
			}
			at, _ := slices.BinarySearchFunc(best, cosine, descending)
			best = slices.Insert(best, at, nearPoint{int32(j), cosine})
			if best = best[:min(len(best), n)]; len(best) == n {
				needed = max(needed, least(best[n-1].cosine))
			}
		}
	}
	out := make([]int32, len(best))
	for i, b := range best {
		out[i] = b.index
	}
	return out
}

// leastOf returns a cosine that n of the likely points reach, or 0.
func (x *Points) leastOf(p *Point, n int, likely []int32) float32 {
	if len(likely) < n {
		return 0
	}
	cosines := make([]float32, len(likely))
	for i, l := range likely {
		cosines[i] = p.Dot(x.At(l))
	}
	slices.Sort(cosines)
	return max(0, cosines[len(cosines)-n])
}

func descending(b nearPoint, cosine float32) int {
	if b.cosine > cosine {
		return -1
	}
	return 1
}
