package glossary

import (
	"cmp"
	"slices"
	"strings"
)

// A Glossary is a set of terms. It does not change, and
// several goroutines may use it.
type Glossary struct {
	terms   []*Term // in the order of their IDs
	byID    map[string]*Term
	related map[string][]Related
}

// Related is a term that another one is bound to.
type Related struct {
	Relation Relation // as the other term sees it
	Term     *Term
}

// New returns a glossary of the terms, which must not change afterwards. It
// takes them as they are; package lint tells what is wrong with them. Relations to
// terms that are not in the set are left out.
func New(terms []*Term) *Glossary {
	g := &Glossary{
		terms:   slices.Clone(terms),
		byID:    make(map[string]*Term, len(terms)),
		related: make(map[string][]Related),
	}
	slices.SortFunc(g.terms, func(a, b *Term) int { return strings.Compare(a.ID, b.ID) })
	for _, t := range g.terms {
		g.byID[t.ID] = t
	}
	for _, t := range g.terms {
		for _, r := range t.Related {
			for _, id := range r.Terms {
				if other, ok := g.byID[id]; ok {
					g.relate(t, r.Relation, other)
				}
			}
		}
	}
	for _, list := range g.related {
		slices.SortStableFunc(list, func(a, b Related) int {
			return cmp.Compare(relationOrder(a.Relation), relationOrder(b.Relation))
		})
	}
	return g
}

// relate notes a relation and its inverse.
func (g *Glossary) relate(t *Term, r Relation, other *Term) {
	g.related[t.ID] = append(g.related[t.ID], Related{r, other})
	g.related[other.ID] = append(g.related[other.ID], Related{r.Inverse(), t})
}

// relationOrder orders relations as they are listed, a derived one right
// behind the one it comes from.
func relationOrder(r Relation) int {
	for i, e := range relations {
		switch r {
		case e.relation:
			return 2 * i
		case e.inverse:
			return 2*i + 1
		}
	}
	return 2 * len(relations)
}

// Len returns the number of terms.
func (g *Glossary) Len() int { return len(g.terms) }

// All returns the terms in the order of their IDs.
func (g *Glossary) All() []*Term { return slices.Clone(g.terms) }

// ForEach calls do for each term and its place in the order of IDs, shared between the
// cores.
func (g *Glossary) ForEach(do func(i int, t *Term)) {
	inParallel(len(g.terms), func(i int) { do(i, g.terms[i]) })
}

// Term returns the term with the ID.
func (g *Glossary) Term(id string) (*Term, bool) {
	t, ok := g.byID[id]
	return t, ok
}

// ByCategory returns the terms of a category in the order of their English names.
func (g *Glossary) ByCategory(c Category) []*Term {
	var in []*Term
	for _, t := range g.terms {
		if t.Category == c {
			in = append(in, t)
		}
	}
	slices.SortFunc(in, func(a, b *Term) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name.EN), strings.ToLower(b.Name.EN)), strings.Compare(a.ID, b.ID))
	})
	return in
}

// Related returns what a term is bound to, by its own file or by the other
// term's, the closest relations first.
func (g *Glossary) Related(t *Term) []Related { return slices.Clone(g.related[t.ID]) }

// Difference returns what is said of the difference between two terms, in l.
// It looks at both terms' ConfusedWith and reports false where neither names
// the other.
func (g *Glossary) Difference(a, b *Term, l Lang) (string, bool) {
	for _, pair := range [][2]*Term{{a, b}, {b, a}} {
		for _, c := range pair[0].ConfusedWith {
			if c.Term == pair[1].ID {
				return c.Difference(l), true
			}
		}
	}
	return "", false
}

// Common returns at most limit terms, those that people meet first in front: the
// better known before the others, and among these what fails before what works.
func (g *Glossary) Common(limit int) []*Term {
	terms := g.All()
	slices.SortStableFunc(terms, func(a, b *Term) int {
		return cmp.Or(cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Severity.Rank(), b.Severity.Rank()))
	})
	return terms[:min(limit, len(terms))]
}
