package overlay

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// A View contains the terms that one person sees: the built-in terms, the tenant's terms, and the
// person's own drafts, which replace the terms that they change.
type View struct {
	Glossary *glossary.Glossary // the built-in terms
	Index    *search.Index      // the index of Glossary
	Own      *Overlay           // the tenant's terms; nil if there are none
	Draft    *Overlay           // the person's drafts; nil if there are none, or if other people see the answer
}

// IsShared reports whether t is a built-in term, which all tenants share.
func (v View) IsShared(t *glossary.Term) bool {
	shared, ok := v.Glossary.Term(t.ID)
	return ok && shared == t
}

// Term returns the term with the given ID, or false if there is none.
func (v View) Term(id string) (*glossary.Term, bool) {
	for _, o := range []*Overlay{v.Draft, v.Own} {
		if t, ok := o.Term(id); ok {
			return t, true
		}
	}
	return v.Glossary.Term(id)
}

// Search is like [Overlay.Search], but includes the drafts.
func (v View) Search(text string, limit int) []search.Match {
	found := v.Own.Search(v.Index, text, limit)
	if v.Draft.Len() == 0 {
		return found
	}
	drafts := v.Draft.index.Named(text, limit)
	if len(drafts) > 0 && !isNamed(found) {
		found = nil
	}
	return v.replaced(slices.Concat(drafts, found), limit)
}

// replaced returns at most limit matches, each term once, with drafts instead of the terms that
// they change.
func (v View) replaced(found []search.Match, limit int) []search.Match {
	var out []search.Match
	for _, m := range found {
		if t, ok := v.Draft.Term(m.Term.ID); ok {
			m.Term = t
		}
		if !slices.ContainsFunc(out, func(o search.Match) bool { return o.Term == m.Term }) && len(out) < limit {
			out = append(out, m)
		}
	}
	return out
}

// Exact returns the terms with the given name or alias.
func (v View) Exact(name string) []search.Match {
	return slices.Concat(v.Draft.Exact(name), v.Own.Exact(name), v.Index.Exact(name))
}

// Covers reports whether there is a term with the given name or alias.
func (v View) Covers(name string) bool { return len(v.Exact(strings.TrimSpace(name))) > 0 }

// IsQuote reports whether text is only the name of a term, or a message that a program printed.
// Neither says which language a person speaks.
func (v View) IsQuote(text string) bool { return v.Covers(text) || v.Index.IsQuote(text) }

// Mentions returns the terms that a person's text mentions, in the order of the text. The tenant's
// own terms come first.
func (v View) Mentions(text string) []*glossary.Term {
	var all []*glossary.Term
	if v.Own.Len() > 0 {
		for _, m := range v.Own.mentioned(text) {
			all = append(all, m.Term)
		}
	}
	for _, m := range v.Index.Mentions(text) {
		if !slices.Contains(all, m.Term) {
			all = append(all, m.Term)
		}
	}
	return all
}

// maxPinned is the maximum number of the tenant's terms that are suggested before anything is
// typed.
const maxPinned = 5

// Complete returns at most limit terms that complete the text. If the text is empty, it returns
// some of the tenant's terms, and the built-in terms that newcomers need first.
func (v View) Complete(text string, limit int) []*glossary.Term {
	if text == "" {
		own := v.Own.Terms()
		own = own[:min(len(own), maxPinned, limit)]
		return slices.Concat(own, v.Glossary.Common(limit-len(own)))
	}
	found := v.Own.Complete(v.Index, text, limit)
	if v.Draft.Len() > 0 {
		found = v.replaced(slices.Concat(v.Draft.index.Complete(text, limit), found), limit)
	}
	terms := make([]*glossary.Term, len(found))
	for i, m := range found {
		terms[i] = m.Term
	}
	return terms
}
