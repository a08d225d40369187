package lint

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// Check returns the mistakes and warnings for a tree of term files that overlays base. base is
// nil for a standalone tree, such as that of the built-in terms. With a base, the tree is a
// team's: its texts may be in only one language, its links may lead to any page, its commands
// may run any program, and its files may extend the terms of base.
func Check(tree fs.FS, base *glossary.Glossary) glossary.Problems {
	return check(glossary.ReadTree(tree), base)
}

// BuiltIn returns the mistakes in the built-in terms, and in the tables about them. dir is the
// glossary directory of a checkout. BuiltIn also checks that the program was compiled with these
// terms and tables.
func BuiltIn(dir fs.FS) glossary.Problems {
	o, tables := glossary.ReadSource(dir)
	problems := check(o, nil)
	problems = append(problems, checkTables(tables, glossary.New(nil).With(o))...)
	switch data, err := glossary.Compile(o, tables); {
	case err == nil && glossary.IsEmbedded(data):
		return problems
	case err == nil && isFile(dir, compiledFile, data):
		return append(problems, glossary.Problem{File: "../" + compiledFile, Message: "this k8sbot was built from other terms: run go install ./cmd/k8sbot"})
	}
	return append(problems, glossary.Problem{File: "../" + compiledFile, Message: "is out of date: run go generate ./glossary"})
}

const compiledFile = "compiled.bin"

// isFile reports whether the file with the given name contains exactly data.
func isFile(dir fs.FS, name string, data []byte) bool {
	file, err := fs.ReadFile(dir, name)
	return err == nil && bytes.Equal(file, data)
}

// Load returns the embedded terms overlaid with the trees, in order. A term replaces an earlier
// term with the same ID, and an extension adds to the term that it names. If a tree has mistakes,
// the error is [glossary.Problems] with all of them. Warnings are not errors: Load passes
// each of them to warn.
func Load(warn func(glossary.Problem), trees ...fs.FS) (*glossary.Glossary, error) {
	g, err := glossary.Load()
	if err != nil {
		return nil, err
	}
	for _, tree := range trees {
		o := glossary.ReadTree(tree)
		problems := check(o, g)
		if mistakes := problems.Mistakes(); len(mistakes) > 0 {
			return nil, mistakes
		}
		for _, p := range problems {
			warn(p)
		}
		g = g.With(o)
	}
	return g, nil
}

// rules are the checks that every term must pass.
var rules = []func(*linter, *subject){
	ruleNames,
	ruleUnique,
	ruleUsages,
	ruleResource,
	ruleSummary,
	ruleMeaning,
	ruleStatus,
	ruleSeenFields,
	ruleSeenTexts,
	ruleSeenKinds,
	ruleSay,
	ruleClaims,
	ruleVariants,
	ruleCommands,
	ruleTask,
	ruleReferences,
	ruleBothNamed,
	ruleRelatedOnce,
	ruleVersions,
	ruleStages,
	ruleAliasSeverity,
	ruleDocs,
	ruleTier,
	ruleLinked,
	ruleStyle,
	ruleDistinct,
	ruleDropped,
}

// check applies the rules to those terms and extensions of a tree that could be decoded.
func check(o *glossary.Overlay, base *glossary.Glossary) glossary.Problems {
	l, subjects := newLinter(o, base)
	problems := slices.Clone(o.Problems)
	for _, s := range subjects {
		for _, rule := range rules {
			rule(l, s)
		}
		problems = append(problems, s.decoded()...)
	}
	for _, s := range l.extensions {
		for _, rule := range extensionRules {
			rule(l, s)
		}
		problems = append(problems, s.decoded()...)
	}
	problems.Sort()
	return problems
}

// newLinter returns a linter for a tree, and the subjects for the terms of the tree.
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
		subjects[i] = &subject{term: f.Term, file: f, team: base != nil}
		l.byID[f.Term.ID] = subjects[i]
		l.incomplete = l.incomplete || len(f.Problems) > 0
	}
	for _, f := range o.Extensions {
		l.extensions = append(l.extensions, newExtension(f, base))
		l.incomplete = l.incomplete || len(f.Problems) > 0
	}
	for _, s := range l.extensions {
		for _, n := range s.term.AllNames() {
			l.holders[fold.Key(n.Text)] = append(l.holders[fold.Key(n.Text)], holder{s, n})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(l.byID)) { // so that messages name the same term each time
		s := l.byID[id]
		for _, id := range references(s.term) {
			l.linked[id] = true
		}
		for _, n := range s.term.AllNames() {
			key := fold.Key(n.Text)
			l.holders[key] = append(l.holders[key], holder{s, n})
		}
	}
	l.summaries = sync.OnceValue(l.collectSummaries)
	l.claims = sync.OnceValue(l.collectClaims)
	return l, subjects
}
