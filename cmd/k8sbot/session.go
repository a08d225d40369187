package main

import (
	"context"
	"sync"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// A session is the store for a process with a single user. It keeps the user's language until the
// process ends, and does not count misses.
type session struct {
	mu   sync.Mutex
	lang glossary.Lang
}

var _ bot.Store = (*session)(nil)

// Language implements [bot.Store].
func (s *session) Language(context.Context, bot.Person) (glossary.Lang, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lang, nil
}

// SetLanguage implements [bot.Store].
func (s *session) SetLanguage(_ context.Context, _ bot.Person, l glossary.Lang) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lang = l
	return nil
}

// CountMiss implements [bot.Store].
func (s *session) CountMiss(context.Context, bot.Tenant, string) error { return nil }
