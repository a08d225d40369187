package followup

import (
	"context"
	"maps"
	"sync"
	"time"
)

// maxConversations is the maximum number of conversations in a [Memory]. If there are more, the
// conversation that was stored first is dropped.
const maxConversations = 1000

// A Memory is a [Store] in memory, for a program with few conversations, such as a terminal.
// The zero value is usable.
type Memory struct {
	// Now returns the time. The default is [time.Now]. Do not change it after the first use.
	Now func() time.Time

	mu    sync.Mutex
	terms map[Conversation]lastTerm
}

type lastTerm struct {
	id string
	at time.Time
}

func (m *Memory) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

// SetLastTerm implements [Store].
func (m *Memory) SetLastTerm(ctx context.Context, c Conversation, term string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.terms, c)
	if term == "" {
		return nil
	}
	if m.terms == nil {
		m.terms = make(map[Conversation]lastTerm)
	}
	m.terms[c] = lastTerm{term, m.now()}
	if len(m.terms) > maxConversations {
		oldest := c
		for other, t := range m.terms {
			if t.at.Before(m.terms[oldest].at) {
				oldest = other
			}
		}
		delete(m.terms, oldest)
	}
	return nil
}

// LastTerm implements [Store].
func (m *Memory) LastTerm(ctx context.Context, c Conversation) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.terms[c]
	if !ok || m.now().Sub(t.at) >= Keep {
		return "", nil
	}
	return t.id, nil
}

// Forget deletes a person's private conversations in the given tenant, or in all tenants if
// tenant is "".
func (m *Memory) Forget(platform, tenant, user string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.terms, func(c Conversation, _ lastTerm) bool {
		return user != "" && c.User == user && c.Platform == platform && (tenant == "" || c.Tenant == tenant)
	})
}
