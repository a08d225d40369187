package task

import (
	"math"
	"slices"
	"sync"

	"k8sbot/glossary/search/bm25"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/token"
)

// texts compares a question with the short texts of tasks: word by word, and by direction in the
// space of meanings. A question in words that words.tsv does not have is found this way.
type texts struct {
	index  *bm25.Index // its documents are the tasks
	space  *latent.Space
	tokens []textToken    // indexed by token of index
	points []latent.Point // indexed by task
	lines  *latent.Lines
	asked  sync.Pool // memory for the tokens of a question
}

// A textToken is a token of tasks' texts.
type textToken struct {
	vector     latent.Vector
	importance float32
}

// weightSaid is the factor for the weight of the words that tasks use for an everyday expression in a
// question.
const weightSaid = 0.3

func newTexts(index *inverted.Index, space *latent.Space) *texts {
	n := index.Documents()
	x := &texts{space: space, tokens: make([]textToken, index.Tokens.Len()), points: make([]latent.Point, n)}
	x.asked.New = func() any { return new([]askedToken) }
	for i := range x.tokens {
		x.tokens[i] = x.token(index.Tokens.At(i))
	}
	counts, sums := make([]int32, index.Len()), make([]latent.Sum, n)
	x.index = bm25.New(index, func(token int, task int32, weight float32) {
		sums[task].Add(x.tokens[token].vector, latent.Frequency(weight))
	}, func(_ int, line int32) { counts[line]++ })
	x.lines = latent.NewLines(n, index.LinesOf, counts, func(token int32) latent.Vector { return x.tokens[token].vector })
	for i := range x.tokens {
		x.index.EachLine(i, func(line int32) { x.lines.Add(line, int32(i)) })
	}
	for i := range sums {
		x.points[i] = sums[i].Point()
	}
	return x
}

func (x *texts) token(w string) textToken {
	if i, ok := x.space.Tokens.Find(w); ok {
		return textToken{x.space.At(i), x.space.Importance(i)}
	}
	return textToken{importance: 1}
}

// A likeness says how similar a question and the texts of a task are. All values are from 0 to 1.
type likeness struct {
	words    float32 // the BM25 score, as a share of the highest possible score
	coverage float32 // the share of the question that the task contains
	said     float32 // the share of the question that the task says in other words, see token.Expand
	line     float32 // the cosine of the question and the nearest line
	meaning  float32 // the cosine of the question and the task in the space of meanings
}

// A comparison is a question that is compared with all tasks.
type comparison struct {
	*texts
	scores              *bm25.Scores
	ideal, total        float32 // the highest possible BM25 score and coverage
	bestWords, bestLine float32 // the highest values of a task
	direction           latent.Point
}

// An askedToken is a token of a question, or one that tasks use for an expression in it.
type askedToken struct {
	textToken
	bm25.Token
	text          string
	weight        float32
	written, said uint32 // a bit for each expression of which this is a token, or for which tasks use it
}

// compare compares a question with all tasks. The caller must release its scores.
func (x *texts) compare(question *token.Text) comparison {
	c := comparison{texts: x, scores: x.index.Scores(), ideal: 1e-3, total: 1e-6, bestWords: 1e-6, bestLine: 1e-6}
	length := float32(1e-3)
	var to latent.Sum
	asked := x.asked.Get().(*[]askedToken)
	defer x.asked.Put(asked)
	*asked = x.ask((*asked)[:0], question)
	for i := range *asked {
		a := &(*asked)[i]
		w := bm25.Weight{Weight: a.weight, Written: a.written, Said: a.said}
		if a.said == 0 {
			c.ideal += a.weight * (bm25.K + 1)
			c.total += a.weight
			length += a.weight * a.weight
			to.Add(a.vector, 1)
			w.Share = a.weight
		} else {
			to.Add(a.vector, weightSaid)
		}
		c.scores.Add(&a.Token, w)
	}
	c.scores.SetLines(float32(math.Sqrt(float64(length))))
	c.direction = to.Point()
	for _, task := range c.scores.Touched {
		c.bestWords, c.bestLine = max(c.bestWords, c.words(task)), max(c.bestLine, c.line(task))
	}
	return c
}

func (c *comparison) words(task int32) float32 { return min(1, c.scores.Words[task]/c.ideal) }
func (c *comparison) line(task int32) float32  { return min(1, c.scores.Lines[task]) }

// with returns how similar the question and a task are.
func (c *comparison) with(task int32) likeness {
	l := likeness{
		words: c.words(task), coverage: min(1, c.scores.Coverage[task].Share/c.total), line: c.line(task),
		meaning: max(0, c.direction.Dot(&c.points[task])),
	}
	for other := c.scores.Coverage[task].Said &^ c.scores.Coverage[task].Written; other != 0; other &= other - 1 {
		l.said = min(1, l.said+0.25)
	}
	return l
}

// nearestLine returns the cosine of the question and the nearest line of a task in the space of
// meanings. It takes longer than the other comparisons.
func (c *comparison) nearestLine(task int32) float32 {
	return c.direction.Highest(c.lines.Of(task))
}

// ask appends the tokens that a question asks for to asked, which is empty.
func (x *texts) ask(asked []askedToken, question *token.Text) []askedToken {
	add := func(w string) *askedToken {
		if i := slices.IndexFunc(asked, func(a askedToken) bool { return a.text == w }); i >= 0 {
			return &asked[i]
		}
		t, i, ok := x.index.Find(w)
		a := askedToken{Token: t, text: w}
		if ok {
			a.textToken = x.tokens[i]
		} else {
			a.textToken = x.token(w)
		}
		a.weight = a.importance * a.IDF
		asked = append(asked, a)
		return &asked[len(asked)-1]
	}
	for _, w := range question.Tokens() {
		add(w)
	}
	n := len(asked)
	for i, e := range question.Expansions() {
		for _, w := range token.Of(e.Written) {
			if j := slices.IndexFunc(asked[:n], func(a askedToken) bool { return a.text == w }); j >= 0 {
				asked[j].written |= 1 << i
			}
		}
		for _, w := range e.Words {
			before := len(asked)
			if a := add(w); len(asked) > before && n > 0 { // hiragana has no tokens
				a.weight *= weightSaid
				a.said |= 1 << i
			}
		}
	}
	return asked
}
