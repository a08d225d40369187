package search

import (
	_ "embed"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/compact"
	"k8sbot/glossary/parallel"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/scan"
)

// parts are the parts of an index that take long to build. They are strings with a fixed layout,
// which are read where they are: the binary embeds those of the built-in terms, so that the first
// answer of a process does not have to wait for them.
type parts struct {
	Mentions string         // see countMentions
	Corpus   inverted.Index // of the documents of the terms
}

// index.bin contains the parts for the built-in terms, in the format of package compact. `go
// generate ./glossary` generates it after compiled.bin.
//
//go:embed index.bin
var embeddedParts string

// newParts builds the parts for terms.
func newParts(terms []*glossary.Term, s *scan.Scanner) *parts {
	return &parts{Mentions: countMentions(terms, s), Corpus: *indexDocuments(terms)}
}

// indexDocuments returns the index of the documents of terms.
func indexDocuments(terms []*glossary.Term) *inverted.Index {
	all := make([]document.Document, len(terms))
	parallel.Do(len(terms), func(i int) { all[i] = document.Of(terms[i]) })
	return inverted.New(all)
}

// readEmbedded returns the embedded parts.
var readEmbedded = sync.OnceValue(func() *parts {
	p := new(parts)
	if err := compact.Decode(embeddedParts, p); err != nil {
		panic("search: index.bin: " + err.Error() + ": run go generate ./glossary")
	}
	return p
})
