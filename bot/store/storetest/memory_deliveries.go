package storetest

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/limits"
)

// DueTenants implements [daily.Store]. The order is undefined.
func (m *Memory) DueTenants(ctx context.Context) ([]bot.Tenant, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	var tenants []bot.Tenant
	for t := range m.unfinished {
		if m.isDue(t, now) {
			tenants = append(tenants, t)
		}
	}
	return tenants, nil
}

// earliest returns the tenant's unfinished delivery that has been due for the longest time, or
// nil if none is due.
func (m *Memory) earliest(t bot.Tenant, now time.Time) (found *delivery) {
	for d := range m.unfinished[t] {
		if !d.due.After(now) && (found == nil || d.due.Before(found.due)) {
			found = d
		}
	}
	return found
}

// isDue reports whether the tenant has an unfinished delivery that is due.
func (m *Memory) isDue(t bot.Tenant, now time.Time) bool {
	for d := range m.unfinished[t] {
		if !d.due.After(now) {
			return true
		}
	}
	return false
}

// Claim implements [daily.Store]. It returns an error if owner is empty.
func (m *Memory) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckKeys(string(t.Platform), t.ID), limits.CheckOwner(owner)); err != nil {
		return bot.Delivery{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	d := m.earliest(t, now)
	if d == nil {
		return bot.Delivery{}, false, nil
	}
	d.owner = owner
	d.due = toMillis(now.Add(lease))
	d.Attempts++
	return d.Delivery, true, nil
}

// held returns the stored delivery if owner still has its claim on the delivery, or nil
// otherwise.
func (m *Memory) held(claimed bot.Delivery, owner string) *delivery {
	d := m.deliveries[claimed.Channel][claimed.Day]
	if d == nil || d.owner != owner || d.Attempts != claimed.Attempts || !d.ended.IsZero() {
		return nil
	}
	return d
}

// Begin implements [daily.Store].
func (m *Memory) Begin(ctx context.Context, claimed bot.Delivery, owner, term string, round int, lease time.Duration) (ok bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckClaim(claimed, owner, term)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.held(claimed, owner)
	if d == nil {
		return false, nil
	}
	now := m.now()
	d.State, d.Term, d.Round = bot.Sending, term, round
	if d.Began.IsZero() {
		d.Began = toMillis(now)
	}
	d.due = toMillis(now.Add(lease))
	return true, nil
}

// Retry implements [daily.Store].
func (m *Memory) Retry(ctx context.Context, claimed bot.Delivery, owner string, at time.Time) error {
	if err := cmp.Or(ctx.Err(), limits.CheckClaim(claimed, owner)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.held(claimed, owner)
	if d == nil {
		return nil
	}
	d.State, d.Began, d.owner, d.due = bot.Planned, time.Time{}, "", toMillis(at)
	if claimed.State == bot.Sending {
		d.State, d.Began = bot.Sending, toMillis(claimed.Began)
	}
	return nil
}

// End implements [daily.Store]. It returns an error if state is not final.
func (m *Memory) End(ctx context.Context, claimed bot.Delivery, owner string, state bot.DeliveryState, ref string) error {
	if err := cmp.Or(ctx.Err(), errors.Join(limits.CheckClaim(claimed, owner, ref), limits.CheckFinal(state))); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.held(claimed, owner)
	if d == nil {
		return nil
	}
	d.State, d.Ref, d.ended = state, ref, toMillis(m.now())
	t := bot.Tenant{Platform: d.Channel.Platform, ID: d.Channel.Tenant}
	delete(m.unfinished[t], d)
	if len(m.unfinished[t]) == 0 {
		delete(m.unfinished, t)
	}
	return nil
}

// Deliveries implements [bot.ScheduleStore].
func (m *Memory) Deliveries(ctx context.Context, c bot.Channel, limit int) ([]bot.Delivery, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(c)); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Delivery
	for _, d := range m.deliveries[c] {
		all = append(all, d.Delivery)
	}
	slices.SortFunc(all, func(a, b bot.Delivery) int { return strings.Compare(b.Day, a.Day) })
	return firstN(all, limit), nil
}

// Posted implements [daily.History].
func (m *Memory) Posted(ctx context.Context, c bot.Channel) ([]daily.PostedTerm, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(c)); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	terms := make(map[string]daily.PostedTerm)
	for _, d := range m.deliveries[c] {
		if !d.maybePosted() {
			continue
		}
		p := terms[d.Term]
		p.Term, p.Round = d.Term, max(p.Round, d.Round)
		if d.At.After(p.At) {
			p.At = d.At
		}
		terms[d.Term] = p
	}
	return slices.SortedFunc(maps.Values(terms), func(a, b daily.PostedTerm) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.Term, b.Term))
	}), nil
}
