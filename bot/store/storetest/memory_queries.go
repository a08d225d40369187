package storetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/limits"
	"k8sbot/glossary"
)

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

// ProfileLanguage implements [bot.ProfileStore].
func (m *Memory) ProfileLanguage(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p)); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.profiles[p], nil
}

// SetProfileLanguage implements [bot.ProfileStore].
func (m *Memory) SetProfileLanguage(ctx context.Context, p bot.Person, l glossary.Lang) error {
	if err := cmp.Or(ctx.Err(), limits.CheckPerson(p, string(l))); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.profiles == nil {
		m.profiles = make(map[bot.Person]glossary.Lang)
	}
	m.profiles[p] = l
	return nil
}

// CountMiss implements [bot.Store]. It cuts the query to [bot.MaxMiss] characters. If the tenant
// already has [limits.MaxMisses] misses, CountMiss ignores new misses.
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
		m.misses, m.missesOf = make(map[missKey]*bot.Miss), make(map[bot.Tenant]int)
	}
	key := missKey{t, query}
	miss := m.misses[key]
	if miss == nil {
		if m.missesOf[t] == limits.MaxMisses {
			return nil
		}
		m.missesOf[t]++
		miss = &bot.Miss{Tenant: t, Query: query}
		m.misses[key] = miss
	}
	miss.Count++
	if now := toMillis(m.now()); now.After(miss.Last) {
		miss.Last = now
	}
	return nil
}

// Misses returns at most limit misses that were last asked at or after the given time, in any
// tenant. The most frequent misses come first.
func (m *Memory) Misses(ctx context.Context, limit int, since time.Time) ([]bot.Miss, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Miss
	for _, miss := range m.misses {
		if !miss.Last.Before(since) {
			all = append(all, *miss)
		}
	}
	slices.SortFunc(all, func(a, b bot.Miss) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Query, b.Query))
	})
	return firstN(all, limit), nil
}

// Remember stores value under key for the duration keep. If the key is already stored, first is
// false and nothing changes. The key may have up to [limits.MaxKey] bytes, and the value up to
// [limits.MaxValue].
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
		m.evict(now)
	}
	m.remembered[key] = remembered{value, now.Add(keep)}
	return true, nil
}

// evict deletes the keys that have expired. If there are none, it deletes a tenth of all keys:
// those that expire first.
func (m *Memory) evict(now time.Time) {
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

// dropExpired deletes the keys that have expired.
func (m *Memory) dropExpired(now time.Time) {
	maps.DeleteFunc(m.remembered, func(_ string, r remembered) bool { return !r.expires.After(now) })
}

// Recall returns the value that is stored under key. ok is false if there is no value, or if it
// has expired.
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
