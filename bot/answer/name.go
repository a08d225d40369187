package answer

import (
	"cmp"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// NameFor returns the name of t that completes what a person has typed. If the typed text is
// Japanese, NameFor returns the Japanese name or alias that begins with that text, or the Japanese
// name if none of them does. Otherwise, it returns the English name.
func NameFor(t *glossary.Term, typed string) string {
	if !fold.HasJapanese(typed) {
		return t.Name.EN
	}
	key := fold.Key(typed)
	for _, n := range t.AllNames() {
		if n.Shared || !fold.HasJapanese(n.Text) || !strings.HasPrefix(fold.Key(n.Text), key) {
			continue
		}
		if n.Field == "furigana" {
			return t.Name.JA // which people write with kanji
		}
		return n.Text
	}
	return cmp.Or(t.Name.JA, t.Name.EN)
}
