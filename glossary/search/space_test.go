package search

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/compact"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/sorted"
	"k8sbot/glossary/search/task"
)

var update = flag.Bool("update", false, "regenerate the files")

// maxSpaceTokens is the maximum number of tokens in space.bin, which contains the tokens that
// occur in the most terms.
const maxSpaceTokens = 7200

// TestSpace checks that space.bin covers most tokens of the terms. With -update it generates the
// file.
func TestSpace(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	g := loadTerms(t)
	if *update {
		data, err := compact.Encode(*makeSpace(g))
		if err := errors.Join(err, os.WriteFile("latent/space.bin", data, 0o644)); err != nil {
			t.Fatal(err)
		}
		return
	}
	s := latent.Embedded()
	known, n := 0, 0
	index := readEmbedded().Corpus
	for i := range index.Tokens.Len() {
		n += index.List(i).Documents
		if _, ok := s.Tokens.Find(index.Tokens.At(i)); ok {
			known += index.List(i).Documents
		}
	}
	if got := share(known, n); got < 0.9 {
		t.Errorf("space.bin has %.3f of the tokens of the terms, want at least 0.9: run go generate ./glossary/search", got)
	}
	if info, err := os.Stat("latent/space.bin"); err != nil || info.Size() > 512<<10 {
		t.Errorf("space.bin: got %v, %v, want at most 512 KiB", info, err)
	}
}

// A cell is an entry of a sparse matrix of terms and tokens.
type cell struct {
	token int
	value float64
}

// makeSpace returns the space of the terms of a glossary. It computes the strongest dimensions of the
// matrix of terms and tokens by subspace iteration, and then improves the vectors, so that paraphrases
// are near their own terms.
func makeSpace(g *glossary.Glossary) *latent.Space {
	var all []document.Document
	for _, t := range g.All() {
		all = append(all, document.Whole(t))
	}
	frequency := make(map[string]int)
	for _, d := range all {
		for _, w := range d.Tokens {
			frequency[w.Token]++
		}
	}
	var tokens []string
	for w, n := range frequency {
		if n >= 2 {
			tokens = append(tokens, w)
		}
	}
	slices.SortFunc(tokens, func(a, b string) int {
		if d := frequency[b] - frequency[a]; d != 0 {
			return d
		}
		return bytes.Compare([]byte(a), []byte(b))
	})
	tokens = tokens[:min(len(tokens), maxSpaceTokens)]
	slices.Sort(tokens)
	index := make(map[string]int, len(tokens))
	idf := make([]byte, len(tokens))
	for i, w := range tokens {
		index[w] = i
		idf[i] = byte(math.Round(10 * math.Log(float64(len(all)+1)/float64(frequency[w]))))
	}
	rows := make([][]cell, len(all))
	for i, d := range all {
		square := 0.0
		for _, w := range d.Tokens {
			if at, ok := index[w.Token]; ok {
				v := math.Log1p(float64(w.Weight)) * float64(idf[at]) / 10
				rows[i] = append(rows[i], cell{at, v})
				square += v * v
			}
		}
		slices.SortFunc(rows[i], func(a, b cell) int { return a.token - b.token })
		for j := range rows[i] {
			rows[i][j].value /= math.Sqrt(square)
		}
	}
	axes := strongestAxes(rows, len(tokens), latent.Dimensions)

	terms, _ := task.Split(g.All())
	vectors := make([]floats, len(tokens))
	most := 0.0
	for d, axis := range axes {
		for i, v := range axis {
			vectors[i][d] = float32(v)
		}
	}
	improveVectors(terms, index, idf, vectors)
	for i := range vectors {
		for _, v := range vectors[i] {
			most = max(most, math.Abs(float64(v)))
		}
	}
	// The square root reduces the difference between the few large values and the many small
	// ones. Without it, most values would be rounded to 0. 127 is the largest int8.
	scale := 127 / most * 6
	var coordinates []byte
	for i := range vectors {
		for _, v := range vectors[i] {
			coordinates = append(coordinates, byte(int8(max(-127, min(127, math.Round(float64(v)*scale))))))
		}
	}
	importance := learnImportance(terms)
	importances := make([]byte, len(tokens))
	for i, w := range tokens {
		importances[i] = latent.EncodeImportance(cmp.Or(importance[w], 1))
	}
	return &latent.Space{Tokens: sorted.Of(tokens), Vectors: string(coordinates), IDF: string(idf), Importances: string(importances)}
}

// strongestAxes returns n orthonormal vectors of tokens that span most of the rows.
func strongestAxes(rows [][]cell, tokens, n int) [][]float64 {
	r := rand.New(rand.NewPCG(1, 2))
	axes := make([][]float64, n+10)
	for k := range axes {
		axes[k] = make([]float64, tokens)
		for i := range axes[k] {
			axes[k][i] = r.NormFloat64()
		}
	}
	orthonormalize(axes)
	for range 30 {
		for k, axis := range axes {
			next := make([]float64, tokens)
			for _, row := range rows {
				sum := 0.0
				for _, c := range row {
					sum += c.value * axis[c.token]
				}
				for _, c := range row {
					next[c.token] += c.value * sum
				}
			}
			axes[k] = next
		}
		slices.SortStableFunc(axes, func(a, b []float64) int {
			switch x, y := dot(a, a), dot(b, b); {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		})
		orthonormalize(axes)
	}
	return axes[:n]
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func orthonormalize(axes [][]float64) {
	for k, axis := range axes {
		for _, before := range axes[:k] {
			along := dot(axis, before)
			for i, v := range before {
				axis[i] -= along * v
			}
		}
		length := math.Sqrt(dot(axis, axis))
		for i := range axis {
			axis[i] /= length
		}
	}
}
