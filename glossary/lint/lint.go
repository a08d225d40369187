package lint

import (
	"io/fs"
	"slices"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// Check reports everything that is wrong with a tree of term files that is laid
// over base. base is nil for a tree that stands alone, as the embedded one
// does; over a base, links may go to any https page.
func Check(tree fs.FS, base *glossary.Glossary) glossary.Problems {
	return check(glossary.ReadTree(tree), base)
}

// Embedded reports everything that is wrong with the embedded terms, and
// where they are not those of the compiled form.
func Embedded() glossary.Problems {
	o := glossary.ReadTree(glossary.Files())
	problems := check(o, nil)
	if !glossary.IsCompiled(o) {
		problems = append(problems, glossary.Problem{File: "../terms.jsonl", Message: "is not what the terms say: run go generate ./glossary"})
	}
	return problems
}

// Load returns the embedded terms with those of the given trees laid over
// them, each over the ones before it: a term with the same ID replaces the
// one below. The trees are checked, and the error is [glossary.Problems] where that
// finds any.
func Load(trees ...fs.FS) (*glossary.Glossary, error) {
	g, err := glossary.Load()
	if err != nil {
		return nil, err
	}
	for _, tree := range trees {
		o := glossary.ReadTree(tree)
		if problems := check(o, g); len(problems) > 0 {
			return nil, problems
		}
		g = g.With(o)
	}
	return g, nil
}

// rules are all that is checked of a term, one small function each.
var rules = []func(*linter, *subject){
	ruleNames,
	ruleUnique,
	ruleUsages,
	ruleResource,
	ruleSummary,
	ruleMeaning,
	ruleStatus,
	ruleCommands,
	ruleReferences,
	ruleRelatedOnce,
	ruleVersions,
	ruleDocs,
	ruleTier,
	ruleLinked,
	ruleStyle,
	ruleDistinct,
}

// check applies the rules to each term of a tree that decoded.
func check(o *glossary.Overlay, base *glossary.Glossary) glossary.Problems {
	l, subjects := newLinter(o, base)
	problems := slices.Clone(o.Problems)
	for _, s := range subjects {
		if len(s.file.Problems) > 0 {
			continue // what did not decode is not there to be checked
		}
		for _, rule := range rules {
			rule(l, s)
		}
		problems = append(problems, s.problems...)
	}
	problems.Sort()
	return problems
}

// newLinter returns a linter for a tree, and the terms of the tree.
func newLinter(o *glossary.Overlay, base *glossary.Glossary) (*linter, []*subject) {
	l := &linter{
		base: base, byID: make(map[string]*subject),
		linked: make(map[string]bool), holders: make(map[string][]holder),
	}
	if base != nil {
		for _, t := range base.All() {
			l.byID[t.ID] = &subject{term: t}
		}
	}
	subjects := make([]*subject, len(o.Files))
	for i, f := range o.Files {
		subjects[i] = &subject{term: f.Term, file: f}
		l.byID[f.Term.ID] = subjects[i]
		l.incomplete = l.incomplete || len(f.Problems) > 0
	}
	for _, s := range l.byID {
		for _, id := range references(s.term) {
			l.linked[id] = true
		}
		for _, n := range s.term.AllNames() {
			key := fold.Key(n.Text)
			l.holders[key] = append(l.holders[key], holder{s, n.Field, n.Shared})
		}
	}
	l.summaries = sync.OnceValue(l.collectSummaries)
	return l, subjects
}
