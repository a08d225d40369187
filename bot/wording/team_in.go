package wording

import "k8sbot/glossary"

// TeamIn returns the texts about a team's terms in English if l is English, and otherwise in
// Japanese.
func TeamIn(l glossary.Lang) *Team {
	if l == glossary.English {
		return &englishTeam
	}
	return &japaneseTeam
}
