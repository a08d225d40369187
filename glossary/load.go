package glossary

import (
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// Load returns the glossary of the embedded terms. All calls return the same glossary.
func Load() (*Glossary, error) { return load() }

var load = sync.OnceValues(func() (*Glossary, error) {
	s, err := builtIn()
	if err != nil {
		return nil, err
	}
	g := New(s.Terms)
	g.builtIn = true
	return g, nil
})

// LoadTree returns a glossary of the terms in a tree, without the embedded ones. If a file
// cannot be decoded, the error is [Problems]. Unlike package lint, it does not check the terms.
// It ignores extensions.
func LoadTree(tree fs.FS) (*Glossary, error) {
	o := ReadTree(tree)
	if len(o.Problems) > 0 {
		return nil, o.Problems
	}
	return New(o.terms()), nil
}

// With returns a glossary with the terms of g and o. A term of o replaces the term of g with the
// same ID. Then the extensions of o, in the order of their paths, add to the terms that they
// name. An extension of an unknown term has no effect. With ignores o.Problems.
func (g *Glossary) With(o *Overlay) *Glossary {
	byID := make(map[string]*Term, len(g.terms)+len(o.Files))
	for _, t := range g.terms {
		byID[t.ID] = t
	}
	for _, t := range o.terms() {
		byID[t.ID] = owned(t)
	}
	for _, f := range o.Extensions {
		if t, ok := byID[f.Extension.Extends]; ok {
			byID[t.ID] = t.Extend(f.Extension)
		}
	}
	return New(slices.Collect(maps.Values(byID)))
}
