package storetest

import (
	"context"
	"maps"
	"time"

	"k8sbot/bot/daily"
	"k8sbot/bot/store/limits"
)

// Sweep deletes what the Sweep of a database deletes, except misses.
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

// dropInner deletes the values for which drop returns true from the inner maps, and then the
// empty inner maps.
func dropInner[A, B comparable, V any](m map[A]map[B]V, drop func(V) bool) {
	maps.DeleteFunc(m, func(_ A, inner map[B]V) bool {
		maps.DeleteFunc(inner, func(_ B, v V) bool { return drop(v) })
		return len(inner) == 0
	})
}

// dropDeliveries deletes deliveries after [limits.KeepDeliveries], except the last delivery of each
// term in a channel that has a schedule.
func (m *Memory) dropDeliveries(now time.Time) {
	for c, days := range m.deliveries {
		last := make(map[string]string) // the last day of each term
		if _, ok := m.schedules[c]; ok {
			for day, d := range days {
				if d.maybePosted() {
					last[d.Term] = max(last[d.Term], day)
				}
			}
		}
		maps.DeleteFunc(days, func(day string, d *delivery) bool {
			return !d.ended.IsZero() && !d.ended.After(now.Add(-limits.KeepDeliveries)) && !(d.maybePosted() && last[d.Term] == day)
		})
		if len(days) == 0 {
			delete(m.deliveries, c)
		}
	}
}
