package storetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/limits"
)

// NoteAsked implements [bot.ScheduleStore].
func (m *Memory) NoteAsked(ctx context.Context, c bot.Channel, term string) error {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(c, term)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.schedules[c]; !ok {
		return nil
	}
	a := m.asked[c][term]
	a.Term = term
	a.Count++
	if now := toMillis(m.now()); now.After(a.Last) {
		a.Last = now
	}
	put(&m.asked, c, term, a)
	return nil
}

// MostAsked implements [bot.ScheduleStore].
func (m *Memory) MostAsked(ctx context.Context, t bot.Tenant) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	counts := make(map[string]int)
	for c, terms := range m.asked {
		if s, ok := m.schedules[c]; ok && !s.Direct && c.Platform == t.Platform && c.Tenant == t.ID {
			for term, a := range terms {
				counts[term] += a.Count
			}
		}
	}
	terms := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	return terms[:min(len(terms), limits.MaxMostAsked)], nil
}

// AskedSince implements [daily.History].
func (m *Memory) AskedSince(ctx context.Context, c bot.Channel, since time.Time) ([]daily.AskedTerm, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(c)); err != nil {
		return nil, err
	}
	since = toMillis(since)
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []daily.AskedTerm
	for _, a := range m.asked[c] {
		if !a.Last.Before(since) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b daily.AskedTerm) int {
		return cmp.Or(b.Last.Compare(a.Last), strings.Compare(a.Term, b.Term))
	})
	return all, nil
}
