package storetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/limits"
	"k8sbot/glossary"
)

// maxRemembered is the number of keys that a [Memory] remembers. Beyond it those
// that expire first are forgotten.
const maxRemembered = 10_000

// Memory is a store that keeps everything in the process, for tests. The zero value
// is usable. The tests of the databases hold it to the same behaviour.
type Memory struct {
	// Now tells the time; nil means time.Now. It is not changed after the first
	// use.
	Now func() time.Time

	mu         sync.Mutex
	langs      map[bot.Person]glossary.Lang
	misses     map[missKey]*bot.Miss
	remembered map[string]remembered
	schedules  map[bot.Channel]bot.Schedule
	deliveries map[bot.Channel]map[string]*delivery       // by day
	unfinished map[bot.Tenant]map[*delivery]bool          // those of deliveries that may be claimed
	asked      map[bot.Channel]map[string]daily.AskedTerm // by term
	reviews    map[bot.Person]map[postKey]bot.Review
	leases     map[string]lease
}

// put sets m[a][b], and makes the maps that are missing.
func put[A, B comparable, V any](m *map[A]map[B]V, a A, b B, v V) {
	if *m == nil {
		*m = make(map[A]map[B]V)
	}
	if (*m)[a] == nil {
		(*m)[a] = make(map[B]V)
	}
	(*m)[a][b] = v
}

type missKey struct {
	tenant bot.Tenant
	query  string
}

type remembered struct {
	value   string
	expires time.Time
}

var (
	_ bot.Store         = (*Memory)(nil)
	_ bot.ScheduleStore = (*Memory)(nil)
	_ bot.ReviewStore   = (*Memory)(nil)
	_ daily.Store       = (*Memory)(nil)
	_ daily.History     = (*Memory)(nil)
)

func (m *Memory) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

// Language implements [bot.Store].
func (m *Memory) Language(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p)); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.langs[p], nil
}

// SetLanguage implements [bot.Store].
func (m *Memory) SetLanguage(ctx context.Context, p bot.Person, l glossary.Lang) error {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p, string(l))); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.langs == nil {
		m.langs = make(map[bot.Person]glossary.Lang)
	}
	if l == "" {
		delete(m.langs, p)
	} else {
		m.langs[p] = l
	}
	return nil
}

// CountMiss implements [bot.Store]. What is longer than [bot.MaxMiss] is cut
// there. Once there are [limits.MaxMisses], new ones are not counted.
func (m *Memory) CountMiss(ctx context.Context, t bot.Tenant, query string) error {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(string(t.Platform), t.ID)); err != nil {
		return err
	}
	query = limits.MissText(query)
	if query == "" {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.misses == nil {
		m.misses = make(map[missKey]*bot.Miss)
	}
	key := missKey{t, query}
	miss := m.misses[key]
	if miss == nil {
		if len(m.misses) == limits.MaxMisses {
			return nil
		}
		miss = &bot.Miss{Tenant: t, Query: query}
		m.misses[key] = miss
	}
	miss.Count++
	if now := inMillis(m.now()); now.After(miss.Last) {
		miss.Last = now
	}
	return nil
}

// Misses returns the misses of all tenants, the most frequent first.
func (m *Memory) Misses(ctx context.Context, limit int) ([]bot.Miss, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Miss
	for _, miss := range m.misses {
		all = append(all, *miss)
	}
	slices.SortFunc(all, func(a, b bot.Miss) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Query, b.Query))
	})
	return atMost(all, limit), nil
}

// Remember keeps value under key for a time. first is false, and nothing is
// kept, where the key is remembered already. The key has at most [limits.MaxKey] bytes
// and the value [limits.MaxValue].
func (m *Memory) Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(key), limits.CheckText("value", value, limits.MaxValue)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if r, ok := m.remembered[key]; ok && r.expires.After(now) {
		return false, nil
	}
	if m.remembered == nil {
		m.remembered = make(map[string]remembered)
	}
	if len(m.remembered) >= maxRemembered {
		m.makeRoom(now)
	}
	m.remembered[key] = remembered{value, now.Add(keep)}
	return true, nil
}

// makeRoom forgets what has expired, or else the tenth of all that expires
// first.
func (m *Memory) makeRoom(now time.Time) {
	m.dropExpired(now)
	if len(m.remembered) < maxRemembered {
		return
	}
	soonest := slices.SortedFunc(maps.Keys(m.remembered), func(a, b string) int {
		return m.remembered[a].expires.Compare(m.remembered[b].expires)
	})
	for _, key := range soonest[:maxRemembered/10] {
		delete(m.remembered, key)
	}
}

// dropExpired forgets the keys whose time is over.
func (m *Memory) dropExpired(now time.Time) {
	maps.DeleteFunc(m.remembered, func(_ string, r remembered) bool { return !r.expires.After(now) })
}

// Recall returns what is kept under a key, and false where nothing is, or its
// time is over.
func (m *Memory) Recall(ctx context.Context, key string) (value string, ok bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(key)); err != nil {
		return "", false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.remembered[key]
	if !ok || !r.expires.After(m.now()) {
		return "", false, nil
	}
	return r.value, true, nil
}

// Sweep takes away what has expired, and all but misses that is kept for a
// time, as a database does.
func (m *Memory) Sweep(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.dropExpired(now)
	m.dropDeliveries(now)
	dropInner(m.asked, func(a daily.AskedTerm) bool { return !a.Last.After(now.Add(-limits.KeepAsked)) })
	maps.DeleteFunc(m.leases, func(_ string, l lease) bool { return !l.until.After(now.Add(-limits.KeepLeases)) })
	return nil
}

// dropInner deletes values, and the inner maps that are empty then.
func dropInner[A, B comparable, V any](m map[A]map[B]V, drop func(V) bool) {
	maps.DeleteFunc(m, func(_ A, inner map[B]V) bool {
		maps.DeleteFunc(inner, func(_ B, v V) bool { return drop(v) })
		return len(inner) == 0
	})
}

// Ping returns nil: a Memory is never away.
func (m *Memory) Ping(ctx context.Context) error { return ctx.Err() }

// Close does nothing: a Memory ends with its process.
func (m *Memory) Close() error { return nil }
