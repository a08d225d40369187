// Package teamtest helps to test a team's terms. It provides an in-memory store, and the tests
// that every store must pass.
package teamtest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// Memory is an in-memory [team.Store]. The zero value is an empty store.
type Memory struct {
	mu      sync.Mutex
	version int64
	tenants map[team.Tenant]*tenant
	// Fail, if it is not nil, is the error that all methods return.
	Fail error
}

type tenant struct {
	version   int64
	settings  team.Settings
	history   map[string][]team.Revision // keyed by term, latest last
	confirmed map[string]time.Time
	asked     map[string]time.Time // when the owner was asked
	proposals []team.Proposal
	gaps      map[gapKey]team.Gap
	files     map[string]string
}

type gapKey struct {
	kind team.GapKind
	word string
	lang glossary.Lang
}

// of returns the tenant's data. It adds the tenant if it is not stored yet.
func (m *Memory) of(t team.Tenant) *tenant {
	if m.tenants == nil {
		m.tenants = make(map[team.Tenant]*tenant)
	}
	if m.tenants[t] == nil {
		m.tenants[t] = &tenant{
			history: make(map[string][]team.Revision), confirmed: make(map[string]time.Time), asked: make(map[string]time.Time),
			gaps: make(map[gapKey]team.Gap), files: make(map[string]string),
		}
	}
	return m.tenants[t]
}

// lock begins a call: it returns an error if ctx is done or Fail is set, and otherwise locks the
// store.
func (m *Memory) lock(ctx context.Context) (unlock func(), err error) {
	if err := cmp.Or(ctx.Err(), m.Fail); err != nil {
		return nil, err
	}
	m.mu.Lock()
	return m.mu.Unlock, nil
}

func (m *Memory) bump(t *tenant) {
	m.version++
	t.version = m.version
}

// Changes implements [team.Store].
func (m *Memory) Changes(ctx context.Context, after int64, limit int) ([]team.Change, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	var changes []team.Change
	for id, t := range m.tenants {
		if t.version > after {
			changes = append(changes, team.Change{Tenant: id, Version: t.version})
		}
	}
	slices.SortFunc(changes, func(a, b team.Change) int { return cmp.Compare(a.Version, b.Version) })
	return changes[:min(len(changes), limit)], nil
}

// entries returns the current entries.
func (t *tenant) entries() []team.Entry {
	var entries []team.Entry
	for term, history := range t.history {
		if last := history[len(history)-1]; !last.IsDeletion() {
			entries = append(entries, team.Entry{Term: term, Category: last.Category, Data: last.Data, Number: last.Number, Owner: last.Author, Confirmed: t.confirmed[term]})
		}
	}
	slices.SortFunc(entries, func(a, b team.Entry) int { return strings.Compare(a.Term, b.Term) })
	return entries
}

// Terms implements [team.Store].
func (m *Memory) Terms(ctx context.Context, id team.Tenant) (team.Terms, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return team.Terms{}, err
	}
	defer unlock()
	t := m.of(id)
	pending := slices.DeleteFunc(slices.Clone(t.proposals), func(p team.Proposal) bool { return p.State != team.Pending })
	return team.Terms{Version: t.version, Entries: t.entries(), Pending: pending}, nil
}

// Settings implements [team.Store].
func (m *Memory) Settings(ctx context.Context, id team.Tenant) (team.Settings, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return team.Settings{}, err
	}
	defer unlock()
	s := m.of(id).settings
	s.Tenant, s.People = id, slices.Clone(s.People)
	return s, nil
}

// SetSettings implements [team.Store].
func (m *Memory) SetSettings(ctx context.Context, s team.Settings) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	s.People = slices.Clone(s.People)
	m.of(s.Tenant).settings = s
	return nil
}

// Propose implements [team.Store].
func (m *Memory) Propose(ctx context.Context, p team.Proposal) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	t := m.of(p.Tenant)
	others, same := 0, -1
	for i, q := range t.proposals {
		switch {
		case q.State != team.Pending || q.Author != p.Author:
		case q.Term == p.Term:
			same = i
		default:
			others++
		}
	}
	if others >= team.MaxPending {
		return team.ErrTooManyProposals
	}
	if same >= 0 {
		t.proposals[same].State, t.proposals[same].Decided = team.Withdrawn, p.Created
	}
	p.State = team.Pending
	t.proposals = append(t.proposals, p)
	m.bump(t)
	return nil
}

// proposal returns the proposal with the given ID, or nil if there is none.
func (t *tenant) proposal(id string) *team.Proposal {
	for i := range t.proposals {
		if t.proposals[i].ID == id {
			return &t.proposals[i]
		}
	}
	return nil
}

// Proposal implements [team.Store].
func (m *Memory) Proposal(ctx context.Context, id team.Tenant, proposal string) (team.Proposal, bool, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return team.Proposal{}, false, err
	}
	defer unlock()
	if p := m.of(id).proposal(proposal); p != nil {
		return *p, true, nil
	}
	return team.Proposal{}, false, nil
}

// SetRef implements [team.Store].
func (m *Memory) SetRef(ctx context.Context, id team.Tenant, proposal, ref string) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if p := m.of(id).proposal(proposal); p != nil {
		p.Ref = ref
	}
	return nil
}

// Decide implements [team.Store].
func (m *Memory) Decide(ctx context.Context, d team.Decision) (team.Proposal, bool, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return team.Proposal{}, false, err
	}
	defer unlock()
	t := m.of(d.Tenant)
	p := t.proposal(d.Proposal)
	if p == nil || p.State != team.Pending {
		if p == nil {
			return team.Proposal{}, false, nil
		}
		return *p, false, nil
	}
	if d.State == team.Approved {
		r := team.Revision{
			Tenant: d.Tenant, Term: p.Term, Number: d.Entry.Number, Category: d.Entry.Category, Data: d.Entry.Data,
			Author: p.Author, Approver: d.Decider, At: d.At,
		}
		if err := t.commit([]team.Revision{r}); err != nil {
			return *p, false, err
		}
	}
	if d.State == team.Approved {
		p.Category, p.Data = d.Entry.Category, d.Entry.Data
	}
	p.State, p.Decider, p.Reason, p.Decided = d.State, d.Decider, d.Reason, d.At
	m.bump(t)
	return *p, true, nil
}

// commit adds all revisions, or none of them.
func (t *tenant) commit(revisions []team.Revision) error {
	next := make(map[string][]team.Revision)
	terms := len(t.entries())
	for _, r := range revisions {
		history := next[r.Term]
		if history == nil {
			history = slices.Clone(t.history[r.Term])
		}
		if r.Number != len(history)+1 {
			return team.ErrChanged
		}
		if existed := len(history) > 0 && !history[len(history)-1].IsDeletion(); existed != !r.IsDeletion() {
			if existed {
				terms--
			} else {
				terms++
			}
		}
		next[r.Term] = append(history, r)
	}
	if terms > team.MaxTerms {
		return team.ErrFull
	}
	for term, history := range next {
		t.history[term], t.confirmed[term] = history, history[len(history)-1].At
		delete(t.asked, term)
	}
	return nil
}

// Commit implements [team.Store].
func (m *Memory) Commit(ctx context.Context, id team.Tenant, revisions []team.Revision) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	t := m.of(id)
	for i := range revisions {
		revisions[i].Tenant = id
	}
	if err := t.commit(revisions); err != nil {
		return err
	}
	m.bump(t)
	return nil
}

// History implements [team.Store].
func (m *Memory) History(ctx context.Context, id team.Tenant, term string, limit int) ([]team.Revision, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	history := slices.Clone(m.of(id).history[term])
	slices.Reverse(history)
	return history[:min(len(history), limit)], nil
}

// Confirm implements [team.Store].
func (m *Memory) Confirm(ctx context.Context, id team.Tenant, term string, number int, at time.Time) (bool, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return false, err
	}
	defer unlock()
	t := m.of(id)
	if history := t.history[term]; number < 1 || len(history) != number || history[number-1].IsDeletion() {
		return false, nil
	}
	t.confirmed[term] = at
	delete(t.asked, term)
	return true, nil
}

// Unconfirmed implements [team.Store].
func (m *Memory) Unconfirmed(ctx context.Context, before, at time.Time, limit int) ([]team.Unconfirmed, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	var due []team.Unconfirmed
	for id, t := range m.tenants {
		for _, e := range t.entries() {
			if e.Owner != "" && e.Confirmed.Before(before) && t.asked[e.Term].Before(before) {
				due = append(due, team.Unconfirmed{Tenant: id, Entry: e})
			}
		}
	}
	slices.SortFunc(due, func(a, b team.Unconfirmed) int {
		return cmp.Or(a.Entry.Confirmed.Compare(b.Entry.Confirmed), strings.Compare(a.Entry.Term, b.Entry.Term))
	})
	due = due[:min(len(due), limit)]
	for _, d := range due {
		m.tenants[d.Tenant].asked[d.Entry.Term] = at
	}
	return due, nil
}

// Forget implements [team.Store].
func (m *Memory) Forget(ctx context.Context, who team.Member) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	without := func(user *string) {
		if *user == who.User {
			*user = ""
		}
	}
	for id, t := range m.tenants {
		if id.Platform != who.Platform || who.ID != "" && id.ID != who.ID || who.User == "" {
			continue
		}
		for _, history := range t.history {
			for i := range history {
				without(&history[i].Author)
				without(&history[i].Approver)
			}
		}
		for i := range t.proposals {
			without(&t.proposals[i].Author)
			without(&t.proposals[i].Decider)
		}
		t.settings.People = slices.DeleteFunc(t.settings.People, func(user string) bool { return user == who.User })
		m.bump(t)
	}
	return nil
}

var _ team.Store = (*Memory)(nil)
