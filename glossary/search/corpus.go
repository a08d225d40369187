package search

import (
	"math"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/token"
)

// A corpus is an inverted index of the terms' texts, for full-text search. It ranks the terms for a
// query in three ways:
//
//   - by BM25F, which weights a token by its rarity and by the field that contains it (S.
//     Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009,
//     https://doi.org/10.1561/1500000019);
//   - by the nearest line: the name, paraphrase or summary that is most similar to the query;
//   - by direction in the space of meanings (package latent).
type corpus struct {
	terms []*glossary.Term
	index *inverted.Index // its documents are the terms
	norms []float32       // indexed by term: length normalization, in units of weight

	lineTerms   []int32   // indexed by line: the term
	lineLengths []float32 // indexed by line: the length of its vector of tokens

	space                *latent.Space
	vectors              []latent.Vector   // indexed by token of index
	points               *latent.Points    // indexed by term; nil if there are too many
	leanings, importance []float32         // indexed by token of index, see problem.Leaning and latent.Space
	common               map[int][]posting // by token of index, see minCommon
	lines                *latent.Lines     // nil if points is

	scratches chan *scratch
}

// A posting is a term that contains a token, with the token's weight in the term.
type posting struct {
	term   int32
	weight float32
}

// minCommon is the minimum number of terms that contain a common token, such as pod. A third of all terms
// must contain it, too. Lines are compared without it: it hardly tells them apart.
const minCommon = 300

// The parameters of BM25: K says how quickly repetitions of a token stop adding weight, and B says
// how much a document's length matters. 1.2 is the usual value of K. B is small because most
// documents have nearly the same length.
const (
	bm25K = 1.2
	bm25B = 0.4
)

// maxPostings is the number of postings at which a token is too common to be looked up.
const maxPostings = 20_000

// maxPoints is the maximum number of terms that are ranked by direction, which compares them all.
const maxPoints = 5000

// A scratch is the temporary memory of a search. It is as large as the corpus, so it is reused.
type scratch struct {
	words, coverage, best []float32 // indexed by term
	slot                  []int32   // indexed by term: its position among the candidates, from 1
	shared                []float32 // indexed by line
	touched, touchedLines []int32
	written, said         []uint32 // indexed by term: the expressions that it contains, and those that it says in other words
	lines                 []int32  // that contain a token, with repetitions
}

// maxScratches is the maximum number of scratches that a corpus keeps, for concurrent searches.
const maxScratches = 4

// idf returns the inverse document frequency of a token in n terms.
func (c *corpus) idf(n int) float32 {
	return float32(math.Log(1 + (float64(len(c.terms))-float64(n)+0.5)/(float64(n)+0.5)))
}

// An askedToken is a token of a query.
type askedToken struct {
	token      string
	list       inverted.List // empty if no term contains it
	common     []posting     // set if the token is common
	vector     latent.Vector
	importance float32 // see latent.Space
	idf        float32
	weight     float32
	share      float32 // what it adds to the coverage of a term: an abbreviation counts for its name
	leaning    float32 // see problem.Leaning
	// isTyped is false for a token that is not in the query itself but in the name of a term
	// that the query abbreviates.
	isTyped    bool
	isQuestion bool // see question.Tokens
	// written and said have a bit for each expression of which this is a token, and for each for
	// which the documentation uses this token.
	written, said uint32
}

// An expression is an everyday expression in a query.
type expression struct {
	token.Expansion
	share   float32 // see askedToken
	highest float32 // the highest weight of the documentation's words
}

// askedToken returns an askedToken that is not weighted yet.
func (c *corpus) askedToken(token string) askedToken {
	i, ok := c.index.Tokens.Find(token)
	if !ok {
		return askedToken{token: token, vector: c.space.Vector(token), importance: 1, idf: c.idf(0)}
	}
	list := c.index.List(i)
	return askedToken{token: token, list: list, common: c.common[i], vector: c.vectors[i], importance: c.importance[i], idf: c.idf(list.Documents), leaning: c.leanings[i]}
}

// These factors scale the weights of words that people add to any question, of abbreviations, of other
// words in an abbreviated name, and of the words that the documentation uses.
const (
	weightQuestionWord = 0.3
	weightAbbreviation = 0.1
	weightOtherWord    = 0.6
	weightSaid         = 0.1
)

// typed appends the tokens of a query to typed, each once.
func (c *corpus) typed(typed []askedToken, query string) []askedToken {
	tokens := token.Of(query)
	slices.Sort(tokens)
	tokens = slices.Compact(tokens)
	for _, w := range tokens {
		a := c.askedToken(w)
		a.isTyped = true
		typed = append(typed, a)
	}
	return typed
}

// ask returns the given tokens of a query, and their total weight. It adds the documentation's words
// for its expressions, and the names of terms that the query abbreviates, so "svc pending" also asks
// for service. It sets the weights of typed and the shares of expressions. asked shares typed's memory.
func (c *corpus) ask(typed []askedToken, expressions []expression, mentions []mention) (asked []askedToken, total float32) {
	asked = typed
	add := func(w string) *askedToken {
		if i := slices.IndexFunc(asked, func(a askedToken) bool { return a.token == w }); i >= 0 {
			return &asked[i]
		}
		a := c.askedToken(w)
		if a.list.Documents == 0 {
			return nil
		}
		asked = append(asked, a)
		return &asked[len(asked)-1]
	}
	var abbreviations map[string]bool
	for _, m := range mentions {
		if m.term.IsStatus() || !guard.IsIdentifier(m.written) {
			continue
		}
		names := token.Of(m.term.Name.EN + "\n" + m.term.Name.JA)
		for _, w := range token.Of(m.written) {
			if abbreviations == nil {
				abbreviations = make(map[string]bool)
			}
			abbreviations[w] = !slices.Contains(names, w)
		}
		for _, w := range names {
			add(w)
		}
	}
	named := len(asked)
	for i, e := range expressions {
		for _, w := range e.Words {
			if a := add(w); a != nil {
				a.said |= 1 << i
			}
		}
		written := token.Of(e.Written)
		for j := range typed {
			if slices.Contains(written, typed[j].token) {
				asked[j].written |= 1 << i
			}
		}
	}
	for i := range asked {
		a := &asked[i]
		a.weight, a.isQuestion = a.importance*a.idf, question.Tokens[a.token]
		switch {
		case abbreviations[a.token]:
			a.weight *= weightAbbreviation
		case a.isQuestion:
			a.weight *= weightQuestionWord
		case i >= named:
			a.weight *= weightSaid
		case !a.isTyped:
			a.weight *= weightOtherWord
		}
		if a.share = a.weight; abbreviations[a.token] {
			a.share *= weightOtherWord / weightAbbreviation
		}
		if a.isTyped {
			total += a.share
		}
		for j := range expressions {
			e := &expressions[j]
			switch {
			case a.written&(1<<j) != 0:
				e.share += a.share
			case a.said&(1<<j) != 0:
				e.highest = max(e.highest, a.importance*a.idf)
			}
		}
	}
	for j := range expressions {
		if e := &expressions[j]; e.share == 0 { // it is in hiragana, which has no tokens
			e.share = e.highest
			total += e.share
		}
	}
	return asked, total
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }
