package wording

import "k8sbot/glossary"

// TeamIn returns the texts about a team's terms in a language: Japanese unless it is English.
func TeamIn(l glossary.Lang) *Team {
	if l == glossary.English {
		return &englishTeam
	}
	return &japaneseTeam
}
