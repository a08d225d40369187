package storetest

import (
	"cmp"
	"context"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/limits"
)

// TenantHealth implements [daily.Health].
func (m *Memory) TenantHealth(ctx context.Context, t bot.Tenant) (daily.TenantHealth, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(string(t.Platform), t.ID)); err != nil {
		return daily.TenantHealth{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.health[t], nil
}

// setHealth calls change with the tenant's health. If change returns true, setHealth stores the
// changed health. It returns the result of change.
func (m *Memory) setHealth(ctx context.Context, t bot.Tenant, change func(h *daily.TenantHealth, known bool, now time.Time) bool) (bool, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(string(t.Platform), t.ID)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	h, known := m.health[t]
	if !change(&h, known, m.now()) {
		return false, nil
	}
	if m.health == nil {
		m.health = make(map[bot.Tenant]daily.TenantHealth)
	}
	m.health[t] = h
	return true, nil
}

// Probe implements [daily.Health].
func (m *Memory) Probe(ctx context.Context, t bot.Tenant, hold time.Duration) (ok bool, err error) {
	return m.setHealth(ctx, t, func(h *daily.TenantHealth, _ bool, now time.Time) bool {
		if h.RetryAt.After(now) {
			return false
		}
		h.RetryAt = toMillis(now.Add(hold))
		return true
	})
}

// EndProbe implements [daily.Health].
func (m *Memory) EndProbe(ctx context.Context, t bot.Tenant) error {
	_, err := m.setHealth(ctx, t, func(h *daily.TenantHealth, known bool, _ time.Time) bool {
		h.RetryAt = time.Time{}
		return known
	})
	return err
}

// TenantAnswered implements [daily.Health].
func (m *Memory) TenantAnswered(ctx context.Context, t bot.Tenant, probe bool) error {
	_, err := m.setHealth(ctx, t, func(h *daily.TenantHealth, known bool, now time.Time) bool {
		if !known || !probe && (h.Failures > 0 || h.RetryAt.After(now)) {
			return false
		}
		if probe {
			h.Failures, h.RetryAt = 0, time.Time{}
		}
		h.OKAt = toMillis(now)
		return true
	})
	return err
}

// TenantFailed implements [daily.Health].
func (m *Memory) TenantFailed(ctx context.Context, t bot.Tenant, retryAt time.Time, probe bool) error {
	_, err := m.setHealth(ctx, t, func(h *daily.TenantHealth, _ bool, now time.Time) bool {
		if !probe && h.RetryAt.After(now) {
			return false
		}
		*h = daily.TenantHealth{Failures: h.Failures + 1, RetryAt: toMillis(retryAt)}
		return true
	})
	return err
}

// RefuseSchedule implements [daily.Schedules].
func (m *Memory) RefuseSchedule(ctx context.Context, c bot.Channel, day, why string) error {
	if err := cmp.Or(ctx.Err(), limits.CheckRefusal(c, day, why)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.schedules[c]; ok {
		s.RefusedDay, s.Refused = day, why
		m.schedules[c] = s
	}
	return nil
}

// Backlog implements [daily.Deliveries].
func (m *Memory) Backlog(ctx context.Context) (due int, oldest time.Time, err error) {
	if err := ctx.Err(); err != nil {
		return 0, time.Time{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	for _, deliveries := range m.unfinished {
		for d := range deliveries {
			if d.At.After(now) {
				continue
			}
			if due++; oldest.IsZero() || d.At.Before(oldest) {
				oldest = d.At
			}
		}
	}
	return due, oldest, nil
}
