package search

import (
	"strings"

	"k8sbot/glossary"
)

// objects has the kinds of objects that each status is a status of, so that Pending in
// "pvc pending" does not mean the phase of a Pod.
type objects map[*glossary.Term]map[*glossary.Term]bool

func newObjects(g *glossary.Glossary, s *scanner) objects {
	all := make(objects)
	for _, t := range g.All() {
		if !t.IsStatus() {
			continue
		}
		kinds := make(map[*glossary.Term]bool)
		add := func(kind string) {
			if o, ok := g.Kind(kind); ok {
				kinds[o] = true
			}
		}
		for _, seen := range t.Seen {
			add(seen.Of)
		}
		for _, u := range t.Usages {
			if strings.Contains(u.Of, "container") {
				add("pod")
			}
			for _, o := range s.scan(u.Of, false) {
				if o.Term.Resource != nil {
					kinds[o.Term] = true
				}
			}
		}
		if len(kinds) > 0 {
			all[t] = kinds
		}
	}
	return all
}

// addEvidence adds to candidates whether they are statuses of the objects that the query
// names.
func (o objects) addEvidence(found []candidate, mentions []mention) {
	var named []*glossary.Term
	for _, m := range mentions {
		if m.term.Resource != nil {
			named = append(named, m.term)
		}
	}
	if len(named) == 0 {
		return
	}
	for i := range found {
		kinds := o[found[i].term]
		if kinds == nil {
			continue
		}
		same := false
		for _, t := range named {
			same = same || kinds[t]
		}
		if same {
			found[i].evidence[isSameObject] = 1
		} else {
			found[i].evidence[isOtherObject] = 1
		}
	}
}
