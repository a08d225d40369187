package search

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/sound"
	"k8sbot/glossary/search/token"
)

// A stage is one way to find the terms for a query.
type stage struct {
	name  string
	part  queryPart
	reads func(text string) string                      // returns the form of text that the stage compares, for [Trace]
	find  func(x *Index, q *query, text string) []Match // text is the part of q
}

// stages lists the stages, most reliable first. combine decides which stages are tried, and
// merges their results.
var stages = []stage{
	{"name", whole, fold.Key, byText((*Index).Exact)},
	{"phonetic", whole, fold.Key, byText((*Index).findPhonetic)},
	{"compound", whole, asTyped, byText((*Index).Compound)},

	{"task", whole, asMeanings, (*Index).findTask},

	{"name", core, fold.Key, byText((*Index).Exact)},
	{"phonetic", core, fold.Key, byText((*Index).findPhonetic)},
	{"compound", core, asTyped, byText((*Index).Compound)},

	{"message", core, asTyped, byText((*Index).findMessage)},
	{"object", core, asTyped, byText((*Index).findObject)},
	{"prefix", core, fold.Key, byText((*Index).findPrefix)},
	{"typo", core, fold.Key, byText((*Index).findTypo)},
	{"initials", core, fold.Key, byText((*Index).findInitials)},
	{"evidence", whole, asTokens, (*Index).findByEvidence},
}

// byText returns find as the function of a stage that needs only the text.
func byText(find func(x *Index, text string) []Match) func(*Index, *query, string) []Match {
	return func(x *Index, _ *query, text string) []Match { return find(x, text) }
}

func asTyped(text string) string  { return text }
func asTokens(text string) string { return strings.Join(token.Of(text), " ") }

// findPhonetic finds the terms with a name in kana that sounds like the text, which is in kana or
// romaji, or with a name of which the text spells a part in katakana: headlessサービス.
func (x *Index) findPhonetic(text string) []Match {
	var found []Match
	if mixed := x.inOneScript(text); mixed != text {
		for _, m := range x.names.exact(mixed) {
			found = keepBest(found, Match{m.Term, scorePhonetic, Folded})
		}
		return found
	}
	for _, key := range sound.Find(x.built.sounds(), x.names.sortedKeys, fold.Key(text)) {
		for _, s := range x.names.keys[key] {
			found = keepBest(found, Match{s.Term, scorePhonetic, Folded})
		}
	}
	return found
}

// findPrefix is the first stage that is not exact. It builds the parts of the index that later
// stages also need.
func (x *Index) findPrefix(text string) []Match {
	x.build()
	return x.names.prefix(text)
}

// findMessage finds terms by the words of a message. If the query contains no other words, a
// match is as good as an alias.
func (x *Index) findMessage(text string) []Match {
	terms, whole := x.messages().Find(text)
	score, kind := scoreSentence, Scanned
	if whole {
		score, kind = scoreFolded, Folded
	}
	var found []Match
	for _, t := range terms {
		found = append(found, Match{t, score, kind})
	}
	return found
}

func (x *Index) findTypo(text string) []Match     { return x.typos().find(text) }
func (x *Index) findInitials(text string) []Match { return x.initials.find(fold.Key(text)) }
