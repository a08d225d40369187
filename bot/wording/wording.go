// Package wording has what the bot says in its own words, in each language. What it says
// about a term comes from the glossary.
package wording

import "k8sbot/glossary"

// In returns the texts in a language: Japanese unless it is English.
func In(l glossary.Lang) *Texts {
	if l == glossary.English {
		return &english
	}
	return &japanese
}
