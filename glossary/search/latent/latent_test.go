package latent

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// TestEmbedded checks that space.bin has a vector for each token.
func TestEmbedded(t *testing.T) {
	s := Embedded()
	if n := s.Tokens.Len(); n == 0 || len(s.Vectors) != n*Dimensions || len(s.IDF) != n {
		t.Fatalf("space.bin has %d tokens, %d idf and %d bytes of vectors: run go generate ./glossary/search", n, len(s.IDF), len(s.Vectors))
	}
}

// TestPoint checks that related words are nearer to each other than unrelated ones, and that
// Point and ShortPoint agree.
func TestPoint(t *testing.T) {
	s := Embedded()
	of := func(word string) Point {
		var to Sum
		to.Add(s.Vector(word), Frequency(1))
		return to.Point()
	}
	drain, cordon, dns := of("drain"), of("cordon"), of("dns")
	if near, far := drain.Dot(&cordon), drain.Dot(&dns); near <= far {
		t.Errorf("drain: got the cosine %.2f with cordon and %.2f with dns, want cordon nearer", near, far)
	}
	short := cordon.Short()
	if exact, rough := drain.Dot(&cordon), drain.DotShort(&short); exact-rough > 0.05 || rough-exact > 0.05 {
		t.Errorf("cosine: got %.3f and %.3f in short", exact, rough)
	}
	if p := of("no such token"); p != (Point{}) {
		t.Errorf("unknown word: got %v, want the zero point", p)
	}
}

// TestNearest compares Nearest with the cosines of all points.
func TestNearest(t *testing.T) {
	s, r := Embedded(), rand.New(rand.NewPCG(1, 2))
	random := func(tokens int) Point {
		var sum Sum
		for range tokens {
			sum.Add(s.At(r.IntN(s.Tokens.Len())), Frequency(1))
		}
		return sum.Point()
	}
	for n := range 200 {
		all := []Point{{0: 1}, {1: -1}, {}}
		for range n {
			all = append(all, random(1+r.IntN(30)))
		}
		p := random(1 + r.IntN(5))
		type cosine struct {
			index int32
			value float32
		}
		var cosines []cosine
		for i := range all {
			if v := p.Dot(&all[i]); v > 0 {
				cosines = append(cosines, cosine{int32(i), v})
			}
		}
		slices.SortFunc(cosines, func(a, b cosine) int { return cmp.Compare(b.value, a.value) })
		var want []int32
		for _, c := range cosines[:min(8, len(cosines))] {
			want = append(want, c.index)
		}
		x := PointsOf(all)
		for _, likely := range [][]int32{nil, {0, 1, 2}, want} {
			if got := x.Nearest(&p, 8, likely); !slices.Equal(got, want) {
				t.Fatalf("Nearest among %d with %v: got %v, want %v", len(all), likely, got, want)
			}
		}
	}
}

// TestLines compares the directions of lines with those of their tokens, while others compute them, too.
func TestLines(t *testing.T) {
	s := Embedded()
	ends := []int{0, 2, 2, 5} // of the lines of each text; every line has two tokens
	x := NewLines(len(ends), func(text int) (from, to int) {
		if text > 0 {
			from = ends[text-1]
		}
		return from, ends[text]
	}, []int32{2, 2, 2, 2, 2}, func(token int32) Vector { return s.At(int(token)) })
	for line := range int32(5) {
		x.Add(line, line)
		x.Add(line, 2*line+1)
	}
	var others sync.WaitGroup
	for range 4 {
		others.Go(x.Fill)
		others.Go(func() {
			for text := range ends {
				x.Of(int32(text))
			}
		})
	}
	line := int32(0)
	for text, end := range ends {
		points := x.Of(int32(text))
		for _, got := range points {
			var sum Sum
			sum.Add(s.At(int(line)), 1)
			sum.Add(s.At(int(2*line+1)), 1)
			if want := sum.Point().Short(); got != want {
				t.Errorf("line %d: got %v, want %v", line, got, want)
			}
			line++
		}
		if int(line) != end {
			t.Errorf("text %d: got lines up to %d, want %d", text, line, end)
		}
	}
	others.Wait()
}
