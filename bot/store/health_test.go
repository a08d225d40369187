package store

import (
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
)

// conformHealth checks how replicas share the health of a tenant.
func conformHealth(t *testing.T, s fullStore, c *clock) {
	ctx, tenant, other := t.Context(), slackT1, discordT1
	is := func(want daily.TenantHealth) {
		t.Helper()
		got, err := s.TenantHealth(ctx, tenant)
		if err != nil || got.Failures != want.Failures || !got.RetryAt.Equal(want.RetryAt) || !got.OKAt.Equal(want.OKAt) {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	probe := func(want bool) {
		t.Helper()
		if ok, err := s.Probe(ctx, tenant, time.Minute); ok != want || err != nil {
			t.Errorf("Probe = %v, %v; want %v", ok, err, want)
		}
	}
	is(daily.TenantHealth{})
	must(s.TenantAnswered(ctx, tenant, false)) // without a probe, nothing is known
	is(daily.TenantHealth{})
	start := c.now()
	probe(true)
	probe(false)
	must(s.TenantAnswered(ctx, tenant, false))
	is(daily.TenantHealth{RetryAt: start.Add(time.Minute)})
	must(s.TenantAnswered(ctx, tenant, true))
	is(daily.TenantHealth{OKAt: start})

	// If several posts fail at the same time, only one counts.
	must(s.TenantFailed(ctx, tenant, start.Add(time.Hour), false))
	must(s.TenantFailed(ctx, tenant, start.Add(2*time.Hour), false))
	must(s.TenantAnswered(ctx, tenant, false)) // an older post
	is(daily.TenantHealth{Failures: 1, RetryAt: start.Add(time.Hour)})
	probe(false)
	c.add(time.Hour)
	probe(true)
	must(s.TenantFailed(ctx, tenant, start.Add(3*time.Hour), true))
	is(daily.TenantHealth{Failures: 2, RetryAt: start.Add(3 * time.Hour)})
	c.add(2 * time.Hour)
	probe(true)
	must(s.EndProbe(ctx, tenant))
	probe(true)
	must(s.TenantAnswered(ctx, tenant, true))
	is(daily.TenantHealth{OKAt: c.now()})
	if h, err := s.TenantHealth(ctx, other); h != (daily.TenantHealth{}) || err != nil {
		t.Errorf("another tenant: got %+v, %v", h, err)
	}
}

// conformRefusal checks that a refusal is stored with a schedule, and cleared by a new one.
func conformRefusal(t *testing.T, s fullStore, c *clock) {
	sched := scheduleOf(channelOf(slackT1, "C1"), c.now())
	mustPut(t, s, sched)
	if err := s.RefuseSchedule(t.Context(), sched.Channel, "2027-01-15", "is_archived"); err != nil {
		t.Fatal(err)
	}
	got, _, err := s.Schedule(t.Context(), sched.Channel)
	if err != nil || got.Refused != "is_archived" || got.RefusedDay != "2027-01-15" {
		t.Errorf("got %+v, %v", got, err)
	}
	mustPut(t, s, sched)
	if got, _, err := s.Schedule(t.Context(), sched.Channel); err != nil || got.Refused != "" || got.RefusedDay != "" {
		t.Errorf("after PutSchedule: got %+v, %v", got, err)
	}
	if err := s.RefuseSchedule(t.Context(), channelOf(slackT1, "none"), "2027-01-15", "x"); err != nil {
		t.Errorf("without a schedule: %v", err)
	}
}

// conformBacklog checks which deliveries count as due.
func conformBacklog(t *testing.T, s fullStore, c *clock) {
	is := func(want int, oldest time.Time) {
		t.Helper()
		if due, at, err := s.Backlog(t.Context()); due != want || !at.Equal(oldest) || err != nil {
			t.Errorf("got %d since %v, %v; want %d since %v", due, at, err, want, oldest)
		}
	}
	is(0, time.Time{})
	start := c.now()
	mustPlan(t, s, channelOf(slackT1, "C1"), "2027-01-15", start)
	mustPlan(t, s, channelOf(slackT1, "C2"), "2027-01-15", start.Add(time.Hour))
	is(1, start)
	c.add(time.Hour)
	is(2, start)
	d, ok, err := s.Claim(t.Context(), slackT1, "a", time.Minute)
	if err != nil || !ok {
		t.Fatal(err)
	}
	if err := s.End(t.Context(), d, "a", bot.Sent, "1"); err != nil {
		t.Fatal(err)
	}
	is(1, start.Add(time.Hour))
}
