package search

import (
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/search/bm25"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/token"
)

// A corpus is an inverted index of the terms' texts, for full-text search. It ranks the terms for a
// query by BM25F and by the nearest line, which is a name, paraphrase or summary (package bm25), and by
// direction in the space of meanings (package latent).
type corpus struct {
	terms []*glossary.Term
	index *bm25.Index // its documents are the terms

	space                *latent.Space
	places               []int32        // indexed by token of index: its index in space, or -1
	points               *latent.Points // indexed by term; nil if there are too many
	leanings, importance []float32      // indexed by token of index, see problem.Leaning and latent.Space
	lines                *latent.Lines  // nil if points is
	priors               []prior        // indexed by term
}

// A prior is the evidence for a term that does not depend on the query, see evidenceKind. isProblem is 1
// for a status that is not healthy.
type prior struct{ isStatus, isProblem, isCommon float32 }

// maxPoints is the maximum number of terms that are ranked by direction, which compares them all.
const maxPoints = 5000

// An askedToken is a token of a query.
type askedToken struct {
	bm25.Token
	text       string
	vector     latent.Vector
	importance float32 // see latent.Space
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

// vector returns the vector of a token of the index.
func (c *corpus) vector(token int32) latent.Vector {
	if at := c.places[token]; at >= 0 {
		return c.space.At(int(at))
	}
	return latent.Vector{}
}

// askedToken returns an askedToken that is not weighted yet.
func (c *corpus) askedToken(token string) askedToken {
	t, i, ok := c.index.Find(token)
	if !ok {
		return askedToken{Token: t, text: token, vector: c.space.Vector(token), importance: 1}
	}
	return askedToken{Token: t, text: token, vector: c.vector(int32(i)), importance: c.importance[i], leaning: c.leanings[i]}
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
func (c *corpus) typed(typed []askedToken, query *token.Text) []askedToken {
	tokens := slices.Clone(query.Tokens())
	slices.Sort(tokens)
	for _, w := range slices.Compact(tokens) {
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
		if i := slices.IndexFunc(asked, func(a askedToken) bool { return a.text == w }); i >= 0 {
			return &asked[i]
		}
		a := c.askedToken(w)
		if a.Documents == 0 {
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
			if slices.Contains(written, typed[j].text) {
				asked[j].written |= 1 << i
			}
		}
	}
	for i := range asked {
		a := &asked[i]
		a.weight, a.isQuestion = a.importance*a.IDF, question.Tokens[a.text]
		switch {
		case abbreviations[a.text]:
			a.weight *= weightAbbreviation
		case a.isQuestion:
			a.weight *= weightQuestionWord
		case i >= named:
			a.weight *= weightSaid
		case !a.isTyped:
			a.weight *= weightOtherWord
		}
		if a.share = a.weight; abbreviations[a.text] {
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
				e.highest = max(e.highest, a.importance*a.IDF)
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
