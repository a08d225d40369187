package search

import (
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/sound"
)

// findPhonetic finds the terms with a name in kana that sounds like the text, which is in kana or
// romaji.
func (x *Index) findPhonetic(text string) []Match {
	var found []Match
	for _, key := range sound.Find(x.built.sounds(), x.names.sortedKeys, fold.Key(text)) {
		for _, s := range x.names.keys[key] {
			found = keepBest(found, Match{s.term, scorePhonetic, Folded})
		}
	}
	return found
}
