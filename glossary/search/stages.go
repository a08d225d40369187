package search

import (
	"strings"

	"k8sbot/glossary/fold"
)

// A stage is one way to find what a query means.
type stage struct {
	name  string
	part  queryPart
	reads func(text string) string // the form of the text that it compares, for [Trace]
	find  func(x *Index, text string) []Match
}

// stages are tried from the surest to the loosest. combine decides which of them are,
// and what their finds are worth beside one another.
var stages = []stage{
	{"name", whole, fold.Key, (*Index).Exact},
	{"phonetic", whole, fold.Key, (*Index).findPhonetic},
	{"compound", whole, asTyped, (*Index).Compound},

	{"name", core, fold.Key, (*Index).Exact},
	{"phonetic", core, fold.Key, (*Index).findPhonetic},
	{"compound", core, asTyped, (*Index).Compound},

	{"prefix", core, fold.Key, (*Index).findPrefix},
	{"typo", core, fold.Key, (*Index).findTypo},
	{"initials", core, fold.Key, (*Index).findInitials},
	{"sentence", whole, asTyped, (*Index).findInSentence},
	{"meaning", core, asTokens, (*Index).findMeaning},
}

func asTyped(text string) string  { return text }
func asTokens(text string) string { return strings.Join(fold.Tokens(text), " ") }

func (x *Index) findPhonetic(text string) []Match { return x.phonetic.find(fold.Key(text)) }

// findPrefix is the first of the stages that guess: it makes what the others need too.
func (x *Index) findPrefix(text string) []Match {
	x.Warm()
	return x.names.prefix(fold.Key(text))
}

func (x *Index) findTypo(text string) []Match       { return x.typos().find(text) }
func (x *Index) findInitials(text string) []Match   { return x.initials().find(fold.Key(text)) }
func (x *Index) findInSentence(text string) []Match { return x.sentences.find(text) }
func (x *Index) findMeaning(text string) []Match    { return x.meanings().find(text) }
