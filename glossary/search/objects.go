package search

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/scan"
)

// objects contains, for each status, the kinds of objects that have it. They show that Pending in
// "pvc pending" does not mean the phase of a Pod.
type objects struct {
	kinds map[*glossary.Term]map[*glossary.Term]bool // keyed by status
	// fields contains, for each field, the kinds of objects that have it. For example, a
	// question that names LoadBalancer is about a Service.
	fields map[*glossary.Term][]*glossary.Term
	// related returns the terms to which a term is related.
	related func(*glossary.Term) []glossary.Related
}

func newObjects(g *glossary.Glossary, s *scan.Scanner) *objects {
	named := make(map[string][]*glossary.Term) // kinds in a text, keyed by the text
	all := &objects{make(map[*glossary.Term]map[*glossary.Term]bool), make(map[*glossary.Term][]*glossary.Term), g.Related}
	for _, t := range g.All() {
		if !t.IsStatus() {
			for _, u := range t.Usages {
				if o, ok := g.Kind(strings.ToLower(u.Of)); ok && u.Kind == glossary.Field {
					all.fields[t] = append(all.fields[t], o)
				}
			}
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
			of, ok := named[u.Of]
			if !ok {
				for _, o := range s.Scan(u.Of, false) {
					if o.Term.Resource != nil {
						of = append(of, o.Term)
					}
				}
				named[u.Of] = of
			}
			for _, o := range of {
				kinds[o] = true
			}
		}
		if len(kinds) > 0 {
			all.kinds[t] = kinds
		}
	}
	return all
}

// addRelated adds evidence to the candidates that are statuses and are related to the mentioned term.
func (o *objects) addRelated(found []candidate, m *mention, problem float32) {
	related := o.related(m.term)
	for i := range found {
		f := &found[i]
		if f.evidence[isStatus] == 1 && slices.ContainsFunc(related, func(r glossary.Related) bool { return r.Term == f.term }) {
			f.evidence[isRelated] = max(f.evidence[isRelated], problem*min(1, float32(m.weight)))
		}
	}
}

// addEvidence adds evidence to the candidates that are statuses: whether the query names an
// object of a kind that has the status, or a related term. problem is the probability that the
// query describes a problem.
func (o *objects) addEvidence(found []candidate, mentions []mention, problem float32) {
	var named []*glossary.Term
	for _, m := range mentions {
		if !m.term.IsStatus() {
			o.addRelated(found, &m, problem)
		}
		if r := m.term.Resource; r != nil {
			key := fold.Key(m.written)
			for _, name := range append([]string{m.term.Name.EN, m.term.Name.JA, r.Plural}, r.ShortNames...) {
				if fold.Key(name) == key {
					named = append(named, m.term)
					break
				}
			}
		}
		named = append(named, o.fields[m.term]...)
	}
	if len(named) == 0 {
		return
	}
	for i := range found {
		kinds := o.kinds[found[i].term]
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
