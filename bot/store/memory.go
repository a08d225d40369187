// Package store keeps what must outlive a request: people's choices.
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

// Memory is a [bot.Store] that forgets everything when the process ends. The
// zero value is usable. It serves the terminal and tests.
type Memory struct {
	mu     sync.Mutex
	langs  map[bot.Person]glossary.Lang
	misses map[missKey]*bot.Miss
}

type missKey struct {
	tenant bot.Tenant
	query  string
}

var _ bot.Store = (*Memory)(nil)

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
	key := missKey{t, query}
	if m.misses[key] == nil {
		m.misses[key] = &bot.Miss{Tenant: t, Query: query}
	}
	m.misses[key].Count++
	m.misses[key].Last = time.Now()
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
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last))
	})
	return all[:min(limit, len(all))], nil
}
