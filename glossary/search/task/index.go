package task

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/mark"
)

// An Index finds tasks by their names and by their meanings. It is safe for concurrent use.
type Index struct {
	names    map[string]*glossary.Term // by folded name or alias
	keys     []string                  // those of names, sorted
	meanings func() *meanings          // built on first use
}

// meanings has the meanings of all tasks.
type meanings struct {
	docs []doc
	idf  map[string]float64
}

// A doc is a task with its meanings.
type doc struct {
	term   *glossary.Term
	lines  []vector
	center vector // of all lines
}

// A vector has the weight of each meaning, and its length. The meanings are sorted: the order
// in which weights are added up changes the last digit of a score.
type vector struct {
	weights []weight
	norm    float64
}

type weight struct {
	meaning string
	value   float64
}

// A Match is a task that was found.
type Match struct {
	Term   *glossary.Term
	Score  float64 // from 0 to 1
	known  float64 // the share of the question that the task has
	shared int     // the number of meanings that both have
}

// Split returns a glossary of the terms that are not tasks, and the tasks.
func Split(g *glossary.Glossary) (words *glossary.Glossary, tasks []*glossary.Term) {
	var terms []*glossary.Term
	for _, t := range g.All() {
		if t.IsTask() {
			tasks = append(tasks, t)
		} else {
			terms = append(terms, t)
		}
	}
	if tasks == nil {
		return g, nil
	}
	return glossary.New(terms), tasks
}

// New returns an index of tasks.
func New(tasks []*glossary.Term) *Index {
	x := &Index{names: make(map[string]*glossary.Term), meanings: sync.OnceValue(func() *meanings { return newMeanings(tasks) })}
	for _, t := range tasks {
		x.names[fold.Key(t.ID)] = t
		for _, name := range t.AllNames() {
			x.names[fold.Key(name.Text)] = t
		}
	}
	x.keys = slices.Sorted(maps.Keys(x.names))
	return x
}

// Warm builds what the first search would build.
func (x *Index) Warm() { x.meanings() }

// Named returns the task with the name or alias, ignoring case, width and separators, or nil.
func (x *Index) Named(name string) *glossary.Term { return x.names[fold.Key(name)] }

// Containing returns at most limit tasks with a name or alias that contains the text, first
// those that start with it.
func (x *Index) Containing(text string, limit int) []*glossary.Term {
	key := fold.Key(text)
	if key == "" {
		return nil
	}
	var found []*glossary.Term
	for _, match := range []func(s, part string) bool{strings.HasPrefix, strings.Contains} {
		for _, k := range x.keys {
			if t := x.names[k]; len(found) < limit && match(k, key) && !slices.Contains(found, t) {
				found = append(found, t)
			}
		}
	}
	return found
}

// Meanings returns what a question means to the search, for people who want to know why it
// found a task.
func Meanings(question string) []string { return words().read(NamesIn(question).rest) }

func newMeanings(tasks []*glossary.Term) *meanings {
	x := &meanings{idf: make(map[string]float64)}
	var lines [][][]string // by doc
	for _, t := range tasks {
		var texts []string
		for _, name := range t.AllNames() {
			texts = append(texts, name.Text)
		}
		for _, l := range glossary.Langs {
			texts = append(texts, t.Paraphrases.Sentences(l)...)
			texts = append(texts, mark.Strip(t.Summary.In(l)))
		}
		x.docs = append(x.docs, doc{term: t})
		var all [][]string
		seen := make(map[string]bool)
		for _, text := range texts {
			read := words().read(text)
			all = append(all, read)
			for _, m := range read {
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
		for _, read := range lines[i] {
			v := x.vector(read)
			d.lines = append(d.lines, v)
			for _, w := range v.weights {
				sum[w.meaning] += w.value / max(v.norm, 1e-9)
			}
		}
		d.center = newVector(sum)
	}
	return x
}

func newVector(weights map[string]float64) vector {
	v := vector{weights: make([]weight, 0, len(weights))}
	square := 0.0
	for _, m := range slices.Sorted(maps.Keys(weights)) {
		v.weights = append(v.weights, weight{m, weights[m]})
		square += weights[m] * weights[m]
	}
	v.norm = math.Sqrt(square)
	return v
}

// things are the meanings that people who do not ask about Kubernetes hardly use.
var things = fold.WordSet(`log pod container node deployment workload service secret configmap namespace job cronjob pvc volume ingress serviceaccount cluster context port environment
	image event yaml rollout autoscale quota label annotate taint untaint drain cordon uncordon scale permission token csr registry storageclass finalizer dns decode rollback kinds limits apply diff usage debug`)

func isAboutKubernetes(question string) bool {
	return slices.ContainsFunc(words().read(question), func(m string) bool { return things[m] })
}

// idfOf returns the idf of a meaning.
func (x *meanings) idfOf(m string) float64 {
	if w, ok := x.idf[m]; ok {
		return w
	}
	return math.Log(1 + float64(len(x.docs)))
}

// unknownWeight is the share of its weight that a meaning has which no task has.
const unknownWeight = 0.4

func (x *meanings) vector(read []string) vector {
	weights := make(map[string]float64, len(read))
	for _, m := range read {
		weights[m] = x.idfOf(m)
		if _, ok := x.idf[m]; !ok {
			weights[m] *= unknownWeight
		}
	}
	return newVector(weights)
}

func (v vector) cosine(q vector) float64 {
	sum := 0.0
	for a, b := range shared(v, q) {
		sum += a.value * b.value
	}
	return sum / max(v.norm*q.norm, 1e-9)
}

// shared yields the weights of each meaning that both vectors have, in order.
func shared(a, b vector) iter.Seq2[weight, weight] {
	return func(yield func(a, b weight) bool) {
		i, j := 0, 0
		for i < len(a.weights) && j < len(b.weights) {
			switch order := strings.Compare(a.weights[i].meaning, b.weights[j].meaning); {
			case order < 0:
				i++
			case order > 0:
				j++
			case !yield(a.weights[i], b.weights[j]):
				return
			default:
				i++
				j++
			}
		}
	}
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
func (x *meanings) rank(question string) []Match {
	q := x.vector(words().read(question))
	if len(q.weights) == 0 {
		return nil
	}
	total := 0.0
	for _, w := range q.weights {
		total += x.idfOf(w.meaning)
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
		n := 0
		for _, w := range shared(d.center, q) {
			known += x.idfOf(w.meaning)
			n++
		}
		score := weightLine*line + weightCenter*center + weightShare*known/total - weightTier*float64(d.term.Tier-1)
		found = append(found, Match{d.term, max(0, score), known / total, n})
	}
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Term.Tier, b.Term.Tier), strings.Compare(a.Term.ID, b.Term.ID))
	})
	return found
}

// A Result is what a question asks for.
type Result struct {
	Tasks []Match // best first, at most [MaxTasks]
	// Sure is set if the first task is the answer.
	Sure bool
	// Asked is set if the question is plainly a request, so it is hardly about a word.
	Asked bool
}

// MaxTasks is the maximum number of tasks that a question may mean.
const MaxTasks = 3

// The least scores of a task, by the intent of the question, for it to be suggested and to be
// the answer. An answer also needs a lead over the second task, and must have most of the
// question.
var leastScores = map[intent]struct{ suggestion, answer float64 }{
	plain:    {0.75, 1.1},
	implicit: {0.52, 0.8},
	explicit: {0.42, 0.66},
}

const (
	maxSecond = 0.95 // of the score of the first
	minKnown  = 0.35 // of the question, for a suggestion
	mostKnown = 0.6  // for an answer, and if it is not asked how to do something
	// leastAsked is the least score of the task that an implicit request is plainly for.
	leastAsked = 0.72
	minNear    = 0.75 // of the score of the first, for another suggestion
)

// isWord reports whether a question is a single ASCII word, perhaps the name of an object: such a
// word does not ask for a task. Most questions are single words, so the check is cheap.
func isWord(question string) bool {
	return strings.IndexFunc(strings.TrimSpace(question), func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII }) < 0
}

// Find returns the tasks that a question asks for, or none if it asks for something else.
func (x *Index) Find(question string) Result {
	if isWord(question) {
		return Result{}
	}
	names := NamesIn(question)
	intent := intentOf(names.rest, names.found())
	least, ok := leastScores[intent]
	if !ok {
		return Result{}
	}
	if names.found() && intent == implicit { // who names an object wants something of it
		least = leastScores[explicit]
	}
	found := x.meanings().rank(names.rest)
	if len(found) == 0 || found[0].Score < least.suggestion || found[0].known < minKnown || found[0].known < mostKnown && intent != explicit || found[0].known < 1 && !isAboutKubernetes(names.rest) ||
		found[0].shared < 2 && found[0].known < 1 && intent != explicit && !names.found() {
		return Result{}
	}
	r := Result{Asked: intent == explicit || found[0].Score >= leastAsked && intent == implicit}
	r.Sure = found[0].Score >= least.answer && found[0].known >= mostKnown && (len(found) == 1 || found[1].Score <= maxSecond*found[0].Score)
	most := MaxTasks
	if !r.Asked {
		most = 1
	}
	for _, m := range found[:min(len(found), most)] {
		if m.Score >= minNear*found[0].Score {
			r.Tasks = append(r.Tasks, m)
		}
	}
	return r
}
