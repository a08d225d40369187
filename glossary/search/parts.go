package search

import (
	_ "embed"
	"sync"

	"k8sbot/glossary"
	"k8sbot/glossary/compact"
	"k8sbot/glossary/parallel"
	"k8sbot/glossary/search/document"
	"k8sbot/glossary/search/inverted"
	"k8sbot/glossary/search/message"
	"k8sbot/glossary/search/rarity"
	"k8sbot/glossary/search/scan"
	"k8sbot/glossary/search/sorted"
	"k8sbot/glossary/search/sound"
)

// parts are the parts of an index that take long to build. They are strings with a fixed layout,
// which are read where they are: the binary embeds those of the built-in terms, so that the first
// answer of a process does not have to wait for them.
type parts struct {
	Mentions string         // see rarity.Count
	Corpus   inverted.Index // of the documents of the terms
	Messages message.Templates
	Sounds   sorted.Multimap // see sound.Index
}

// index.bin contains the parts for the built-in terms, in the format of package compact. `go
// generate ./glossary` generates it after compiled.bin.
//
//go:embed index.bin
var embeddedParts string

// A partsBuilder builds each part for terms on first use.
type partsBuilder struct {
	mentions func() string
	corpus   func() *inverted.Index
	messages func() *message.Templates
	sounds   func() sorted.Multimap
}

// newPartsBuilder returns a partsBuilder. n contains the names of the terms. ready contains the parts
// if they do not have to be built; otherwise, it is nil.
func newPartsBuilder(terms []*glossary.Term, n *names, s *scan.Scanner, ready *parts) *partsBuilder {
	if ready != nil && ready.Corpus.Documents() == len(terms) { // otherwise, index.bin is not generated yet
		return &partsBuilder{
			mentions: func() string { return ready.Mentions },
			corpus:   func() *inverted.Index { return &ready.Corpus },
			messages: func() *message.Templates { return &ready.Messages },
			sounds:   func() sorted.Multimap { return ready.Sounds },
		}
	}
	return &partsBuilder{
		mentions: sync.OnceValue(func() string { return rarity.Count(terms, s) }),
		corpus:   sync.OnceValue(func() *inverted.Index { return indexDocuments(terms) }),
		messages: sync.OnceValue(func() *message.Templates { return message.TemplatesOf(terms) }),
		sounds:   sync.OnceValue(func() sorted.Multimap { return sound.Index(n.sortedKeys()) }),
	}
}

// all returns all parts.
func (b *partsBuilder) all() *parts {
	return &parts{Mentions: b.mentions(), Corpus: *b.corpus(), Messages: *b.messages(), Sounds: b.sounds()}
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
