// Package wording contains the bot's own texts in each language. Texts about terms come from
// the glossary.
package wording

import "k8sbot/glossary"

// In returns the texts in English if l is English, and otherwise in Japanese.
func In(l glossary.Lang) *Texts {
	if l == glossary.English {
		return &english
	}
	return &japanese
}
