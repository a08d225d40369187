package wording

import "k8sbot/glossary"

// TeamIn returns the texts about a team's terms in a language: English, or Japanese for any other
// language.
func TeamIn(l glossary.Lang) *Team {
	if l == glossary.English {
		return &englishTeam
	}
	return &japaneseTeam
}
