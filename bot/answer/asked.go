package answer

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// maxOftenAsked is the number of statuses in the menu of [OftenAsked].
const maxOftenAsked = 5

// OftenAsked returns a menu of at most [maxOftenAsked] statuses. The statuses among the given terms
// come first, followed by the statuses that people need most.
func OftenAsked(g *glossary.Glossary, l glossary.Lang, terms []string) reply.Menu {
	var statuses []*glossary.Term
	for _, id := range terms {
		if t, ok := g.Term(id); ok && t.IsStatus() {
			statuses = append(statuses, t)
		}
	}
	m := reply.Menu{Label: wording.In(l).OftenAsked}
	if len(statuses) == 0 {
		m.Label = wording.In(l).CommonStatuses
	}
	for _, t := range slices.Concat(statuses, g.Common(g.Len())) {
		b := reply.NewButton(t.DisplayName(l), reply.ShowTerm, t.ID)
		if t.IsStatus() && len(m.Options) < maxOftenAsked && !slices.Contains(m.Options, b) {
			m.Options = append(m.Options, b)
		}
	}
	return m
}
