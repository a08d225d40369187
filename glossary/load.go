package glossary

import "io/fs"

// Load returns a glossary of the embedded terms. It decodes the tables too, so that a
// mistake in one of them is an error here.
func Load() (*Glossary, error) {
	tables := make(chan Problems, 1)
	go func() { tables <- EmbeddedTables().Problems() }()
	terms, err := decompile(compiled)
	if err != nil {
		return nil, err
	}
	if problems := <-tables; len(problems) > 0 {
		return nil, problems
	}
	return New(terms), nil
}

// LoadTree returns a glossary of the terms of a tree, without the embedded ones. If a
// file cannot be decoded, the error is [Problems]. It does not check the terms further;
// package lint does.
func LoadTree(tree fs.FS) (*Glossary, error) {
	o := ReadTree(tree)
	if len(o.Problems) > 0 {
		return nil, o.Problems
	}
	return New(o.terms()), nil
}

// With returns a glossary with the terms of g and o. A term of o replaces the term of g
// with the same ID. It ignores o.Problems.
func (g *Glossary) With(o *Overlay) *Glossary {
	terms := o.terms()
	above := make(map[string]bool, len(terms))
	for _, t := range terms {
		above[t.ID] = true
	}
	for _, t := range g.terms {
		if !above[t.ID] {
			terms = append(terms, t)
		}
	}
	return New(terms)
}
