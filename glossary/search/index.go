package search

import (
	"strings"
	"sync"

	"k8sbot/glossary"
)

// An Index finds terms of a glossary. It does not change, and several goroutines may
// use it.
type Index struct {
	names     *names
	phonetic  *phoneticIndex
	scanner   *scanner
	sentences *sentences
	completer *completer
	// What only guesses need is made when it is first needed: it delays the
	// start.
	typos    func() *typoIndex
	initials func() *initialsIndex
	meanings func() *bm25Index
	warm     func()
}

// New returns an index of the terms of g.
func New(g *glossary.Glossary) *Index {
	terms := g.All()
	n := newNames(terms)
	x := &Index{
		names:    n,
		phonetic: newPhoneticIndex(n),
		scanner:  newScanner(terms),
		typos:    sync.OnceValue(func() *typoIndex { return newTypoIndex(n) }),
		initials: sync.OnceValue(func() *initialsIndex { return newInitialsIndex(n) }),
		meanings: sync.OnceValue(func() *bm25Index { return newBM25Index(g) }),
	}
	idf := sync.OnceValue(func() map[*glossary.Term]float64 { return newIDF(g, x.scanner) })
	x.sentences = &sentences{n, x.scanner, x.typos, idf}
	x.completer = &completer{n, x.initials, sync.OnceValue(func() []summary { return foldSummaries(terms) })}
	x.warm = sync.OnceFunc(func() {
		var wg sync.WaitGroup
		for _, part := range []func(){
			func() { x.meanings() }, func() { idf() }, func() { x.typos() }, func() { x.initials() },
		} {
			wg.Go(part)
		}
		wg.Wait()
	})
	return x
}

// Warm makes the parts of the index that only guesses need, side by side. The first
// guess does so too, and then takes the longer; a program that goes on running calls
// it when it has started.
func (x *Index) Warm() { x.warm() }

// Exact returns the terms with the name or alias, but for how it is written.
func (x *Index) Exact(name string) []Match { return x.names.exact(name) }

// Compound returns the terms of whose names a string consists, such as
// Init:CrashLoopBackOff: all of its parts are known, or nothing is found.
func (x *Index) Compound(text string) []Match { return x.names.compound(text) }

// Covers reports whether a term has the name, or an alias, but for how it is
// written.
func (x *Index) Covers(name string) bool { return len(x.Exact(strings.TrimSpace(name))) > 0 }

// Occurrences returns the places where a message names terms, in its order. Of several
// that overlap the longest counts.
func (x *Index) Occurrences(text string) []Occurrence { return x.scanner.scan(text, false) }

// OutputOccurrences does so with what a program printed, where only what is written as
// Kubernetes writes it is a name: Error is, the word error in a log is not.
func (x *Index) OutputOccurrences(text string) []Occurrence { return x.scanner.scan(text, true) }

// Complete returns the terms that a person may be about to type, at most limit of
// them: those with a name or alias to the letter, then but for its fold, then
// those with one that begins with the text, then those with one that holds it,
// then those that are described with it, and last those that have its letters in
// their order. Of each kind the better known come first. It returns nil for a
// text without letters and digits.
func (x *Index) Complete(text string, limit int) []Match { return x.completer.complete(text, limit) }
