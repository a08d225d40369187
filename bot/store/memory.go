package store

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// maxRemembered is the number of keys that a [Memory] remembers. Beyond it those
// that expire first are forgotten.
const maxRemembered = 10_000

// Memory keeps everything in the process and forgets it at its end. The zero
// value is usable. It serves the terminal and tests.
type Memory struct {
	// Now tells the time; nil means time.Now. It is not changed after the first
	// use.
	Now func() time.Time

	mu         sync.Mutex
	langs      map[bot.Person]glossary.Lang
	misses     map[missKey]*bot.Miss
	remembered map[string]remembered
}

type missKey struct {
	tenant bot.Tenant
	query  string
}

type remembered struct {
	value   string
	expires time.Time
}

var _ bot.Store = (*Memory)(nil)

func (m *Memory) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

// Language implements [bot.Store].
func (m *Memory) Language(_ context.Context, p bot.Person) (glossary.Lang, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.langs[p], nil
}

// SetLanguage implements [bot.Store].
func (m *Memory) SetLanguage(_ context.Context, p bot.Person, l glossary.Lang) error {
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

// CountMiss implements [bot.Store].
func (m *Memory) CountMiss(_ context.Context, t bot.Tenant, query string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.misses == nil {
		m.misses = make(map[missKey]*bot.Miss)
	}
	key := missKey{t, clipMiss(query)}
	if m.misses[key] == nil {
		m.misses[key] = &bot.Miss{Tenant: t, Query: key.query}
	}
	m.misses[key].Count++
	m.misses[key].Last = m.now().Truncate(time.Millisecond)
	return nil
}

// Misses implements [bot.Store].
func (m *Memory) Misses(_ context.Context, limit int) ([]bot.Miss, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Miss
	for _, miss := range m.misses {
		all = append(all, *miss)
	}
	slices.SortFunc(all, func(a, b bot.Miss) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Query, b.Query))
	})
	return all[:min(limit, len(all))], nil
}

// Remember keeps value under key for a time. first is false, and nothing is
// kept, where the key is remembered already.
func (m *Memory) Remember(_ context.Context, key, value string, keep time.Duration) (first bool, err error) {
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
		m.forget(now)
	}
	m.remembered[key] = remembered{value, now.Add(keep)}
	return true, nil
}

// forget makes room: it drops what has expired, or else the tenth of all that
// expires first.
func (m *Memory) forget(now time.Time) {
	type entry struct {
		key     string
		expires time.Time
	}
	var live []entry
	for key, r := range m.remembered {
		if r.expires.After(now) {
			live = append(live, entry{key, r.expires})
		} else {
			delete(m.remembered, key)
		}
	}
	if len(m.remembered) < maxRemembered {
		return
	}
	slices.SortFunc(live, func(a, b entry) int { return a.expires.Compare(b.expires) })
	for _, e := range live[:len(live)/10] {
		delete(m.remembered, e.key)
	}
}

// Recall returns what is kept under a key, and false where nothing is, or its
// time is over.
func (m *Memory) Recall(_ context.Context, key string) (value string, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.remembered[key]
	if !ok || !r.expires.After(m.now()) {
		return "", false, nil
	}
	return r.value, true, nil
}

// clipMiss cuts a query to the length that is kept.
func clipMiss(query string) string {
	if r := []rune(query); len(r) > bot.MaxMiss {
		return string(r[:bot.MaxMiss])
	}
	return query
}
