package glossary

import (
	"cmp"
	"slices"
	"strings"
)

// A Glossary is an immutable set of terms. It is safe for concurrent use.
type Glossary struct {
	terms   []*Term // sorted by ID
	byID    map[string]*Term
	related map[string][]Related
	kinds   map[string]*Term // keyed by kind, in lower case
	builtIn bool
}

// Related is a term together with its relation to another term.
type Related struct {
	Relation Relation // as seen from the other term
	Term     *Term
}

// New returns a glossary of the terms, which must not be modified afterwards. Unlike package
// lint, New does not check the terms. It drops relations to terms that are not in the set.
func New(terms []*Term) *Glossary {
	g := &Glossary{
		terms:   slices.Clone(terms),
		byID:    make(map[string]*Term, len(terms)),
		related: make(map[string][]Related),
		kinds:   make(map[string]*Term),
	}
	slices.SortFunc(g.terms, func(a, b *Term) int { return strings.Compare(a.ID, b.ID) })
	for _, t := range g.terms {
		g.byID[t.ID] = t
		if t.Resource != nil {
			g.kinds[strings.ToLower(strings.ReplaceAll(t.Name.EN, " ", ""))] = t
		}
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

// Kind returns the term for the given kind, such as pod, which must be in lower case and singular.
// It returns false if there is none.
func (g *Glossary) Kind(kind string) (*Term, bool) {
	t, ok := g.kinds[kind]
	return t, ok
}

// relate records a relation and its inverse.
func (g *Glossary) relate(t *Term, r Relation, other *Term) {
	g.related[t.ID] = append(g.related[t.ID], Related{r, other})
	g.related[other.ID] = append(g.related[other.ID], Related{r.Inverse(), t})
}

// relationOrder returns the sort key of a relation. Relations are in display order, and each
// inverse comes right after the relation that it is derived from.
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

// IsBuiltIn reports whether g is the glossary that [Load] returns. All bots in a process that use
// this glossary can share an index.
func (g *Glossary) IsBuiltIn() bool { return g.builtIn }

// Len returns the number of terms.
func (g *Glossary) Len() int { return len(g.terms) }

// All returns all terms, sorted by ID.
func (g *Glossary) All() []*Term { return slices.Clone(g.terms) }

// Words returns the terms that are not tasks, sorted by ID.
func (g *Glossary) Words() []*Term {
	return slices.DeleteFunc(g.All(), (*Term).IsTask)
}

// Term returns the term with the given ID, or false if there is none.
func (g *Glossary) Term(id string) (*Term, bool) {
	t, ok := g.byID[id]
	return t, ok
}

// ByCategory returns the terms of a category, sorted by English name.
func (g *Glossary) ByCategory(c Category) []*Term {
	in := slices.DeleteFunc(g.All(), func(t *Term) bool { return t.Category != c })
	slices.SortFunc(in, func(a, b *Term) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name.EN), strings.ToLower(b.Name.EN)), strings.Compare(a.ID, b.ID))
	})
	return in
}

// Related returns the terms that t is related to, closest relation first. The
// relation may be stated in either term's file. The caller must not change the slice.
func (g *Glossary) Related(t *Term) []Related { return g.related[t.ID] }

// Difference returns the sentence in l that distinguishes two terms. It looks at the
// ConfusedWith fields of both terms, and returns false if neither term names the other.
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

// Compare orders terms by how well they are known: by tier (see Term.Tier) and, within a tier, by
// how many terms they are related to, most first.
func (g *Glossary) Compare(a, b *Term) int {
	return cmp.Or(cmp.Compare(a.Tier, b.Tier), cmp.Compare(len(g.related[b.ID]), len(g.related[a.ID])))
}

// Common returns at most limit terms, the best known (see Term.Tier) first. Within a tier, more
// severe terms come first and, among equally severe terms, those with more relations.
func (g *Glossary) Common(limit int) []*Term {
	terms := g.All()
	slices.SortStableFunc(terms, func(a, b *Term) int {
		return cmp.Or(cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), g.Compare(a, b))
	})
	return terms[:min(limit, len(terms))]
}
