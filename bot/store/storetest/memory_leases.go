package storetest

import (
	"cmp"
	"context"
	"time"

	"k8sbot/bot/store/limits"
)

// Acquire takes or renews a lease for ttl, and reports whether owner now holds the lease. An
// expired lease goes to the first owner that asks. Acquire returns an error if owner is empty.
func (m *Memory) Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(name), limits.CheckOwner(owner)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if l, ok := m.leases[name]; ok && l.owner != owner && l.until.After(now) {
		return false, nil
	}
	if m.leases == nil {
		m.leases = make(map[string]lease)
	}
	m.leases[name] = lease{owner, toMillis(now.Add(ttl))}
	return true, nil
}

// Release ends a lease before it expires. It does nothing if owner does not hold the lease.
func (m *Memory) Release(ctx context.Context, name, owner string) error {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(name), limits.CheckOwner(owner)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.leases[name].owner == owner {
		delete(m.leases, name)
	}
	return nil
}
