package search

import (
	"strings"

	"k8sbot/glossary/fold"
)

// A stage is one way to find what a query means.
type stage struct {
	name   string
	source source
	reads  func(text string) string // the form of the text that it compares, for [Trace]
	find   func(x *Index, text string) []Match
}

// stages are tried from the surest to the loosest. combine decides which of them are,
// and what their finds are worth beside one another.
var stages = []stage{
	{"name", whole, fold.Key, (*Index).Exact},
	{"loose", whole, fold.Key, (*Index).soundingLike},
	{"composed", whole, asTyped, (*Index).Compound},

	{"name", core, fold.Key, (*Index).Exact},
	{"loose", core, fold.Key, (*Index).soundingLike},
	{"composed", core, asTyped, (*Index).Compound},

	{"prefix", core, fold.Key, (*Index).beginningWith},
	{"typo", core, fold.Key, (*Index).misspelt},
	{"initials", core, fold.Key, (*Index).abbreviated},
	{"sentence", whole, asTyped, (*Index).namedIn},
	{"meaning", core, asTokens, (*Index).describedBy},
}

func asTyped(text string) string  { return text }
func asTokens(text string) string { return strings.Join(fold.Tokens(text), " ") }

func (x *Index) soundingLike(text string) []Match { return x.phonetic.find(fold.Key(text)) }

// beginningWith is the first of the stages that guess: it makes what the others need too.
func (x *Index) beginningWith(text string) []Match {
	x.Warm()
	return x.names.prefix(fold.Key(text))
}

func (x *Index) misspelt(text string) []Match    { return x.typos().find(text) }
func (x *Index) abbreviated(text string) []Match { return x.initials().find(fold.Key(text)) }
func (x *Index) namedIn(text string) []Match     { return x.sentences.find(text) }
func (x *Index) describedBy(text string) []Match { return x.meanings().find(text) }
