package task

import (
	"math"
	"slices"
	"sync"

	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/token"
)

// texts compares a question with the short texts of tasks: word by word, and by direction in the
// space of meanings. A question in words that words.tsv does not have is found this way.
type texts struct {
	index   *inverted.Index // its documents are the tasks
	space   *latent.Space
	taskOf  []int32   // indexed by line
	lengths []float32 // indexed by line: the length of its vector of tokens
	norms   []float32 // indexed by task: length normalization of BM25
	tokens  []textToken
	points  []latent.Point // indexed by task
	lines   *latent.Lines
	buffers sync.Pool
}

// A textToken is a token of tasks' texts.
type textToken struct {
	vector          latent.Vector
	idf, importance float32
}

// The parameters of BM25, as in package search.
const (
	bm25K = 1.2
	bm25B = 0.4
)

// weightSaid is the factor for the weight of the words that tasks use for an everyday expression in a
// question.
const weightSaid = 0.3

func newTexts(index *inverted.Index, space *latent.Space) *texts {
	n := index.Documents()
	x := &texts{
		index: index, space: space, taskOf: index.DocumentsOfLines(), lengths: make([]float32, index.Len()),
		norms: make([]float32, n), tokens: make([]textToken, index.Tokens.Len()), points: make([]latent.Point, n),
	}
	total := float32(0)
	for i := range n {
		total += index.Length(i)
	}
	for i := range n {
		x.norms[i] = bm25K * (1 - bm25B + bm25B*index.Length(i)*float32(n)/max(1, total))
	}
	counts, sums, vectors := make([]int32, index.Len()), make([]latent.Sum, n), make([]latent.Vector, len(x.tokens))
	for i := range x.tokens {
		list := index.List(i)
		t := x.token(index.Tokens.At(i), list.Documents)
		x.tokens[i], vectors[i] = t, t.vector
		index.Each(list, x.taskOf, func(task int32, weight float32) {
			sums[task].Add(t.vector, latent.Frequency(weight))
		}, func(line int32) {
			counts[line]++
			x.lengths[line] += t.idf * t.idf
		})
	}
	x.lines = latent.NewLines(n, counts, vectors)
	for i := range x.tokens {
		index.Each(index.List(i), x.taskOf, func(int32, float32) {}, func(line int32) { x.lines.Add(line, int32(i)) })
	}
	for line, square := range x.lengths {
		x.lengths[line] = float32(math.Sqrt(float64(square)))
	}
	for i := range sums {
		x.points[i] = sums[i].Point()
	}
	x.buffers.New = func() any {
		return &textBuffer{like: make([]likeness, n), written: make([]uint32, n), said: make([]uint32, n), shared: make([]float32, len(x.lengths))}
	}
	return x
}

// token returns a token that occurs in n tasks.
func (x *texts) token(w string, n int) textToken {
	t := textToken{idf: float32(math.Log(1 + (float64(len(x.norms)-n)+0.5)/(float64(n)+0.5))), importance: 1}
	if i, ok := x.space.Tokens.Find(w); ok {
		t.vector, t.importance = x.space.At(i), x.space.Importance(i)
	}
	return t
}

// A likeness says how similar a question and the texts of a task are. All values are from 0 to 1.
type likeness struct {
	words       float32 // the BM25 score, as a share of the highest possible score
	coverage    float32 // the share of the question that the task contains
	said        float32 // the share of the question that the task says in other words, see token.Expand
	line        float32 // the cosine of the question and the nearest line
	meaning     float32 // the cosine of the question and the task in the space of meanings
	lineMeaning float32 // the cosine of the question and the nearest line in the space of meanings; see nearestLine
}

// A textBuffer holds the memory that a comparison works in.
type textBuffer struct {
	like          []likeness // indexed by task
	written, said []uint32   // indexed by task: the expressions that it contains, and those that it says in other words
	shared        []float32  // indexed by line
	lines         []int32
	asked         []askedToken
	direction     latent.Point
}

// An askedToken is a token of a question, or one that tasks use for an expression in it.
type askedToken struct {
	textToken
	word          string
	list          inverted.List // empty if no task contains it
	weight        float32
	written, said uint32 // a bit for each expression of which this is a token, or for which tasks use it
}

// compare compares a question with all tasks. The caller must release the result.
func (x *texts) compare(question string) *textBuffer {
	b := x.buffers.Get().(*textBuffer)
	total := x.ask(b, question)
	ideal, length := float32(1e-3), float32(1e-3)
	var to latent.Sum
	for i := range b.asked {
		a := &b.asked[i]
		if a.said == 0 {
			ideal += a.weight * (bm25K + 1)
			length += a.weight * a.weight
			to.Add(a.vector, 1)
		} else {
			to.Add(a.vector, weightSaid)
		}
		x.add(b, a)
	}
	length = float32(math.Sqrt(float64(length)))
	for line, shared := range b.shared {
		if shared > 0 {
			l := &b.like[x.taskOf[line]]
			l.line = min(1, max(l.line, shared/(length*x.lengths[line])))
		}
	}
	clear(b.shared)
	b.direction = to.Point()
	for task := range b.like {
		l := &b.like[task]
		l.words = min(1, l.words/ideal)
		l.coverage = min(1, l.coverage/total)
		l.meaning = max(0, b.direction.Dot(&x.points[task]))
		for other := b.said[task] &^ b.written[task]; other != 0; other &= other - 1 {
			l.said = min(1, l.said+0.25)
		}
	}
	return b
}

// ask sets the tokens that a question asks for. It returns the weight of those that are in the
// question itself.
func (x *texts) ask(b *textBuffer, question string) (total float32) {
	b.asked = b.asked[:0]
	add := func(w string) *askedToken {
		if i := slices.IndexFunc(b.asked, func(a askedToken) bool { return a.word == w }); i >= 0 {
			return &b.asked[i]
		}
		a := askedToken{word: w}
		if i, ok := x.index.Tokens.Find(w); ok {
			a.textToken, a.list = x.tokens[i], x.index.List(i)
		} else {
			a.textToken = x.token(w, 0)
		}
		a.weight = a.importance * a.idf
		b.asked = append(b.asked, a)
		return &b.asked[len(b.asked)-1]
	}
	for _, w := range token.Of(question) {
		add(w)
	}
	typed := len(b.asked)
	for i, e := range token.Expand(question) {
		for _, w := range token.Of(e.Written) {
			if j := slices.IndexFunc(b.asked[:typed], func(a askedToken) bool { return a.word == w }); j >= 0 {
				b.asked[j].written |= 1 << i
			}
		}
		for _, w := range e.Words {
			before := len(b.asked)
			if a := add(w); len(b.asked) > before && typed > 0 { // hiragana has no tokens
				a.weight *= weightSaid
				a.said |= 1 << i
			}
		}
	}
	for i := range b.asked {
		if b.asked[i].said == 0 {
			total += b.asked[i].weight
		}
	}
	return max(total, 1e-6)
}

// add adds the tasks and lines that contain a token of a question.
func (x *texts) add(b *textBuffer, a *askedToken) {
	share := a.weight * a.idf
	b.lines = a.list.AppendLines(b.lines[:0])
	for i := 0; i < len(b.lines); {
		task, weight, before := x.taskOf[b.lines[i]], float32(0), int32(-1)
		for ; i < len(b.lines) && x.taskOf[b.lines[i]] == task; i++ {
			line := b.lines[i]
			weight += float32(x.index.Weights[line])
			if line != before {
				b.shared[line] += share
			}
			before = line
		}
		b.like[task].words += a.weight * weight * (bm25K + 1) / (weight + x.norms[task])
		if a.said == 0 {
			b.like[task].coverage += a.weight
		}
		b.written[task] |= a.written
		b.said[task] |= a.said
	}
}

// nearestLine sets the likeness of a task's nearest line by direction. It takes longer than the other
// comparisons.
func (x *texts) nearestLine(b *textBuffer, task int) {
	from, to := x.index.LinesOf(task)
	b.like[task].lineMeaning = b.direction.Highest(x.lines.Of(int32(task), from, to))
}

// release clears b for the next question.
func (x *texts) release(b *textBuffer) {
	clear(b.like)
	clear(b.written)
	clear(b.said)
	x.buffers.Put(b)
}
