package search

import (
	"strings"
	"sync"
	"sync/atomic"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/latent"
	"k8sbot/glossary/search/message"
	"k8sbot/glossary/search/rarity"
	"k8sbot/glossary/search/scan"
	"k8sbot/glossary/search/task"
	"k8sbot/glossary/search/token"
)

// An Index finds terms of a glossary. It is safe for concurrent use.
type Index struct {
	names     *names
	scanner   *scan.Scanner
	sentences *sentences
	completer *completer
	tasks     *task.Index
	initials  *initialsIndex
	built     *partsBuilder
	// These parts are built on first use, because building them at startup would take time.
	// Exact matches do not need them.
	messages func() *message.Index
	typos    func() *typoIndex
	corpus   func() *corpus
	objects  func() *objects
	build    func() // builds all of them
	fill     func() // computes what searches of these parts would compute when they first need it
	// questions is the number of questions that were searched for tasks.
	questions atomic.Int32
}

// New returns an index of the terms of g. All indexes of the built-in terms in a process share
// their parts.
func New(g *glossary.Glossary) *Index {
	if !g.IsBuiltIn() {
		return newIndex(g, nil)
	}
	return builtInIndex()
}

var builtInIndex = sync.OnceValue(func() *Index {
	g, err := glossary.Load()
	if err != nil { // unreachable: there would be no built-in terms to pass to New
		panic(err)
	}
	return newIndex(g, readEmbedded())
})

// newIndex returns an index of the terms of g. ready contains the parts that do not have to be
// built; nil means none.
func newIndex(g *glossary.Glossary, ready *parts) *Index {
	terms, tasks := task.Split(g.All())
	n := newNames(terms)
	x := &Index{
		names:    n,
		scanner:  scan.New(n.keys),
		typos:    sync.OnceValue(func() *typoIndex { return newTypoIndex(n) }),
		initials: newInitialsIndex(n),
	}
	x.built = newPartsBuilder(terms, n, x.scanner, ready)
	x.tasks = task.New(tasks, ready != nil)
	x.messages = sync.OnceValue(func() *message.Index { return message.New(terms, x.built.messages()) })
	x.corpus = sync.OnceValue(func() *corpus { return newCorpus(terms, x.built.corpus(), latent.Embedded()) })
	x.objects = sync.OnceValue(func() *objects { return newObjects(g, x.scanner) })
	x.sentences = &sentences{n, x.scanner, x.typos, sync.OnceValue(func() *rarity.Rarity { return &rarity.Rarity{Terms: terms, Counts: x.built.mentions()} })}
	x.completer = &completer{n, x.initials, sync.OnceValue(func() []summary { return foldSummaries(terms) })}
	x.build = sync.OnceFunc(func() {
		var wg sync.WaitGroup
		for _, part := range []func(){
			func() { x.corpus() }, func() { x.built.mentions() }, func() { x.objects() }, func() { x.typos() }, func() { x.built.messages() }, func() { x.names.sortedKeys() }, x.tasks.Warm, token.Warm,
		} {
			wg.Go(part)
		}
		wg.Wait()
	})
	x.fill = sync.OnceFunc(func() {
		x.messages()
		if lines := x.corpus().lines; lines != nil {
			lines.Fill()
		}
		x.tasks.Fill()
	})
	return x
}

// Prepare begins to read what a search for text needs besides the terms, and does not wait. Call it
// before the terms are loaded. It does nothing if text is a single word, which needs none of this.
func Prepare(text string) {
	if text = strings.TrimSpace(text); strings.Contains(text, " ") || fold.HasJapanese(text) {
		go func() {
			task.Prepare()
			token.Warm()
			latent.Embedded()
		}()
	}
}

// Warm builds the parts of the index that exact matches do not need. Long-running programs should
// call it at startup. Otherwise, the first searches that need these parts have to wait for them.
func (x *Index) Warm() {
	x.build()
	x.fill()
}

// Exact returns the terms with the given name or alias, ignoring case, width and separators.
func (x *Index) Exact(name string) []Match {
	if found := x.names.exact(name); found != nil {
		return found
	}
	if t := x.tasks.Named(name); t != nil {
		return []Match{{t, scoreFolded, Folded}}
	}
	return nil
}

// Compound splits a string such as Init:CrashLoopBackOff into names of terms, and returns the
// terms. It returns nil unless all parts are known.
func (x *Index) Compound(text string) []Match { return x.names.compound(text) }

// Covers reports whether there is a term with the given name or alias.
func (x *Index) Covers(name string) bool { return len(x.Exact(strings.TrimSpace(name))) > 0 }

// IsQuote reports whether text is only the name of a term, or a message that a program printed.
func (x *Index) IsQuote(text string) bool { return x.Covers(text) || x.messages().IsQuote(text) }

// OutputOccurrences returns the places where the output of a program names terms, in the order
// of the text. If names overlap, it returns only the longest of them. Only names in Kubernetes'
// spelling count: Error counts, but the word error in a log does not.
func (x *Index) OutputOccurrences(text string) []scan.Occurrence { return x.scanner.Scan(text, true) }

// Complete returns at most limit completions of the text. First come the terms with a name or alias
// that equals the text, that equals it after folding, that starts with it, or that contains it, in
// this order. Then come the terms whose summary contains the text, the terms whose initials are the
// letters of the text, and finally the tasks. Within each kind, better-known terms come first.
//
// It returns nil if the text contains no letters or digits.
func (x *Index) Complete(text string, limit int) []Match {
	return completeTasks(x.tasks, x.completer.complete(text, limit), text, limit)
}
