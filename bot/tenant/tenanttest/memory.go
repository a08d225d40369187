// Package tenanttest provides an in-memory [tenant.Store] for tests, and the tests that every
// store must pass.
package tenanttest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/tenant"
)

// Memory is an in-memory store for tests. The zero value is usable.
type Memory struct {
	// Now returns the time. The default is [time.Now].
	Now func() time.Time
	// Data deletes everything else that is stored about a tenant, and returns the number of
	// deleted rows. It is nil if there is nothing else.
	Data func(bot.Tenant) int

	mu            sync.Mutex
	installations map[bot.Tenant]tenant.Installation
	enterprises   map[bot.Tenant]string
	departures    map[bot.Tenant]time.Time
}

var _ tenant.Store = (*Memory)(nil)

// lock locks the maps and creates them if they are nil.
func (m *Memory) lock() (unlock func()) {
	m.mu.Lock()
	if m.installations == nil {
		m.installations = make(map[bot.Tenant]tenant.Installation)
		m.enterprises = make(map[bot.Tenant]string)
		m.departures = make(map[bot.Tenant]time.Time)
	}
	return m.mu.Unlock
}

func (m *Memory) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

// stored returns a time as the databases store it: in UTC and truncated to milliseconds.
func stored(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

func compare(a, b bot.Tenant) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.ID, b.ID))
}

// Install implements [tenant.Installations].
func (m *Memory) Install(ctx context.Context, i tenant.Installation) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer m.lock()()
	i.Version = m.installations[i.Tenant].Version + 1
	i.Installed, i.Expires = stored(i.Installed), stored(i.Expires)
	m.installations[i.Tenant] = i
	delete(m.departures, i.Tenant)
	return nil
}

// Installation implements [tenant.Installations].
func (m *Memory) Installation(ctx context.Context, t bot.Tenant) (tenant.Installation, bool, error) {
	if err := ctx.Err(); err != nil {
		return tenant.Installation{}, false, err
	}
	defer m.lock()()
	i, ok := m.installations[t]
	return i, ok, nil
}

// Installations implements [tenant.Installations].
func (m *Memory) Installations(ctx context.Context) (all []tenant.Installation, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	defer m.lock()()
	for _, i := range m.installations {
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b tenant.Installation) int { return compare(a.Tenant, b.Tenant) })
	return all, nil
}

// Renew implements [tenant.Installations].
func (m *Memory) Renew(ctx context.Context, i tenant.Installation) (ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	defer m.lock()()
	old, ok := m.installations[i.Tenant]
	if !ok || old.Version != i.Version {
		return false, nil
	}
	old.Token, old.Refresh, old.Expires = i.Token, i.Refresh, stored(i.Expires)
	old.Version++
	m.installations[i.Tenant] = old
	return true, nil
}

// SetEnterprise implements [tenant.Installations].
func (m *Memory) SetEnterprise(ctx context.Context, t bot.Tenant, enterprise string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer m.lock()()
	m.enterprises[t] = enterprise
	return nil
}

// Enterprise implements [tenant.Installations].
func (m *Memory) Enterprise(ctx context.Context, t bot.Tenant) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	defer m.lock()()
	return m.enterprises[t], nil
}

// Depart implements [tenant.Departures].
func (m *Memory) Depart(ctx context.Context, t bot.Tenant, keep time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer m.lock()()
	if _, ok := m.departures[t]; !ok {
		m.departures[t] = stored(m.now().Add(keep))
	}
	return nil
}

// Return implements [tenant.Departures].
func (m *Memory) Return(ctx context.Context, t bot.Tenant) (departed bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	defer m.lock()()
	_, departed = m.departures[t]
	delete(m.departures, t)
	return departed, nil
}

// Departures implements [tenant.Departures].
func (m *Memory) Departures(ctx context.Context) (all []tenant.Departure, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	defer m.lock()()
	for t, at := range m.departures {
		all = append(all, tenant.Departure{Tenant: t, RemoveAt: at})
	}
	slices.SortFunc(all, func(a, b tenant.Departure) int { return compare(a.Tenant, b.Tenant) })
	return all, nil
}

// Remove implements [tenant.Departures].
func (m *Memory) Remove(ctx context.Context, t bot.Tenant) (rows int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	defer m.lock()()
	for _, one := range m.within(t) {
		rows += m.remove(one)
	}
	return rows, nil
}

// within returns t. If t is an organization, within also returns the workspaces that use the
// organization's installation.
func (m *Memory) within(t bot.Tenant) []bot.Tenant {
	all := []bot.Tenant{t}
	for w, enterprise := range m.enterprises {
		if _, own := m.installations[w]; w.Platform == t.Platform && enterprise == t.ID && !own {
			all = append(all, w)
		}
	}
	return all
}

// remove deletes everything about one tenant.
func (m *Memory) remove(t bot.Tenant) (rows int) {
	_, installed := m.installations[t]
	_, member := m.enterprises[t]
	_, departed := m.departures[t]
	for _, ok := range []bool{installed, member, departed} {
		if ok {
			rows++
		}
	}
	delete(m.installations, t)
	delete(m.enterprises, t)
	delete(m.departures, t)
	if m.Data != nil {
		rows += m.Data(t)
	}
	return rows
}

// Uninstall implements [tenant.Departures].
func (m *Memory) Uninstall(ctx context.Context, i tenant.Installation) (removed bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	defer m.lock()()
	if old, ok := m.installations[i.Tenant]; !ok || old.Version != i.Version {
		return false, nil
	}
	for _, t := range m.within(i.Tenant) {
		m.remove(t)
		m.departures[t] = stored(m.now().Add(tenant.Leftovers))
	}
	return true, nil
}

// Sweep implements [tenant.Departures].
func (m *Memory) Sweep(ctx context.Context) (removed []bot.Tenant, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	defer m.lock()()
	for t, at := range m.departures {
		if !at.After(m.now()) {
			m.remove(t)
			removed = append(removed, t)
		}
	}
	slices.SortFunc(removed, compare)
	return removed, nil
}

// Tenants implements [tenant.Departures]. It does not return tenants that occur only in Data.
func (m *Memory) Tenants(ctx context.Context, p bot.Platform) (all []bot.Tenant, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	defer m.lock()()
	for t := range m.installations {
		all = append(all, t)
	}
	for t := range m.enterprises {
		all = append(all, t)
	}
	for t := range m.departures {
		all = append(all, t)
	}
	all = slices.DeleteFunc(all, func(t bot.Tenant) bool { return t.Platform != p })
	slices.SortFunc(all, compare)
	return slices.Compact(all), nil
}
