package storetest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/limits"
)

// PutSchedule implements [bot.ScheduleStore].
func (m *Memory) PutSchedule(ctx context.Context, s bot.Schedule) error {
	if err := cmp.Or(ctx.Err(), limits.CheckSchedule(s)); err != nil {
		return err
	}
	s.Next = toMillis(s.Next)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.schedules == nil {
		m.schedules = make(map[bot.Channel]bot.Schedule)
	}
	if !s.Direct && m.counted(s.Channel) == 0 && m.schedulesOf[tenantOf(s.Channel)] >= limits.MaxSchedules {
		return limits.ErrManySchedules
	}
	m.setSchedule(s)
	return nil
}

// setSchedule stores a schedule. The caller holds m.mu.
func (m *Memory) setSchedule(s bot.Schedule) {
	if m.schedulesOf == nil {
		m.schedulesOf = make(map[bot.Tenant]int)
	}
	tenant, before := tenantOf(s.Channel), m.counted(s.Channel)
	m.schedules[s.Channel] = s
	m.schedulesOf[tenant] += m.counted(s.Channel) - before
	m.noteDue(s.Next)
}

// noteDue widens the range of times at which schedules are due.
func (m *Memory) noteDue(next time.Time) {
	if m.firstDue.IsZero() || next.Before(m.firstDue) {
		m.firstDue = next
	}
	if next.After(m.lastDue) {
		m.lastDue = next
	}
}

func tenantOf(c bot.Channel) bot.Tenant { return bot.Tenant{Platform: c.Platform, ID: c.Tenant} }

// counted returns the number of the channel's schedules that count toward its tenant's limit: 1 or 0.
func (m *Memory) counted(c bot.Channel) int {
	if s, ok := m.schedules[c]; ok && !s.Direct {
		return 1
	}
	return 0
}

// Schedule implements [bot.ScheduleStore].
func (m *Memory) Schedule(ctx context.Context, c bot.Channel) (bot.Schedule, bool, error) {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(c)); err != nil {
		return bot.Schedule{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.schedules[c]
	return s, ok, nil
}

// DeleteSchedule implements [bot.ScheduleStore].
func (m *Memory) DeleteSchedule(ctx context.Context, c bot.Channel) (existed bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(c)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	_, existed = m.schedules[c]
	m.deleteSchedule(c)
	return existed, nil
}

// deleteSchedule deletes a channel's schedule. If the channel is a direct message channel,
// deleteSchedule also deletes everything else that is stored about the channel.
func (m *Memory) deleteSchedule(c bot.Channel) {
	if m.schedules[c].Direct {
		for _, d := range m.deliveries[c] {
			delete(m.unfinished[tenantOf(c)], d)
		}
		delete(m.deliveries, c)
		delete(m.asked, c)
	}
	if m.counted(c) > 0 {
		m.schedulesOf[tenantOf(c)]--
	}
	delete(m.schedules, c)
}

// PauseSchedule implements [daily.Store]. It returns an error if why is empty.
func (m *Memory) PauseSchedule(ctx context.Context, c bot.Channel, why string) (first bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckPause(c, why)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.schedules[c]
	if !ok || s.Paused != "" {
		return false, nil
	}
	s.Paused = why
	m.schedules[c] = s
	return true, nil
}

// DueSchedules implements [daily.Store].
func (m *Memory) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	tooFar := toMillis(now.Add(schedule.MaxAhead))
	if m.firstDue.After(now) && !m.lastDue.After(tooFar) {
		return nil, nil
	}
	var due []bot.Schedule
	m.firstDue, m.lastDue = time.Time{}, time.Time{}
	for _, s := range m.schedules {
		m.noteDue(s.Next)
		if s.Paused == "" && (!s.Next.After(now) || s.Next.After(tooFar)) {
			due = append(due, s)
		}
	}
	slices.SortFunc(due, func(a, b bot.Schedule) int { return a.Next.Compare(b.Next) })
	return firstN(due, limit), nil
}

// Plan implements [daily.Store].
func (m *Memory) Plan(ctx context.Context, s bot.Schedule, day string, next time.Time, jitter time.Duration) (planned bool, err error) {
	if err := cmp.Or(ctx.Err(), limits.CheckChannel(s.Channel, day)); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	stored, ok := m.schedules[s.Channel]
	if !ok || stored.Paused != "" || !stored.Next.Equal(toMillis(s.Next)) {
		return false, nil
	}
	at := stored.Next
	stored.Next = toMillis(next)
	m.setSchedule(stored)
	if day == "" || m.deliveries[s.Channel][day] != nil {
		return false, nil
	}
	d := &delivery{Delivery: bot.Delivery{Channel: s.Channel, Day: day, At: at, State: bot.Planned}, due: toMillis(at.Add(jitter))}
	put(&m.deliveries, s.Channel, day, d)
	put(&m.unfinished, tenantOf(s.Channel), d, true)
	return true, nil
}
