package question

import "k8sbot/glossary/search/phrase"

// A Kind says why a sentence names terms.
type Kind phrase.Kinds

// The kinds of sentences. A sentence may be of several kinds.
const (
	// Description is a sentence that describes a term because the person does not know the
	// term's name. It does not ask for the terms that it names: 「ノード間の負荷分散をするやつ」 does not ask
	// for load balancing.
	Description Kind = 1 << iota
	// Comparison is a sentence that asks how two terms differ.
	Comparison
)

// patterns are the phrases of each kind.
var patterns = map[Kind][]string{
	Description: {
		"thing|things|something|one|tool|command|component|program|part that|which", "what do you call", "anything|something like", "equivalent of|to|for", "word|name|term for", "(やつ|ヤツ|奴)(は|って|の名前)?$",
		"(する|くれる|なる|ための|している|してる)(もの|物|仕組み|機能|ツール|コンポーネント)$",
	},
	Comparison: {
		"diff|difference|differences|differ|different|vs|versus|or|compare|compared", "which one|should", "same as|thing", "better than", "relation|relationship between", "confused about|between", "(同じ|一緒|別物)(です|なの|もの|か|[?])?$", "(違い|違う|ちがい|どっち|どちら|比較|使い分け|関係|混同)",
	},
}

var kinds = func() *phrase.Matcher {
	m := new(phrase.Matcher)
	for kind, all := range patterns {
		for _, p := range all {
			if err := m.Add(phrase.Kinds(kind), p); err != nil {
				panic("question: " + err.Error())
			}
		}
	}
	return m
}()

// KindOf returns every kind that applies to the sentence text.
func KindOf(text string) (k Kind) {
	for _, f := range kinds.Find(phrase.NewText(text), nil) {
		k |= Kind(f.Kinds)
	}
	return k
}
