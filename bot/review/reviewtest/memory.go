// Package reviewtest provides an in-memory store for tests, and the tests that every
// [review.Store] must pass.
package reviewtest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"k8sbot/bot/review"
)

// A Memory is a [review.Store] in memory.
type Memory struct {
	mu       sync.Mutex
	learners map[review.Learner]*learner
}

type learner struct {
	settings *review.Settings
	digest   review.Digest
	cards    []review.Card // sorted by term
	log      []review.Answer
	latest   []review.Day // latest[i] is the latest day in log[:i+1]
	lookUps  map[string]time.Time
	channels map[string]time.Time // the time of the last answer in each channel
}

// card returns the index of a term's card, or the index at which to insert a new one. The bool
// is false if there is no card.
func (l *learner) card(term string) (int, bool) {
	return slices.BinarySearchFunc(l.cards, term, func(c review.Card, term string) int { return cmp.Compare(c.Term, term) })
}

var _ review.Store = (*Memory)(nil)

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{learners: make(map[review.Learner]*learner)} }

// lock locks the store and returns the learner's data.
func (m *Memory) lock(l review.Learner) *learner {
	m.mu.Lock()
	if m.learners[l] == nil {
		m.learners[l] = new(learner)
	}
	return m.learners[l]
}

// Settings implements [review.Store].
func (m *Memory) Settings(ctx context.Context, l review.Learner) (review.Settings, bool, error) {
	defer m.mu.Unlock()
	if s := m.lock(l).settings; s != nil {
		return *s, true, ctx.Err()
	}
	return review.Settings{}, false, ctx.Err()
}

// PutSettings implements [review.Store].
func (m *Memory) PutSettings(ctx context.Context, s review.Settings, d review.Digest) error {
	defer m.mu.Unlock()
	has := m.lock(s.Learner)
	if has.settings = &s; has.digest.Version == 0 {
		d.Version = 1
		has.digest = d
	}
	return ctx.Err()
}

// Forget implements [review.Store].
func (m *Memory) Forget(ctx context.Context, l review.Learner) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.learners, l)
	return ctx.Err()
}

// Cards implements [review.Cards].
func (m *Memory) Cards(ctx context.Context, l review.Learner) ([]review.Card, error) {
	defer m.mu.Unlock()
	return slices.Clone(m.lock(l).cards), ctx.Err()
}

// CardsOf implements [review.Cards].
func (m *Memory) CardsOf(ctx context.Context, learners []review.Learner) ([]review.Card, error) {
	return ofAll(learners, func(l review.Learner) ([]review.Card, error) { return m.Cards(ctx, l) })
}

// AnswersOf implements [review.Cards].
func (m *Memory) AnswersOf(ctx context.Context, learners []review.Learner, since review.Day) ([]review.Answer, error) {
	return ofAll(learners, func(l review.Learner) ([]review.Answer, error) { return m.Answers(ctx, l, since) })
}

// ofAll calls a function once for each learner and returns all results.
func ofAll[T any](learners []review.Learner, of func(review.Learner) ([]T, error)) ([]T, error) {
	seen := make(map[review.Learner]bool)
	var all []T
	for _, l := range learners {
		if seen[l] {
			continue
		}
		seen[l] = true
		some, err := of(l)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// AddCards implements [review.Cards].
func (m *Memory) AddCards(ctx context.Context, cards []review.Card) error {
	for _, c := range cards {
		if has := m.lock(c.Learner); has.settings != nil {
			i, ok := has.card(c.Term)
			if !ok {
				has.cards = slices.Insert(has.cards, i, c)
			}
			has.cards[i].Suspended = false
		}
		m.mu.Unlock()
	}
	return ctx.Err()
}

// RemoveNew implements [review.Cards].
func (m *Memory) RemoveNew(ctx context.Context, l review.Learner, term string) error {
	defer m.mu.Unlock()
	has := m.lock(l)
	if i, ok := has.card(term); ok && has.cards[i].Seq == 0 {
		has.cards = slices.Delete(has.cards, i, i+1)
	}
	return ctx.Err()
}

// Suspend implements [review.Cards].
func (m *Memory) Suspend(ctx context.Context, l review.Learner, term string) error {
	defer m.mu.Unlock()
	has := m.lock(l)
	if i, ok := has.card(term); ok {
		has.cards[i].Suspended = true
	}
	return ctx.Err()
}

// Answers implements [review.Cards].
func (m *Memory) Answers(ctx context.Context, l review.Learner, since review.Day) ([]review.Answer, error) {
	defer m.mu.Unlock()
	has := m.lock(l)
	i, _ := slices.BinarySearch(has.latest, since) // all answers before i are on earlier days
	return answers(has.log[i:], func(a review.Answer) bool { return a.Day >= since }), ctx.Err()
}

// CardAnswers implements [review.Cards].
func (m *Memory) CardAnswers(ctx context.Context, l review.Learner, term string) ([]review.Answer, error) {
	defer m.mu.Unlock()
	return answers(m.lock(l).log, func(a review.Answer) bool { return a.Term == term }), ctx.Err()
}

func answers(log []review.Answer, want func(review.Answer) bool) []review.Answer {
	var out []review.Answer
	for _, a := range log {
		if want(a) {
			out = append(out, a)
		}
	}
	return out
}

// Append implements [review.Cards].
func (m *Memory) Append(ctx context.Context, a review.Answer, after review.Card) (bool, error) {
	defer m.mu.Unlock()
	has := m.lock(a.Learner)
	i, ok := has.card(a.Term)
	if !ok || has.cards[i].Seq != a.Seq-1 || ctx.Err() != nil {
		return false, ctx.Err()
	}
	after.Added, after.Suspended = has.cards[i].Added, has.cards[i].Suspended
	has.cards[i] = after
	latest := a.Day
	if n := len(has.latest); n > 0 {
		latest = max(latest, has.latest[n-1])
	}
	has.log, has.latest = append(has.log, a), append(has.latest, latest)
	return true, nil
}

// NoteLookUp implements [review.LookUps].
func (m *Memory) NoteLookUp(ctx context.Context, l review.Learner, term string, at time.Time) (before time.Time, err error) {
	defer m.mu.Unlock()
	has := m.lock(l)
	if has.settings == nil || ctx.Err() != nil {
		return time.Time{}, ctx.Err()
	}
	if has.lookUps == nil {
		has.lookUps = make(map[string]time.Time)
	}
	before, has.lookUps[term] = has.lookUps[term], at
	return before, nil
}

// NoteChannel implements [review.Channels].
func (m *Memory) NoteChannel(ctx context.Context, l review.Learner, channel string, at time.Time) error {
	defer m.mu.Unlock()
	has := m.lock(l)
	if has.settings == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	if has.channels == nil {
		has.channels = make(map[string]time.Time)
	}
	has.channels[channel] = at
	return nil
}

// ChannelLearners implements [review.Channels].
func (m *Memory) ChannelLearners(ctx context.Context, platform, tenant, channel string, since time.Time, limit int) ([]review.Learner, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var people []review.Learner
	for l, has := range m.learners {
		if at, ok := has.channels[channel]; ok && l.Platform == platform && l.Tenant == tenant && !at.Before(since) {
			people = append(people, l)
		}
	}
	slices.SortFunc(people, func(a, b review.Learner) int {
		return cmp.Or(m.learners[b].channels[channel].Compare(m.learners[a].channels[channel]), cmp.Compare(a.User, b.User))
	})
	return people[:min(len(people), max(limit, 0))], ctx.Err()
}

// Digest implements [review.Digests].
func (m *Memory) Digest(ctx context.Context, l review.Learner) (review.Digest, error) {
	defer m.mu.Unlock()
	return m.lock(l).digest, ctx.Err()
}

// SetDigest implements [review.Digests].
func (m *Memory) SetDigest(ctx context.Context, d review.Digest) (bool, error) {
	defer m.mu.Unlock()
	has := m.lock(d.Learner)
	if has.settings == nil || has.digest.Version != d.Version || ctx.Err() != nil {
		return false, ctx.Err()
	}
	d.Version++
	has.digest = d
	return true, nil
}

// DueDigests implements [review.Digests].
func (m *Memory) DueDigests(ctx context.Context, now time.Time, limit int) ([]review.Digest, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []review.Digest
	for _, has := range m.learners {
		if d := has.digest; !d.Next.IsZero() && !d.Next.After(now) {
			due = append(due, d)
		}
	}
	slices.SortFunc(due, func(a, b review.Digest) int {
		return cmp.Or(a.Next.Compare(b.Next), cmp.Compare(a.Learner.User, b.Learner.User))
	})
	return due[:min(len(due), limit)], ctx.Err()
}
