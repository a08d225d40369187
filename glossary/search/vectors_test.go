package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/token"
)

// A floats is a vector of a token, or the sum of such vectors, while it is learned.
type floats [latent.Dimensions]float32

func (v *floats) add(o *floats, factor float32) {
	for d := range v {
		v[d] += factor * o[d]
	}
}

func (v *floats) dot(o *floats) float32 {
	s := float32(0)
	for d := range v {
		s += v[d] * o[d]
	}
	return s
}

func (v *floats) length() float32 { return float32(math.Sqrt(float64(v.dot(v)))) + 1e-9 }

// A weighted is a token in a text, with its weight.
type weighted struct {
	token  int
	weight float32
}

// A text is a sum of the vectors of tokens, with the gradient of the loss for it.
type text struct {
	tokens        []weighted
	sum, gradient floats
	length        float32
}

func (t *text) update(vectors []floats) {
	t.sum, t.gradient = floats{}, floats{}
	for _, w := range t.tokens {
		t.sum.add(&vectors[w.token], w.weight)
	}
	t.length = t.sum.length()
}

// cosine returns the cosine of the angle between two texts.
func (t *text) cosine(o *text) float32 { return t.sum.dot(&o.sum) / (t.length * o.length) }

// addGradient adds the gradient of g times the cosine of t and o, which is given, to both texts.
func (t *text) addGradient(o *text, cosine, g float32) {
	t.gradient.add(&o.sum, g/(t.length*o.length))
	t.gradient.add(&t.sum, -g*cosine/(t.length*t.length))
	o.gradient.add(&t.sum, g/(t.length*o.length))
	o.gradient.add(&o.sum, -g*cosine/(o.length*o.length))
}

// A lesson is a paraphrase as a query for its own term.
type lesson struct {
	own     int        // the index of its term
	ownLine int        // the index of its line, which does not count
	tokens  []weighted // the query
	without []weighted // what its term lacks if the line does not count
	others  []int      // terms that are similar at the start
}

// These numbers control how vectors are learned. More epochs would fit the paraphrases better, but
// other queries worse.
const (
	epochs, batches = 4, 6
	similarTerms    = 50   // the number of terms from which a lesson must distinguish its own
	randomTerms     = 40   // and of terms that are chosen at random
	sharpness       = 12   // the factor for cosines
	learningRate    = 0.1  // as a share of the typical coordinate
	inertia         = 0.02 // keeps a vector near its start
	dropShare       = 0.2  // the share of tokens that are left out
	productShare    = 0.3  // the share of problems that name a program
)

// A teacher improves vectors such that paraphrases are near their own terms.
type teacher struct {
	terms   []*glossary.Term
	index   map[string]int // the numbers of tokens
	idf     []byte
	vectors []floats
	texts   []text // of terms
	lines   []text
	lineOf  [][2]int // for each term, its first line and the line after its last one
	lessons []lesson
	r       *rand.Rand
}

// improveVectors improves the vectors of tokens, in place. idf is as in latent.Space.
func improveVectors(terms []*glossary.Term, index map[string]int, idf []byte, vectors []floats) {
	t := &teacher{terms: terms, index: index, idf: idf, vectors: vectors, r: rand.New(rand.NewPCG(21, 22))}
	t.read()
	t.update()
	for k := range t.lessons {
		t.lessons[k].others = t.similar(&t.lessons[k])
	}
	start := slices.Clone(vectors)
	square := 0.0
	for i := range vectors {
		square += float64(vectors[i].dot(&vectors[i])) / latent.Dimensions
	}
	typical := math.Sqrt(square / float64(len(vectors)))
	rate := float32(learningRate * typical)
	m, s := make([]floats, len(vectors)), make([]floats, len(vectors))
	step := 0
	for range epochs {
		order := t.r.Perm(len(t.lessons))
		for b := range batches {
			step++
			part := order[b*len(order)/batches : (b+1)*len(order)/batches]
			gradient := t.gradient(part)
			b1, b2 := 1-math.Pow(0.9, float64(step)), 1-math.Pow(0.99, float64(step))
			for i := range vectors { // Adam, see descend
				for d := range vectors[i] {
					g := gradient[i][d]/float32(len(part)) + inertia*(vectors[i][d]-start[i][d])/float32(typical*typical)/float32(len(vectors))
					m[i][d] = 0.9*m[i][d] + 0.1*g
					s[i][d] = 0.99*s[i][d] + 0.01*g*g
					vectors[i][d] -= rate * m[i][d] / float32(b1) / (float32(math.Sqrt(float64(s[i][d])/b2)) + 1e-9)
				}
			}
		}
	}
}

func (t *teacher) weight(at int) float32 { return float32(t.idf[at]) / 10 }

// read reads the texts of all terms.
func (t *teacher) read() {
	for i, term := range t.terms {
		d := document.Of(term)
		frequency := make(map[string]float32)
		var whole text
		for _, w := range d.Tokens {
			frequency[w.Token] = w.Weight
			if at, ok := t.index[w.Token]; ok {
				whole.tokens = append(whole.tokens, weighted{at, latent.Frequency(w.Weight) * t.weight(at)})
			}
		}
		t.texts = append(t.texts, whole)
		keys, from := make(map[string]int), len(t.lines)
		for _, l := range d.Lines {
			var words []string
			for _, at := range l {
				words = append(words, d.Tokens[at].Token)
			}
			words = slices.Compact(words)
			var line text
			for _, w := range words {
				if at, ok := t.index[w]; ok {
					line.tokens = append(line.tokens, weighted{at, t.weight(at)})
				}
			}
			keys[strings.Join(words, " ")] = len(t.lines)
			t.lines = append(t.lines, line)
		}
		t.lineOf = append(t.lineOf, [2]int{from, len(t.lines)})
		text := term.Paraphrases.Text()
		for line := range strings.Lines(text.EN + "\n" + text.JA) {
			words := token.Of(line)
			slices.Sort(words)
			words = slices.Compact(words)
			q := lesson{own: i, ownLine: keys[strings.Join(words, " ")]}
			for _, w := range words {
				at, ok := t.index[w]
				if !ok {
					continue
				}
				weight := t.weight(at)
				if question.Tokens[w] {
					weight *= weightQuestionWord
				}
				q.tokens = append(q.tokens, weighted{at, weight})
				n := frequency[w]
				q.without = append(q.without, weighted{at, (latent.Frequency(max(0, n-paraphraseField)) - latent.Frequency(n)) * t.weight(at)})
			}
			if len(q.tokens) > 0 {
				t.lessons = append(t.lessons, q)
			}
		}
	}
}

func (t *teacher) update() {
	for i := range t.texts {
		t.texts[i].update(t.vectors)
	}
	for i := range t.lines {
		t.lines[i].update(t.vectors)
	}
}

// similar returns the terms whose texts are nearest to a lesson.
func (t *teacher) similar(q *lesson) []int {
	asked := text{tokens: q.tokens}
	asked.update(t.vectors)
	cosines := make([]float32, len(t.texts))
	order := make([]int, len(t.texts))
	for i := range t.texts {
		order[i], cosines[i] = i, asked.cosine(&t.texts[i])
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case cosines[a] > cosines[b]:
			return -1
		case cosines[a] < cosines[b]:
			return 1
		}
		return a - b
	})
	return slices.DeleteFunc(order[:similarTerms], func(i int) bool { return i == q.own })
}

// gradient returns the gradient of the loss of some lessons, for all vectors.
func (t *teacher) gradient(part []int) []floats {
	t.update()
	all := make([]floats, len(t.vectors))
	spread := func(x *text) {
		for _, w := range x.tokens {
			all[w.token].add(&x.gradient, w.weight)
		}
	}
	for _, k := range part {
		q := &t.lessons[k]
		asked := text{tokens: t.vary(q)}
		asked.update(t.vectors)
		own := text{tokens: slices.Concat(t.texts[q.own].tokens, q.without)}
		own.update(t.vectors)
		terms := append([]int{q.own}, q.others...)
		for range randomTerms {
			if i := t.r.IntN(len(t.terms)); i != q.own {
				terms = append(terms, i)
			}
		}
		t.addGradient(q, &asked, &own, terms)
		spread(&asked)
		spread(&own)
	}
	for i := range t.texts {
		spread(&t.texts[i])
	}
	for i := range t.lines {
		spread(&t.lines[i])
	}
	return all
}

// vary returns the tokens of a lesson without some of them, and perhaps with the name of a program.
func (t *teacher) vary(q *lesson) []weighted {
	var tokens []weighted
	for _, w := range q.tokens {
		if t.r.Float64() >= dropShare {
			tokens = append(tokens, w)
		}
	}
	if len(tokens) == 0 {
		tokens = slices.Clone(q.tokens)
	}
	if isProblem(t.terms[q.own]) && t.r.Float64() < productShare {
		for _, w := range token.Of(products[t.r.IntN(len(products))]) {
			if at, ok := t.index[w]; ok {
				tokens = append(tokens, weighted{at, t.weight(at)})
			}
		}
	}
	return tokens
}

// addGradient adds the gradient of a lesson to the texts, given the query, its own term without the
// line, and the terms to compare. The first of these is its own.
func (t *teacher) addGradient(q *lesson, asked, own *text, terms []int) {
	n := len(terms)
	of, nearest := make([]*text, n), make([]*text, n)
	cosines, lineCosines, p := make([]float32, n), make([]float32, n), make([]float32, n)
	most := float32(math.Inf(-1))
	for j, i := range terms {
		of[j] = &t.texts[i]
		if j == 0 {
			of[j] = own
		}
		cosines[j] = asked.cosine(of[j])
		for l := t.lineOf[i][0]; l < t.lineOf[i][1]; l++ {
			if l == q.ownLine {
				continue
			}
			if v := asked.cosine(&t.lines[l]); v > lineCosines[j] {
				nearest[j], lineCosines[j] = &t.lines[l], v
			}
		}
		p[j] = sharpness * (cosines[j] + lineCosines[j]) / 2
		most = max(most, p[j])
	}
	sum := float32(0)
	for j := range p {
		p[j] = float32(math.Exp(float64(p[j] - most)))
		sum += p[j]
	}
	for j := range terms {
		g := p[j] / sum
		if j == 0 {
			g--
		}
		if math.Abs(float64(g)) < 1e-3 {
			continue
		}
		g *= sharpness / 2
		asked.addGradient(of[j], cosines[j], g)
		if nearest[j] != nil {
			asked.addGradient(nearest[j], lineCosines[j], g)
		}
	}
}
