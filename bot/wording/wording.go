// Package wording has the bot's own texts in each language. Texts about terms come from
// the glossary.
package wording

import "k8sbot/glossary"

// In returns the texts in a language: Japanese unless it is English.
func In(l glossary.Lang) *Texts {
	if l == glossary.English {
		return &english
	}
	return &japanese
}
