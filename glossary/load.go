package glossary

import (
	"embed"
	"io/fs"
)

//go:embed terms
var embedded embed.FS

// Files returns the tree of the embedded term files.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "terms")
	if err != nil {
		panic(err) // the embedded tree has that folder
	}
	return sub
}

// Load returns the embedded terms.
func Load() (*Glossary, error) {
	terms, err := decompile(compiled)
	if err != nil {
		return nil, err
	}
	return New(terms), nil
}

// LoadTree returns the terms of a tree alone, without the embedded ones. It
// takes what can be decoded as it is; the error is [Problems] where something cannot.
// Package lint tells what else is wrong with a tree.
func LoadTree(tree fs.FS) (*Glossary, error) {
	o := ReadTree(tree)
	if len(o.Problems) > 0 {
		return nil, o.Problems
	}
	return New(o.terms()), nil
}

// With returns the glossary with the terms of o laid over its own: one with the same ID
// replaces the one below. It takes what was decoded as it is.
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
