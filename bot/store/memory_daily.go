package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"k8sbot/bot"
)

var _ bot.DailyStore = (*Memory)(nil)

// daily is what a Memory keeps of daily terms, and of leases. Its maps are made
// when they are first written to.
type daily struct {
	schedules  map[bot.Channel]bot.Schedule
	deliveries map[bot.Channel]map[string]*delivery // by local day
	open       map[bot.Tenant]map[*delivery]bool    // those that are not ended
	asked      map[askedKey]*bot.Asked
	reviews    map[reviewKey]bot.Review
	leases     map[string]lease
}

type delivery struct {
	bot.Delivery
	due   time.Time
	owner string
}

type askedKey struct {
	channel bot.Channel
	term    string
}

type reviewKey struct {
	person    bot.Person
	term, day string
}

type lease struct {
	owner string
	until time.Time
}

// put sets a key of a map that may not be there yet.
func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = make(map[K]V)
	}
	(*m)[key] = value
}

// milli returns a time as databases keep it.
func milli(t time.Time) time.Time { return fromMilli(toMilli(t)) }

// PutSchedule implements [bot.DailyStore].
func (m *Memory) PutSchedule(ctx context.Context, s bot.Schedule) error {
	if err := cmp.Or(ctx.Err(), checkSchedule(s)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s.Next = milli(s.Next)
	put(&m.daily.schedules, s.Channel, s)
	return nil
}

// Schedule implements [bot.DailyStore].
func (m *Memory) Schedule(ctx context.Context, c bot.Channel) (bot.Schedule, bool, error) {
	if err := cmp.Or(ctx.Err(), checkChannel(c)); err != nil {
		return bot.Schedule{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.daily.schedules[c]
	return s, ok, nil
}

// DeleteSchedule implements [bot.DailyStore].
func (m *Memory) DeleteSchedule(ctx context.Context, c bot.Channel) (existed bool, err error) {
	if err := cmp.Or(ctx.Err(), checkChannel(c)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	_, existed = m.daily.schedules[c]
	delete(m.daily.schedules, c)
	return existed, nil
}

// PauseSchedule implements [bot.DailyStore].
func (m *Memory) PauseSchedule(ctx context.Context, c bot.Channel, why string) (first bool, err error) {
	if err := cmp.Or(ctx.Err(), checkChannel(c), check("reason", why, MaxValue)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.daily.schedules[c]
	if !ok || s.Paused != "" {
		return false, nil
	}
	s.Paused = why
	m.daily.schedules[c] = s
	return true, nil
}

func compareChannels(a, b bot.Channel) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), strings.Compare(a.Tenant, b.Tenant), strings.Compare(a.ID, b.ID))
}

// DueSchedules implements [bot.DailyStore].
func (m *Memory) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	var due []bot.Schedule
	for _, s := range m.daily.schedules {
		if s.Paused == "" && !s.Next.After(now) {
			due = append(due, s)
		}
	}
	slices.SortFunc(due, func(a, b bot.Schedule) int {
		return cmp.Or(a.Next.Compare(b.Next), compareChannels(a.Channel, b.Channel))
	})
	return due[:min(max(limit, 0), len(due))], ctx.Err()
}

// Plan implements [bot.DailyStore].
func (m *Memory) Plan(ctx context.Context, s bot.Schedule, day string, next time.Time) (planned bool, err error) {
	if err := cmp.Or(ctx.Err(), checkSchedule(s), checkKeys(day)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, ok := m.daily.schedules[s.Channel]
	if !ok || kept.Paused != "" || !kept.Next.Equal(milli(s.Next)) {
		return false, nil
	}
	at := kept.Next
	kept.Next = milli(next)
	m.daily.schedules[s.Channel] = kept
	if m.daily.deliveries[s.Channel] == nil {
		put(&m.daily.deliveries, s.Channel, make(map[string]*delivery))
	}
	if m.daily.deliveries[s.Channel][day] != nil {
		return false, nil
	}
	v := &delivery{Delivery: bot.Delivery{Channel: s.Channel, Day: day, At: at, State: bot.Planned}, due: at}
	m.daily.deliveries[s.Channel][day] = v
	tenant := tenantOf(s.Channel)
	if m.daily.open[tenant] == nil {
		put(&m.daily.open, tenant, make(map[*delivery]bool))
	}
	m.daily.open[tenant][v] = true
	return true, nil
}

func tenantOf(c bot.Channel) bot.Tenant { return bot.Tenant{Platform: c.Platform, ID: c.Tenant} }

// DueTenants implements [bot.DailyStore].
func (m *Memory) DueTenants(ctx context.Context) ([]bot.Tenant, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	var tenants []bot.Tenant
	for t, open := range m.daily.open {
		for v := range open {
			if !v.due.After(now) {
				tenants = append(tenants, t)
				break
			}
		}
	}
	slices.SortFunc(tenants, func(a, b bot.Tenant) int {
		return cmp.Or(cmp.Compare(a.Platform, b.Platform), strings.Compare(a.ID, b.ID))
	})
	return tenants, ctx.Err()
}

// Claim implements [bot.DailyStore].
func (m *Memory) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if err := cmp.Or(ctx.Err(), checkKeys(string(t.Platform), t.ID, owner)); err != nil {
		return bot.Delivery{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	var first *delivery
	for v := range m.daily.open[t] {
		if v.due.After(now) {
			continue
		}
		if first == nil || cmp.Or(v.due.Compare(first.due), v.At.Compare(first.At), compareChannels(v.Channel, first.Channel)) < 0 {
			first = v
		}
	}
	if first == nil {
		return bot.Delivery{}, false, nil
	}
	first.owner, first.due = owner, milli(now.Add(lease))
	first.Attempts++
	return first.Delivery, true, nil
}

// held returns the delivery where it is still the claim that owner was given, nil
// where it is not.
func (m *Memory) held(v bot.Delivery, owner string) *delivery {
	kept := m.daily.deliveries[v.Channel][v.Day]
	if kept == nil || kept.owner != owner || kept.Attempts != v.Attempts || !m.daily.open[tenantOf(v.Channel)][kept] {
		return nil
	}
	return kept
}

// Begin implements [bot.DailyStore].
func (m *Memory) Begin(ctx context.Context, v bot.Delivery, owner, term string, lease time.Duration) (ok bool, err error) {
	if err := cmp.Or(ctx.Err(), checkDelivery(v, owner, term)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	kept := m.held(v, owner)
	if kept == nil || !kept.due.After(now) {
		return false, nil
	}
	kept.State, kept.Term, kept.due = bot.Sending, term, milli(now.Add(lease))
	if kept.Began.IsZero() {
		kept.Began = milli(now)
	}
	return true, nil
}

// Retry implements [bot.DailyStore].
func (m *Memory) Retry(ctx context.Context, v bot.Delivery, owner string, at time.Time) error {
	if err := cmp.Or(ctx.Err(), checkDelivery(v, owner)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept := m.held(v, owner); kept != nil {
		kept.State, kept.Began, kept.owner, kept.due = bot.Planned, time.Time{}, "", milli(at)
	}
	return nil
}

// End implements [bot.DailyStore].
func (m *Memory) End(ctx context.Context, v bot.Delivery, owner string, state bot.DeliveryState, ref string) error {
	if err := cmp.Or(ctx.Err(), checkDelivery(v, owner, ref), checkFinal(state)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept := m.held(v, owner); kept != nil {
		kept.State, kept.Ref, kept.owner = state, ref, ""
		open := m.daily.open[tenantOf(v.Channel)]
		if delete(open, kept); len(open) == 0 {
			delete(m.daily.open, tenantOf(v.Channel))
		}
	}
	return nil
}

// Deliveries implements [bot.DailyStore].
func (m *Memory) Deliveries(ctx context.Context, c bot.Channel, limit int) ([]bot.Delivery, error) {
	if err := cmp.Or(ctx.Err(), checkChannel(c)); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Delivery
	for _, v := range m.daily.deliveries[c] {
		all = append(all, v.Delivery)
	}
	slices.SortFunc(all, func(a, b bot.Delivery) int { return strings.Compare(b.Day, a.Day) })
	return all[:min(max(limit, 0), len(all))], nil
}

// NoteAsked implements [bot.DailyStore].
func (m *Memory) NoteAsked(ctx context.Context, c bot.Channel, term string) error {
	if err := cmp.Or(ctx.Err(), checkChannel(c), checkKeys(term)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.daily.schedules[c]; !ok {
		return nil
	}
	key := askedKey{c, term}
	if m.daily.asked[key] == nil {
		put(&m.daily.asked, key, &bot.Asked{Term: term})
	}
	a := m.daily.asked[key]
	a.Count++
	if now := milli(m.now()); now.After(a.Last) {
		a.Last = now
	}
	return nil
}

// AskedSince implements [bot.DailyStore].
func (m *Memory) AskedSince(ctx context.Context, c bot.Channel, since time.Time) ([]bot.Asked, error) {
	if err := cmp.Or(ctx.Err(), checkChannel(c)); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Asked
	for key, a := range m.daily.asked {
		if key.channel == c && !a.Last.Before(milli(since)) {
			all = append(all, *a)
		}
	}
	slices.SortFunc(all, func(a, b bot.Asked) int {
		return cmp.Or(b.Last.Compare(a.Last), strings.Compare(a.Term, b.Term))
	})
	return all, nil
}

// PutReview implements [bot.DailyStore].
func (m *Memory) PutReview(ctx context.Context, p bot.Person, r bot.Review) error {
	if err := cmp.Or(ctx.Err(), checkKeys(string(p.Platform), p.Tenant, p.User, r.Term, r.Day)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r.At = milli(r.At)
	put(&m.daily.reviews, reviewKey{p, r.Term, r.Day}, r)
	return nil
}

// Reviews implements [bot.DailyStore].
func (m *Memory) Reviews(ctx context.Context, p bot.Person) ([]bot.Review, error) {
	if err := cmp.Or(ctx.Err(), checkKeys(string(p.Platform), p.Tenant, p.User)); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []bot.Review
	for key, r := range m.daily.reviews {
		if key.person == p {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b bot.Review) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.Term, b.Term), strings.Compare(a.Day, b.Day))
	})
	return all, nil
}

// Forget implements [bot.DailyStore].
func (m *Memory) Forget(ctx context.Context, p bot.Person) error {
	if err := cmp.Or(ctx.Err(), checkKeys(string(p.Platform), p.Tenant, p.User)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.langs, p)
	for key := range m.daily.reviews {
		if key.person == p {
			delete(m.daily.reviews, key)
		}
	}
	for c, s := range m.daily.schedules {
		if c.Platform == p.Platform && (p.Tenant == "" || c.Tenant == p.Tenant) && s.Creator == p.User {
			s.Creator = ""
			m.daily.schedules[c] = s
		}
	}
	return nil
}

// Acquire takes or renews a lease for a time, and reports whether owner holds it
// now. One that has run out goes to whoever asks first.
func (m *Memory) Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error) {
	if err := errors.Join(ctx.Err(), checkKeys(name, owner)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if l := m.daily.leases[name]; l.owner != owner && l.until.After(now) {
		return false, nil
	}
	put(&m.daily.leases, name, lease{owner, now.Add(ttl)})
	return true, nil
}

// Release gives a lease back before it runs out, where owner holds it.
func (m *Memory) Release(ctx context.Context, name, owner string) error {
	if err := errors.Join(ctx.Err(), checkKeys(name, owner)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.daily.leases[name].owner == owner {
		delete(m.daily.leases, name)
	}
	return nil
}
