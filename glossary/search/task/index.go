package task

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"k8sbot/glossary"
)

// An Index finds tasks by their meanings. It is safe for concurrent use.
type Index struct {
	docs []doc
	idf  map[string]float64
}

// A doc is a task with its meanings.
type doc struct {
	term   *glossary.Term
	lines  []vector
	center vector // of all lines
}

// A vector has the weight of each meaning, and its length.
type vector struct {
	weights map[string]float64
	norm    float64
}

// A Match is a task that was found.
type Match struct {
	Term  *glossary.Term
	Score float64 // from 0 to 1
}

// New returns an index of the terms that are tasks.
func New(terms []*glossary.Term) *Index {
	x := &Index{idf: make(map[string]float64)}
	var lines [][][]string // by doc
	for _, t := range terms {
		if !t.IsTask() {
			continue
		}
		var texts []string
		for _, name := range t.AllNames() {
			texts = append(texts, name.Text)
		}
		for _, l := range glossary.Langs {
			texts = append(texts, t.Paraphrases.Sentences(l)...)
			texts = append(texts, t.Summary.In(l))
		}
		x.docs = append(x.docs, doc{term: t})
		var all [][]string
		seen := make(map[string]bool)
		for _, text := range texts {
			meanings := words().read(text)
			all = append(all, meanings)
			for _, m := range meanings {
				seen[m] = true
			}
		}
		for m := range seen {
			x.idf[m]++
		}
		lines = append(lines, all)
	}
	for m, n := range x.idf {
		x.idf[m] = math.Log(1 + float64(len(x.docs))/n)
	}
	for i := range x.docs {
		d := &x.docs[i]
		sum := make(map[string]float64)
		for _, meanings := range lines[i] {
			v := x.vector(meanings)
			d.lines = append(d.lines, v)
			for m, w := range v.weights {
				sum[m] += w / max(v.norm, 1e-9)
			}
		}
		d.center = newVector(sum)
	}
	return x
}

func newVector(weights map[string]float64) vector {
	square := 0.0
	for _, w := range weights {
		square += w * w
	}
	return vector{weights, math.Sqrt(square)}
}

// unknownWeight is the share of its weight that a meaning has which no task has.
const unknownWeight = 0.4

func (x *Index) vector(meanings []string) vector {
	weights := make(map[string]float64, len(meanings))
	for _, m := range meanings {
		w, ok := x.idf[m]
		if !ok {
			w = unknownWeight * math.Log(1+float64(len(x.docs)))
		}
		weights[m] = w
	}
	return newVector(weights)
}

func (v vector) cosine(q vector) float64 {
	sum := 0.0
	for m, w := range q.weights {
		sum += w * v.weights[m]
	}
	return sum / max(v.norm*q.norm, 1e-9)
}

// The weights of the nearest line of a task, of all its lines together, and of the share of
// the question that the task has. They are the best ones for testdata/queries/tasks-tune.tsv.
const (
	weightLine   = 0.45
	weightCenter = 0.35
	weightShare  = 0.2
	weightTier   = 0.01
)

// rank returns the tasks that have a meaning of the question, best first.
func (x *Index) rank(question string) []Match {
	q := x.vector(words().read(question))
	if len(q.weights) == 0 {
		return nil
	}
	total := 0.0
	for _, w := range q.weights {
		total += w
	}
	var found []Match
	for _, d := range x.docs {
		center := d.center.cosine(q)
		if center == 0 {
			continue
		}
		line, known := 0.0, 0.0
		for _, l := range d.lines {
			line = max(line, l.cosine(q))
		}
		for m, w := range q.weights {
			if d.center.weights[m] > 0 {
				known += w
			}
		}
		score := weightLine*line + weightCenter*center + weightShare*known/total - weightTier*float64(d.term.Tier-1)
		found = append(found, Match{d.term, max(0, score)})
	}
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Term.Tier, b.Term.Tier), strings.Compare(a.Term.ID, b.Term.ID))
	})
	return found
}
