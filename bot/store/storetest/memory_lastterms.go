package storetest

import (
	"cmp"
	"context"

	"k8sbot/bot/followup"
	"k8sbot/bot/store/limits"
)

// SetLastTerm implements [followup.Store].
func (m *Memory) SetLastTerm(ctx context.Context, c followup.Conversation, term string) error {
	if err := cmp.Or(ctx.Err(), limits.CheckConversation(c, term)); err != nil {
		return err
	}
	return m.conversations().SetLastTerm(ctx, c, term)
}

// LastTerm implements [followup.Store].
func (m *Memory) LastTerm(ctx context.Context, c followup.Conversation) (string, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckConversation(c)); err != nil {
		return "", err
	}
	return m.conversations().LastTerm(ctx, c)
}

// conversations returns the store for last terms, which uses m's clock.
func (m *Memory) conversations() *followup.Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lastTerms == nil {
		m.lastTerms = &followup.Memory{Now: m.now}
	}
	return m.lastTerms
}
