// Package overlay finds tenants' own terms together with the built-in terms. All tenants share
// the index of the built-in terms. Each tenant has a small index of its own, which a [Cache]
// rebuilds when the tenant's terms change.
package overlay

import (
	"slices"
	"strings"
	"sync"

	"k8sbot/bot/team"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/search"
)

// An Overlay contains one tenant's terms. It is immutable and safe for concurrent use. A nil
// Overlay is empty.
type Overlay struct {
	version int64
	terms   *glossary.Glossary
	index   *search.Index
	entries map[string]team.Entry // keyed by term
	drafts  map[string]*Overlay   // keyed by author

	mu       sync.Mutex
	shared   *diagnose.Diagnoser // the diagnoser that diagnose was made from
	diagnose *diagnose.Diagnoser
}

// New returns an overlay with a tenant's terms.
func New(t team.Terms) *Overlay {
	o := newOverlay(t.Entries, false)
	o.version = t.Version
	byAuthor := make(map[string][]team.Entry)
	for _, p := range t.Pending {
		if p.Author != "" && p.Data != "" {
			byAuthor[p.Author] = append(byAuthor[p.Author], p.Entry())
		}
	}
	o.drafts = make(map[string]*Overlay, len(byAuthor))
	for author, entries := range byAuthor {
		o.drafts[author] = newOverlay(entries, true)
	}
	return o
}

func newOverlay(entries []team.Entry, draft bool) *Overlay {
	o := &Overlay{terms: team.Decode(entries), entries: make(map[string]team.Entry, len(entries))}
	for _, e := range entries {
		o.entries[e.Term] = e
	}
	for _, t := range o.terms.All() {
		t.Draft = draft // no other goroutine uses the terms yet
	}
	o.index = search.New(o.terms)
	return o
}

// Len returns the number of terms, not counting drafts.
func (o *Overlay) Len() int {
	if o == nil {
		return 0
	}
	return o.terms.Len()
}

// size returns the number of terms, including drafts.
func (o *Overlay) size() int {
	n := o.Len()
	for _, d := range o.drafts {
		n += d.Len()
	}
	return n
}

// Draft returns the terms that a member has proposed and that wait for a review, or nil if there
// are none.
func (o *Overlay) Draft(user string) *Overlay {
	if o == nil {
		return nil
	}
	return o.drafts[user]
}

// Terms returns the terms, sorted by ID.
func (o *Overlay) Terms() []*glossary.Term {
	if o == nil {
		return nil
	}
	return o.terms.All()
}

// Term returns the term with the given ID, or false if there is none.
func (o *Overlay) Term(id string) (*glossary.Term, bool) {
	if o == nil {
		return nil, false
	}
	return o.terms.Term(id)
}

// Entry returns a term's entry, or false if there is none.
func (o *Overlay) Entry(id string) (team.Entry, bool) {
	if o == nil {
		return team.Entry{}, false
	}
	e, ok := o.entries[id]
	return e, ok
}

// Named returns the term with the given name in one of the languages, or false if there is none.
func (o *Overlay) Named(name string) (*glossary.Term, bool) {
	if o == nil {
		return nil, false
	}
	for _, m := range o.index.Exact(name) {
		if m.Term.Name.EN == name || m.Term.Name.JA == name || strings.EqualFold(m.Term.Name.EN, name) {
			return m.Term, true
		}
	}
	return nil, false
}

// Diagnoser returns a diagnoser that also recognizes the tenant's terms in pastes.
func (o *Overlay) Diagnoser(shared *diagnose.Diagnoser) *diagnose.Diagnoser {
	if o.Len() == 0 {
		return shared
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shared != shared {
		o.shared, o.diagnose = shared, shared.Beside(o.terms)
	}
	return o.diagnose
}

// Exact returns the terms with the given name or alias.
func (o *Overlay) Exact(name string) []search.Match {
	if o == nil {
		return nil
	}
	return o.index.Exact(name)
}

// Search returns at most limit terms that a person may mean by the text, like
// [search.Index.Search]. The terms come from the tenant and from shared. Among equally good
// matches, the tenant's terms come first:
//
//   - If the tenant and shared each have a term with the same name, Search returns both terms, even
//     if the text is an alias that only shared's term has.
//   - If the text is a name, Search returns no guesses in addition to the named term.
//   - Names of the tenant's terms within a sentence count only if shared has no answer.
//   - At least one match is from shared, if shared has a match and limit is at least 2.
func (o *Overlay) Search(shared *search.Index, text string, limit int) []search.Match {
	found := shared.Search(text, limit)
	if o.Len() == 0 {
		return found
	}
	var own []search.Match
	switch {
	case isNamed(found) && found[0].Kind != search.Question: // this is the case for most questions
		own = o.index.Exact(text)
	case isNamed(found):
		own = o.index.Named(text, limit)
	default:
		if own = o.index.SearchNames(text, limit); !isAnswer(own) && !isAnswer(found) {
			own = append(o.mentioned(text), own...)
		}
	}
	switch {
	case isAnswer(own) && !isAnswer(found), isNamed(own) && !isNamed(found):
		found = nil
	case isAnswer(found) && !isAnswer(own), isNamed(found) && !isNamed(own):
		own = nil
	}
	if isAnswer(own) {
		own = slices.DeleteFunc(own, func(m search.Match) bool { return m.Score < search.AnswerThreshold })
	}
	own = o.withNamesakes(own, found)
	if len(found) > 0 && limit > 1 {
		own = own[:min(len(own), limit-1)]
	}
	all := slices.Concat(own, found)
	if !isAnswer(all) {
		slices.SortStableFunc(all, func(a, b search.Match) int {
			switch {
			case a.Score > b.Score:
				return -1
			case a.Score < b.Score:
				return 1
			}
			return 0
		})
	}
	return all[:min(len(all), limit)]
}

// withNamesakes adds to own the tenant's terms that have the same name as an answer in found. The
// text may be an alias that only the built-in term has.
func (o *Overlay) withNamesakes(own, found []search.Match) []search.Match {
	for _, f := range found {
		if f.Score < search.AnswerThreshold {
			continue
		}
		for _, m := range o.index.Exact(f.Term.Name.EN) {
			if !slices.ContainsFunc(own, func(m2 search.Match) bool { return m2.Term == m.Term }) {
				own = append(own, search.Match{Term: m.Term, Score: f.Score, Kind: f.Kind})
			}
		}
	}
	return own
}

func isAnswer(found []search.Match) bool {
	return len(found) > 0 && found[0].Score >= search.AnswerThreshold
}

// isNamed reports whether the text names the first match. If it does, the match is not a guess.
func isNamed(found []search.Match) bool {
	if !isAnswer(found) {
		return false
	}
	switch found[0].Kind {
	case search.Exact, search.Alias, search.Folded, search.Question:
		return true
	}
	return false
}

// mentionScore is the score of a name within a sentence.
const mentionScore = search.AnswerThreshold + 0.05

// mentioned returns the terms that are named in a sentence.
func (o *Overlay) mentioned(text string) []search.Match {
	var found []search.Match
	for _, m := range o.index.Mentions(text) {
		if !slices.ContainsFunc(found, func(f search.Match) bool { return f.Term == m.Term }) {
			found = append(found, search.Match{Term: m.Term, Score: mentionScore, Kind: search.Scanned})
		}
	}
	return found
}

// Complete returns at most limit completions from the tenant's terms and from shared. The
// tenant's completions come first. If shared has enough completions, at most half of the results
// are the tenant's.
func (o *Overlay) Complete(shared *search.Index, text string, limit int) []search.Match {
	if o.Len() == 0 {
		return shared.Complete(text, limit)
	}
	own, found := o.index.Complete(text, limit), shared.Complete(text, limit)
	room := max(limit-len(found), limit/2)
	return slices.Concat(own[:min(len(own), room)], found)[:min(limit, min(len(own), room)+len(found))]
}

// Occurrences returns the terms that occur in a program's output, each once, in the order of the
// text.
func (o *Overlay) Occurrences(text string) []*glossary.Term {
	if o.Len() == 0 {
		return nil
	}
	var all []*glossary.Term
	for _, m := range o.index.OutputOccurrences(text) {
		if !slices.Contains(all, m.Term) {
			all = append(all, m.Term)
		}
	}
	return all
}
