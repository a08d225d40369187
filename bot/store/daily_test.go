package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/glossary"
)

var (
	slackT1   = bot.Tenant{Platform: "slack", ID: "T1"}
	discordT1 = bot.Tenant{Platform: "discord", ID: "T1"}
)

func channelOf(t bot.Tenant, id string) bot.Channel {
	return bot.Channel{Platform: t.Platform, Tenant: t.ID, ID: id}
}

// scheduleOf returns a schedule with a value in each field but Paused.
func scheduleOf(c bot.Channel, next time.Time) bot.Schedule {
	return bot.Schedule{
		Channel: c, Time: 9*60 + 30, Zone: "Asia/Tokyo", Days: bot.EveryDay, Category: "workloads",
		Lang: glossary.Japanese, Creator: "U1", Next: next,
	}
}

func mustPut(t testing.TB, s bot.DailyStore, schedules ...bot.Schedule) {
	t.Helper()
	for _, one := range schedules {
		if err := s.PutSchedule(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
}

// mustPlan plans a delivery for a day in a channel, due at a time.
func mustPlan(t testing.TB, s bot.DailyStore, c bot.Channel, day string, at time.Time) {
	t.Helper()
	one := scheduleOf(c, at)
	mustPut(t, s, one)
	if planned, err := s.Plan(t.Context(), one, day, at.Add(24*time.Hour)); !planned || err != nil {
		t.Fatalf("Plan = %v, %v", planned, err)
	}
}

// mustClaim returns what an owner is handed of slackT1 for a minute.
func mustClaim(t testing.TB, s bot.DailyStore, owner string) bot.Delivery {
	t.Helper()
	d, ok, err := s.Claim(t.Context(), slackT1, owner, time.Minute)
	if !ok || err != nil {
		t.Fatalf("Claim = %v, %v, %v", d, ok, err)
	}
	return d
}

func noneToClaim(t *testing.T, s bot.DailyStore, tenant bot.Tenant) {
	t.Helper()
	if d, ok, err := s.Claim(t.Context(), tenant, "nobody", time.Minute); ok || err != nil || d != (bot.Delivery{}) {
		t.Errorf("Claim = %v, %v, %v; want none", d, ok, err)
	}
	if tenants := tenantsDue(t, s); slices.Contains(tenants, tenant) {
		t.Errorf("the tenants with deliveries are %v, want no %v", tenants, tenant)
	}
}

// tenantsDue returns what DueTenants does, in order.
func tenantsDue(t *testing.T, s bot.DailyStore) []bot.Tenant {
	t.Helper()
	tenants, err := s.DueTenants(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(tenants, func(a, b bot.Tenant) int {
		return strings.Compare(string(a.Platform)+a.ID, string(b.Platform)+b.ID)
	})
	return tenants
}

func begin(t *testing.T, s bot.DailyStore, d bot.Delivery, owner, term string, want bool) {
	t.Helper()
	if ok, err := s.Begin(t.Context(), d, owner, term, 1, time.Minute); ok != want || err != nil {
		t.Errorf("Begin by %s = %v, %v; want %v", owner, ok, err, want)
	}
}

func wantSchedule(t *testing.T, s bot.DailyStore, want bot.Schedule) {
	t.Helper()
	got, ok, err := s.Schedule(t.Context(), want.Channel)
	if !ok || err != nil {
		t.Errorf("Schedule(%v) = %v, %v", want.Channel, ok, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the schedule (-want +got):\n%s", diff)
	}
}

func noSchedule(t *testing.T, s bot.DailyStore, c bot.Channel) {
	t.Helper()
	if got, ok, err := s.Schedule(t.Context(), c); ok || err != nil || got != (bot.Schedule{}) {
		t.Errorf("Schedule(%v) = %v, %v, %v; want none", c, got, ok, err)
	}
}

func wantDeliveries(t *testing.T, s bot.DailyStore, c bot.Channel, want ...bot.Delivery) {
	t.Helper()
	got, err := s.Deliveries(t.Context(), c, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the deliveries of %v (-want +got):\n%s", c, diff)
	}
}

func conformSchedules(t *testing.T, s keeper, c *clock) {
	one := channelOf(slackT1, "C1")
	others := []bot.Channel{
		channelOf(discordT1, "C1"), channelOf(bot.Tenant{Platform: "slack", ID: "T2"}, "C1"), channelOf(slackT1, "C2"),
		channelOf(bot.Tenant{Platform: "slack", ID: "T1C"}, "1"),
	}
	pause := func(why string, want bool) {
		t.Helper()
		if first, err := s.PauseSchedule(t.Context(), one, why); first != want || err != nil {
			t.Errorf("PauseSchedule = %v, %v; want %v", first, err, want)
		}
	}
	remove := func(want bool) {
		t.Helper()
		if existed, err := s.DeleteSchedule(t.Context(), one); existed != want || err != nil {
			t.Errorf("DeleteSchedule = %v, %v; want %v", existed, err, want)
		}
	}
	noSchedule(t, s, one)
	pause("gone", false)
	remove(false)

	next := c.now().Add(time.Hour)
	schedule := scheduleOf(one, next.Add(999*time.Microsecond).In(time.FixedZone("", 3600)))
	mustPut(t, s, schedule)
	schedule.Next = next // a time has milliseconds
	wantSchedule(t, s, schedule)
	for _, other := range others {
		noSchedule(t, s, other)
	}

	changed := bot.Schedule{Channel: one, Zone: "UTC", Days: 1 << time.Saturday, Lang: glossary.English, Next: next.Add(time.Hour)}
	mustPut(t, s, changed)
	wantSchedule(t, s, changed)

	pause("'gone'", true)
	pause("again", false)
	changed.Paused = "'gone'"
	wantSchedule(t, s, changed)
	if _, err := s.PauseSchedule(t.Context(), one, ""); err == nil {
		t.Error("a schedule was paused without a reason")
	}
	mustPut(t, s, schedule)
	wantSchedule(t, s, schedule)
	mustPut(t, s, changed)
	wantSchedule(t, s, changed)
	pause("once more", false)

	for _, other := range others {
		noSchedule(t, s, other)
		mustPut(t, s, scheduleOf(other, next))
	}
	remove(true)
	remove(false)
	noSchedule(t, s, one)
	for _, other := range others {
		wantSchedule(t, s, scheduleOf(other, next))
	}
}

func conformDueSchedules(t *testing.T, s keeper, c *clock) {
	start := c.now()
	first := scheduleOf(channelOf(slackT1, "first"), start.Add(time.Second))
	second := scheduleOf(channelOf(discordT1, "second"), start.Add(2*time.Second))
	third := scheduleOf(channelOf(slackT1, "third"), start.Add(3*time.Second))
	paused := scheduleOf(channelOf(slackT1, "paused"), start.Add(time.Second))
	paused.Paused = "gone"
	mustPut(t, s, third, first, paused, second)
	for _, step := range []struct {
		after time.Duration
		limit int
		want  []bot.Schedule
	}{
		{0, 10, nil},
		{time.Second - time.Millisecond, 10, nil},
		{time.Millisecond, 10, []bot.Schedule{first}},
		{2 * time.Second, 10, []bot.Schedule{first, second, third}},
		{0, 3, []bot.Schedule{first, second, third}},
		{0, 2, []bot.Schedule{first, second}},
		{0, 0, nil},
		{0, -1, nil},
	} {
		c.add(step.after)
		got, err := s.DueSchedules(t.Context(), step.limit)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(append([]bot.Schedule{}, step.want...), append([]bot.Schedule{}, got...)); diff != "" {
			t.Errorf("after %v, at most %d schedules (-want +got):\n%s", c.now().Sub(start), step.limit, diff)
		}
	}
	for _, one := range []bot.Schedule{first, second} {
		if _, err := s.Plan(t.Context(), one, "2027-01-15", one.Next.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.DueSchedules(t.Context(), 10)
	if err != nil || len(got) != 1 || got[0] != third {
		t.Errorf("after two were planned, %v are due, %v; want the third", got, err)
	}

	// A clock that was wrong has put one off too far.
	far := scheduleOf(channelOf(slackT1, "far"), c.now().Add(bot.MaxAhead))
	mustPut(t, s, far)
	if got, err := s.DueSchedules(t.Context(), 10); err != nil || len(got) != 1 {
		t.Errorf("one as far ahead as can be is due: %v, %v", got, err)
	}
	far.Next = far.Next.Add(time.Millisecond)
	mustPut(t, s, far)
	for limit, want := range [][]bot.Schedule{nil, {third}, {third, far}, {third, far}} {
		if got, err := s.DueSchedules(t.Context(), limit); err != nil || !slices.Equal(got, want) {
			t.Errorf("at most %d schedules are %v, %v; want %v", limit, got, err, want)
		}
	}
	if planned, err := s.Plan(t.Context(), far, "", c.now().Add(time.Hour)); planned || err != nil {
		t.Errorf("Plan for no day = %v, %v", planned, err)
	}
	wantDeliveries(t, s, far.Channel)
	far.Next = c.now().Add(time.Hour)
	wantSchedule(t, s, far)
}

func conformPlan(t *testing.T, s keeper, c *clock) {
	const day = "2027-01-15"
	at := c.now()
	next := at.Add(24 * time.Hour)
	stored := scheduleOf(channelOf(slackT1, "C1"), at)
	plan := func(s1 bot.Schedule, day string, next time.Time, want bool) {
		t.Helper()
		if planned, err := s.Plan(t.Context(), s1, day, next); planned != want || err != nil {
			t.Errorf("Plan for %s = %v, %v; want %v", day, planned, err, want)
		}
	}
	plan(stored, day, next, false) // there is none
	wantDeliveries(t, s, stored.Channel)

	mustPut(t, s, stored)
	first := bot.Delivery{Channel: stored.Channel, Day: day, At: at, State: bot.Planned}
	plan(stored, day, next.Add(time.Microsecond), true)
	plan(stored, day, next, false)                                   // another replica has
	plan(stored, "2027-01-16", next.Add(time.Hour), false)           // which must not plan more
	plan(scheduleOf(channelOf(slackT1, "C2"), at), day, next, false) // another channel
	stored.Next = next
	wantSchedule(t, s, stored)
	wantDeliveries(t, s, stored.Channel, first)

	// The schedule was moved to later on a day that has had its term.
	plan(stored, day, next.Add(time.Hour), false)
	stored.Next = next.Add(time.Hour)
	wantSchedule(t, s, stored)
	wantDeliveries(t, s, stored.Channel, first)

	if _, err := s.PauseSchedule(t.Context(), stored.Channel, "gone"); err != nil {
		t.Fatal(err)
	}
	plan(stored, "2027-01-17", stored.Next.Add(time.Hour), false)
	stored.Paused = "gone"
	wantSchedule(t, s, stored)

	stored.Paused = ""
	mustPut(t, s, stored)
	plan(stored, "2027-01-17", stored.Next.Add(time.Hour), true)
	second := bot.Delivery{Channel: stored.Channel, Day: "2027-01-17", At: stored.Next, State: bot.Planned}
	if _, err := s.DeleteSchedule(t.Context(), stored.Channel); err != nil {
		t.Fatal(err)
	}
	stored.Next = stored.Next.Add(time.Hour)
	plan(stored, "2027-01-18", stored.Next.Add(time.Hour), false)
	wantDeliveries(t, s, stored.Channel, second, first)
	for limit, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 2, 3: 2} {
		got, err := s.Deliveries(t.Context(), stored.Channel, limit)
		if err != nil || len(got) != want || want > 0 && got[0] != second {
			t.Errorf("at most %d deliveries are %v, %v; want %d, the latest first", limit, got, err, want)
		}
	}
}

func conformClaim(t *testing.T, s keeper, c *clock) {
	const day = "2027-01-15"
	start := c.now()
	noneToClaim(t, s, slackT1)
	for id, after := range map[string]time.Duration{"C1": time.Second, "C2": 2 * time.Second, "C3": 3 * time.Second} {
		mustPlan(t, s, channelOf(slackT1, id), day, start.Add(after))
	}
	mustPlan(t, s, channelOf(discordT1, "D1"), day, start.Add(time.Second))
	noneToClaim(t, s, slackT1)
	c.add(time.Second - time.Millisecond)
	noneToClaim(t, s, slackT1)
	c.add(2*time.Second + time.Millisecond)
	if diff := cmp.Diff([]bot.Tenant{discordT1, slackT1}, tenantsDue(t, s)); diff != "" {
		t.Errorf("the tenants with deliveries (-want +got):\n%s", diff)
	}

	claimed := func(id string, at time.Duration, attempts int) bot.Delivery {
		return bot.Delivery{Channel: channelOf(slackT1, id), Day: day, At: start.Add(at), State: bot.Planned, Attempts: attempts}
	}
	for i, want := range []bot.Delivery{claimed("C1", time.Second, 1), claimed("C2", 2*time.Second, 1), claimed("C3", 3*time.Second, 1)} {
		got := mustClaim(t, s, []string{"a", "b"}[i%2])
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("claim %d (-want +got):\n%s", i, diff)
		}
		wantDeliveries(t, s, want.Channel, want)
		c.add(time.Second)
	}
	noneToClaim(t, s, slackT1)
	if diff := cmp.Diff([]bot.Tenant{discordT1}, tenantsDue(t, s)); diff != "" {
		t.Errorf("the tenants with deliveries (-want +got):\n%s", diff)
	}

	// The leases run out one after another.
	c.add(time.Minute - 3*time.Second - time.Millisecond)
	noneToClaim(t, s, slackT1)
	c.add(time.Millisecond)
	if diff := cmp.Diff(claimed("C1", time.Second, 2), mustClaim(t, s, "b")); diff != "" {
		t.Errorf("the claim of what was not ended (-want +got):\n%s", diff)
	}
	noneToClaim(t, s, slackT1)
	if _, _, err := s.Claim(t.Context(), slackT1, "", time.Minute); err == nil {
		t.Error("nobody has claimed a delivery")
	}
}

// conformLostClaim holds that who lost a claim changes nothing any more, also
// where the same process has claimed the delivery again.
func conformLostClaim(t *testing.T, s keeper, c *clock) {
	channel := channelOf(slackT1, "C1")
	mustPlan(t, s, channel, "2027-01-15", c.now())
	for _, owner := range []string{"b", "a"} {
		lost := mustClaim(t, s, "a")
		c.add(time.Minute)
		held := mustClaim(t, s, owner)
		begin(t, s, lost, "a", "pod", false)
		if err := s.Retry(t.Context(), lost, "a", c.now()); err != nil {
			t.Error(err)
		}
		if err := s.End(t.Context(), lost, "a", bot.Failed, "lost"); err != nil {
			t.Error(err)
		}
		wantDeliveries(t, s, channel, held)
		noneToClaim(t, s, slackT1)
		begin(t, s, held, "c", "pod", false)
		begin(t, s, bot.Delivery{Channel: channel, Day: "2027-01-16", Attempts: held.Attempts}, owner, "pod", false)
		if err := s.Retry(t.Context(), held, owner, c.now()); err != nil {
			t.Error(err)
		}
		begin(t, s, held, owner, "pod", false) // was handed back
	}
	// A claim whose lease has run out is its owner's until somebody takes it.
	late := mustClaim(t, s, "a")
	c.add(time.Hour)
	begin(t, s, late, "a", "pod", true)
	noneToClaim(t, s, slackT1)
}

func conformBegin(t *testing.T, s keeper, c *clock) {
	channel := channelOf(slackT1, "C1")
	mustPlan(t, s, channel, "2027-01-15", c.now())
	want := mustClaim(t, s, "a")
	c.add(time.Minute - time.Millisecond)
	begin(t, s, want, "a", "pod", true)
	want.State, want.Term, want.Round, want.Began = bot.Sending, "pod", 1, c.now()
	wantDeliveries(t, s, channel, want)

	c.add(time.Minute - time.Millisecond)
	noneToClaim(t, s, slackT1) // the lease was renewed
	c.add(time.Millisecond)
	want.Attempts++
	got := mustClaim(t, s, "b")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the claim of what was cut off (-want +got):\n%s", diff)
	}
	begin(t, s, got, "b", "service", true)
	begin(t, s, got, "b", "service", true) // the answer to the first was lost
	want.Term = "service"
	wantDeliveries(t, s, channel, want) // Began is of the first time
}

func conformRetry(t *testing.T, s keeper, c *clock) {
	channel := channelOf(slackT1, "C1")
	mustPlan(t, s, channel, "2027-01-15", c.now())
	want := mustClaim(t, s, "a")
	begin(t, s, want, "a", "pod", true)
	want.Term, want.Round = "pod", 1 // and no Began: nothing was sent
	if err := s.Retry(t.Context(), want, "a", c.now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	wantDeliveries(t, s, channel, want)
	c.add(time.Second - time.Millisecond)
	noneToClaim(t, s, slackT1)
	c.add(time.Millisecond)
	want.Attempts++
	if diff := cmp.Diff(want, mustClaim(t, s, "b")); diff != "" {
		t.Errorf("the claim of what was handed back (-want +got):\n%s", diff)
	}

	// One claim was cut off, and the next sent nothing: the first may have.
	begin(t, s, want, "b", "pod", true)
	want.State, want.Began = bot.Sending, c.now()
	c.add(time.Minute)
	want.Attempts++
	if diff := cmp.Diff(want, mustClaim(t, s, "a")); diff != "" {
		t.Errorf("the claim of what was cut off (-want +got):\n%s", diff)
	}
	begin(t, s, want, "a", "pod", true)
	if err := s.Retry(t.Context(), want, "a", c.now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	wantDeliveries(t, s, channel, want)
	c.add(time.Second)
	want.Attempts++
	if diff := cmp.Diff(want, mustClaim(t, s, "b")); diff != "" {
		t.Errorf("the claim of what was cut off and then handed back (-want +got):\n%s", diff)
	}
}

func conformEnd(t *testing.T, s keeper, c *clock) {
	at := c.now()
	for i, state := range []bot.DeliveryState{bot.Sent, bot.Skipped, bot.Failed, bot.Unclear} {
		channel := channelOf(slackT1, string(state))
		mustPlan(t, s, channel, "2027-01-15", at)
		want := mustClaim(t, s, "a")
		for _, notFinal := range []bot.DeliveryState{bot.Planned, bot.Sending, "", "lost"} {
			if err := s.End(t.Context(), want, "a", notFinal, ""); err == nil {
				t.Errorf("a delivery ended as %q", notFinal)
			}
		}
		if i%2 == 0 {
			begin(t, s, want, "a", "pod", true)
			want.Term, want.Round, want.Began = "pod", 1, c.now()
		}
		if err := s.End(t.Context(), want, "a", state, "17.5"); err != nil {
			t.Fatal(err)
		}
		want.State, want.Ref = state, "17.5"
		wantDeliveries(t, s, channel, want)

		if err := s.End(t.Context(), want, "a", bot.Failed, "again"); err != nil {
			t.Error(err)
		}
		if err := s.Retry(t.Context(), want, "a", c.now()); err != nil {
			t.Error(err)
		}
		begin(t, s, want, "a", "service", false)
		c.add(time.Hour)
		noneToClaim(t, s, slackT1)
		wantDeliveries(t, s, channel, want)

		again := scheduleOf(channel, at)
		mustPut(t, s, again)
		if planned, err := s.Plan(t.Context(), again, "2027-01-15", at.Add(time.Hour)); planned || err != nil {
			t.Errorf("a day that is over was planned again: %v, %v", planned, err)
		}
		wantDeliveries(t, s, channel, want)
	}
}

func conformPosted(t *testing.T, s keeper, c *clock) {
	channel, other := channelOf(slackT1, "C1"), channelOf(slackT1, "C2")
	want := func(want ...bot.Posted) {
		t.Helper()
		got, err := s.Posted(t.Context(), channel)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the terms that were posted (-want +got):\n%s", diff)
		}
	}
	// post has a term delivered, and returns when.
	post := func(to bot.Channel, term string, round int, state bot.DeliveryState) time.Time {
		t.Helper()
		c.add(24 * time.Hour)
		mustPlan(t, s, to, c.now().Format(time.DateOnly), c.now())
		d := mustClaim(t, s, "a")
		if ok, err := s.Begin(t.Context(), d, "a", term, round, time.Minute); !ok || err != nil {
			t.Fatalf("Begin = %v, %v", ok, err)
		}
		var err error
		switch state {
		case bot.Planned:
			err = s.Retry(t.Context(), d, "a", c.now().Add(1000*time.Hour))
		case bot.Sending:
		default:
			err = s.End(t.Context(), d, "a", state, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		return d.At
	}
	want()
	pod := bot.Posted{Term: "pod", Round: 1, At: post(channel, "pod", 1, bot.Sent)}
	node := bot.Posted{Term: "node", Round: 1, At: post(channel, "node", 1, bot.Unclear)}
	post(other, "taint", 1, bot.Sent)
	post(channel, "service", 1, bot.Failed)
	post(channel, "ingress", 1, bot.Skipped)
	post(channel, "pod", 2, bot.Failed)
	want(node, pod)
	pod = bot.Posted{Term: "pod", Round: 2, At: post(channel, "pod", 2, bot.Sent)}
	want(pod, node)
	later := bot.Posted{Term: "secret", Round: 2, At: post(channel, "secret", 2, bot.Planned)}
	now := bot.Posted{Term: "volume", Round: 2, At: post(channel, "volume", 2, bot.Sending)}
	want(now, later, pod, node)
}

func conformAsked(t *testing.T, s keeper, c *clock) {
	here, there, silent := channelOf(slackT1, "C1"), channelOf(slackT1, "C2"), channelOf(slackT1, "C3")
	start := c.now()
	mustPut(t, s, scheduleOf(here, start), scheduleOf(there, start))
	note := func(c bot.Channel, term string) {
		t.Helper()
		if err := s.NoteAsked(t.Context(), c, term); err != nil {
			t.Fatal(err)
		}
	}
	want := func(c bot.Channel, since time.Time, want ...bot.Asked) {
		t.Helper()
		got, err := s.AskedSince(t.Context(), c, since)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the terms of %s (-want +got):\n%s", c.ID, diff)
		}
	}
	note(here, "service")
	note(here, "pod")
	note(there, "pod")
	note(silent, "pod")
	c.add(time.Second)
	note(here, "pod")
	c.add(-time.Hour) // another replica's clock
	note(here, "pod")
	c.add(time.Hour)
	later := start.Add(time.Second)
	want(here, start, bot.Asked{Term: "pod", Count: 3, Last: later}, bot.Asked{Term: "service", Count: 1, Last: start})
	want(here, start.Add(time.Millisecond), bot.Asked{Term: "pod", Count: 3, Last: later})
	want(here, later, bot.Asked{Term: "pod", Count: 3, Last: later})
	want(here, later.Add(time.Millisecond))
	want(there, time.Time{}, bot.Asked{Term: "pod", Count: 1, Last: start})
	want(silent, time.Time{})

	if _, err := s.PauseSchedule(t.Context(), there, "gone"); err != nil {
		t.Fatal(err)
	}
	note(there, "pod")
	if _, err := s.DeleteSchedule(t.Context(), here); err != nil {
		t.Fatal(err)
	}
	note(here, "service")
	want(there, time.Time{}, bot.Asked{Term: "pod", Count: 2, Last: later})
	want(here, later, bot.Asked{Term: "pod", Count: 3, Last: later})
}

func putReviews(t *testing.T, s bot.DailyStore, p bot.Person, reviews ...bot.Review) {
	t.Helper()
	for _, r := range reviews {
		if err := s.PutReview(t.Context(), p, r); err != nil {
			t.Fatal(err)
		}
	}
}

func wantReviews(t *testing.T, s bot.DailyStore, p bot.Person, want ...bot.Review) {
	t.Helper()
	got, err := s.Reviews(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the reviews of %v (-want +got):\n%s", p, diff)
	}
}

func conformReviews(t *testing.T, s keeper, c *clock) {
	ann := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
	bob := bot.Person{Platform: "slack", Tenant: "T1", User: "U2"}
	wantReviews(t, s, ann)
	pod := bot.Review{Term: "pod", Day: "2027-01-15", Knew: true, At: c.now()}
	podAgain := bot.Review{Term: "pod", Day: "2029-01-15", At: c.now().Add(time.Hour)}
	service := bot.Review{Term: "service", Day: "2027-01-15", At: c.now().Add(time.Minute)}
	putReviews(t, s, ann, pod, podAgain, service)
	wantReviews(t, s, ann, podAgain, service, pod)
	wantReviews(t, s, bob)

	pod.Knew, pod.At = false, c.now().Add(2*time.Hour+time.Microsecond)
	service.Knew = true
	putReviews(t, s, ann, pod, service)
	pod.At = c.now().Add(2 * time.Hour)
	wantReviews(t, s, ann, pod, podAgain, service)
}

func conformForget(t *testing.T, s keeper, c *clock) {
	ann := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
	others := []bot.Person{
		{Platform: "discord", Tenant: "T1", User: "U1"},
		{Platform: "slack", Tenant: "T2", User: "U1"},
		{Platform: "slack", Tenant: "T1", User: "U2"},
	}
	if err := s.Forget(t.Context(), ann); err != nil {
		t.Errorf("Forget of somebody who is not known: %v", err)
	}
	review := bot.Review{Term: "pod", Day: "2027-01-15", Knew: true, At: c.now()}
	schedule := func(p bot.Person, id string) bot.Schedule {
		s := scheduleOf(bot.Channel{Platform: p.Platform, Tenant: p.Tenant, ID: id}, c.now())
		s.Creator = p.User
		return s
	}
	for _, p := range append(others, ann) {
		if err := s.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		putReviews(t, s, p, review)
		mustPut(t, s, schedule(p, "first of "+p.User), schedule(p, "second of "+p.User))
	}
	for range 2 {
		if err := s.Forget(t.Context(), ann); err != nil {
			t.Fatal(err)
		}
		if l, err := s.Language(t.Context(), ann); l != "" || err != nil {
			t.Errorf("the language of who was forgotten is %q, %v", l, err)
		}
		wantReviews(t, s, ann)
		for _, id := range []string{"first of U1", "second of U1"} {
			want := schedule(ann, id)
			want.Creator = ""
			wantSchedule(t, s, want)
		}
		for _, p := range others {
			if l, err := s.Language(t.Context(), p); l != glossary.English || err != nil {
				t.Errorf("the language of %v is %q, %v", p, l, err)
			}
			wantReviews(t, s, p, review)
			wantSchedule(t, s, schedule(p, "first of "+p.User))
			wantSchedule(t, s, schedule(p, "second of "+p.User))
		}
	}
	// A person without a tenant made schedules in several.
	everywhere := bot.Person{Platform: "discord", User: "U1"}
	if err := s.Forget(t.Context(), everywhere); err != nil {
		t.Fatal(err)
	}
	want := schedule(others[0], "first of U1")
	want.Creator = ""
	wantSchedule(t, s, want)
	wantSchedule(t, s, schedule(others[1], "first of U1"))
}

func conformLeases(t *testing.T, s keeper, c *clock) {
	acquire := func(name, owner string, ttl time.Duration, want bool) {
		t.Helper()
		if held, err := s.Acquire(t.Context(), name, owner, ttl); held != want || err != nil {
			t.Errorf("Acquire(%q) by %s = %v, %v; want %v", name, owner, held, err, want)
		}
	}
	release := func(name, owner string) {
		t.Helper()
		if err := s.Release(t.Context(), name, owner); err != nil {
			t.Errorf("Release(%q) by %s: %v", name, owner, err)
		}
	}
	release("shard 0", "a")
	acquire("shard 0", "a", time.Minute, true)
	acquire("shard 0", "b", time.Minute, false)
	acquire("shard 1", "b", time.Minute, true)
	c.add(30 * time.Second)
	acquire("shard 0", "a", time.Minute, true) // renewed
	c.add(time.Minute - time.Millisecond)
	acquire("shard 0", "b", time.Minute, false)
	acquire("shard 1", "a", time.Minute, true) // had run out
	c.add(time.Millisecond)
	acquire("shard 0", "b", time.Minute, true)
	acquire("shard 0", "a", time.Minute, false)

	release("shard 0", "a") // which does not hold it
	acquire("shard 0", "a", time.Minute, false)
	release("shard 0", "b")
	release("shard 0", "b")
	acquire("shard 0", "a", time.Minute, true)
	acquire("shard 0", "a", 0, true)
	acquire("shard 0", "b", time.Minute, true)

	if _, err := s.Acquire(t.Context(), "shard 2", "", time.Minute); err == nil {
		t.Error("nobody has acquired a lease")
	}
}

// conformDailySweep holds how long deliveries, and terms that were asked for,
// are kept.
func conformDailySweep(t *testing.T, s keeper, c *clock) {
	ended, open := channelOf(slackT1, "ended"), channelOf(discordT1, "open")
	start := c.now()
	mustPlan(t, s, ended, "2027-01-15", start)
	mustPlan(t, s, open, "2027-01-15", start)
	want := mustClaim(t, s, "a")
	if err := s.End(t.Context(), want, "a", bot.Sent, "ref"); err != nil {
		t.Fatal(err)
	}
	want.State, want.Ref = bot.Sent, "ref"
	if err := s.NoteAsked(t.Context(), ended, "pod"); err != nil {
		t.Fatal(err)
	}
	sweepAt := func(after time.Duration) {
		t.Helper()
		c.add(start.Add(after).Sub(c.now()))
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	askedFor := func(want int) {
		t.Helper()
		if got, err := s.AskedSince(t.Context(), ended, time.Time{}); len(got) != want || err != nil {
			t.Errorf("%d terms are known, %v; want %d", len(got), err, want)
		}
	}
	sweepAt(keepAsked - time.Millisecond)
	askedFor(1)
	sweepAt(keepAsked)
	askedFor(0)
	sweepAt(keepDeliveries - time.Millisecond)
	wantDeliveries(t, s, ended, want)
	sweepAt(keepDeliveries)
	wantDeliveries(t, s, ended)
	wantDeliveries(t, s, open, bot.Delivery{Channel: open, Day: "2027-01-15", At: start, State: bot.Planned})
	if len(tenantsDue(t, s)) != 1 {
		t.Error("what was not ended cannot be claimed any more")
	}
}

// conformTermSweep holds that the last delivery of each term stays known for as
// long as the channel has a schedule.
func conformTermSweep(t *testing.T, s keeper, c *clock) {
	channel := channelOf(slackT1, "C1")
	var all []bot.Delivery
	for i, tt := range []struct {
		term  string
		state bot.DeliveryState
	}{{"pod", bot.Sent}, {"node", bot.Unclear}, {"pod", bot.Sent}, {"pod", bot.Failed}, {"service", bot.Skipped}} {
		mustPlan(t, s, channel, fmt.Sprint("2027-01-1", i), c.now())
		d := mustClaim(t, s, "a")
		begin(t, s, d, "a", tt.term, true)
		d.Term, d.Round, d.Began, d.State = tt.term, 1, c.now(), tt.state
		if err := s.End(t.Context(), d, "a", tt.state, ""); err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
		c.add(time.Hour)
	}
	sweep := func() {
		t.Helper()
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	c.add(2 * keepDeliveries)
	sweep()
	wantDeliveries(t, s, channel, all[2], all[1])
	if _, err := s.PauseSchedule(t.Context(), channel, "gone"); err != nil {
		t.Fatal(err)
	}
	sweep()
	wantDeliveries(t, s, channel, all[2], all[1])
	if _, err := s.DeleteSchedule(t.Context(), channel); err != nil {
		t.Fatal(err)
	}
	sweep()
	wantDeliveries(t, s, channel)
}

// dailyCalls calls each method of the daily term and the leases with a text in
// each place that takes one, and returns the errors.
func dailyCalls(ctx context.Context, s keeper, text string) map[string]error {
	channel := channelOf(slackT1, "C1")
	now := time.UnixMilli(1_800_000_000_000)
	errs := make(map[string]error)
	for name, c := range map[string]bot.Channel{
		"platform": {Platform: bot.Platform(text)}, "tenant": {Tenant: text}, "channel": {ID: text},
	} {
		_, _, scheduleErr := s.Schedule(ctx, c)
		_, deleteErr := s.DeleteSchedule(ctx, c)
		_, pauseErr := s.PauseSchedule(ctx, c, "gone")
		_, planErr := s.Plan(ctx, bot.Schedule{Channel: c}, "2027-01-15", now)
		_, beginErr := s.Begin(ctx, bot.Delivery{Channel: c}, "a", "pod", 1, time.Minute)
		_, deliveriesErr := s.Deliveries(ctx, c, 1)
		_, postedErr := s.Posted(ctx, c)
		_, askedErr := s.AskedSince(ctx, c, now)
		for call, err := range map[string]error{
			"Schedule": scheduleErr, "DeleteSchedule": deleteErr, "PauseSchedule": pauseErr, "Plan": planErr,
			"PutSchedule": s.PutSchedule(ctx, bot.Schedule{Channel: c}),
			"Begin":       beginErr,
			"Retry":       s.Retry(ctx, bot.Delivery{Channel: c}, "a", now),
			"End":         s.End(ctx, bot.Delivery{Channel: c}, "a", bot.Sent, ""),
			"Deliveries":  deliveriesErr, "Posted": postedErr,
			"NoteAsked":  s.NoteAsked(ctx, c, "pod"),
			"AskedSince": askedErr,
		} {
			errs[call+" of a "+name] = err
		}
	}
	for name, p := range map[string]bot.Person{
		"platform": {Platform: bot.Platform(text)}, "tenant": {Tenant: text}, "user": {User: text},
	} {
		_, reviewsErr := s.Reviews(ctx, p)
		errs["Reviews of a "+name] = reviewsErr
		errs["PutReview of a "+name] = s.PutReview(ctx, p, bot.Review{})
		errs["Forget of a "+name] = s.Forget(ctx, p)
	}
	for name, one := range map[string]bot.Schedule{
		"zone": {Zone: text}, "category": {Category: glossary.Category(text)}, "language": {Lang: glossary.Lang(text)},
		"creator": {Creator: text}, "reason": {Paused: strings.Repeat(text, MaxValue/len(text)+1)},
	} {
		errs["PutSchedule with a "+name] = s.PutSchedule(ctx, one)
	}
	claimed := bot.Delivery{Channel: channel, Day: "2027-01-15", Attempts: 1}
	_, errs["PauseSchedule with a reason"] = s.PauseSchedule(ctx, channel, strings.Repeat(text, MaxValue/len(text)+1))
	_, errs["Plan for a day"] = s.Plan(ctx, bot.Schedule{Channel: channel}, text, now)
	_, _, errs["Claim by an owner"] = s.Claim(ctx, slackT1, text, time.Minute)
	_, _, errs["Claim of a tenant"] = s.Claim(ctx, bot.Tenant{ID: text}, "a", time.Minute)
	_, errs["Begin by an owner"] = s.Begin(ctx, claimed, text, "pod", 1, time.Minute)
	_, errs["Begin with a term"] = s.Begin(ctx, claimed, "a", text, 1, time.Minute)
	_, errs["Begin of a day"] = s.Begin(ctx, bot.Delivery{Day: text}, "a", "pod", 1, time.Minute)
	errs["Retry by an owner"] = s.Retry(ctx, claimed, text, now)
	errs["End by an owner"] = s.End(ctx, claimed, text, bot.Sent, "")
	errs["End with a message"] = s.End(ctx, claimed, "a", bot.Sent, text)
	errs["NoteAsked with a term"] = s.NoteAsked(ctx, channel, text)
	errs["PutReview with a term"] = s.PutReview(ctx, bot.Person{}, bot.Review{Term: text})
	errs["PutReview with a day"] = s.PutReview(ctx, bot.Person{}, bot.Review{Day: text})
	_, errs["Acquire by an owner"] = s.Acquire(ctx, "lease", text, time.Minute)
	_, errs["Acquire a lease"] = s.Acquire(ctx, text, "a", time.Minute)
	errs["Release by an owner"] = s.Release(ctx, "lease", text)
	errs["Release a lease"] = s.Release(ctx, text, "a")
	return errs
}

func conformDailyLimits(t *testing.T, s keeper) {
	fits := strings.Repeat("あ", MaxKey/len("あ"))
	for call, err := range dailyCalls(t.Context(), s, "a") {
		// A reason is repeated until it is too long.
		if err != nil && !strings.HasSuffix(call, "reason") {
			t.Errorf("%s: %v", call, err)
		}
	}
	longest := scheduleOf(bot.Channel{Platform: bot.Platform(fits), Tenant: fits, ID: fits}, time.UnixMilli(0).UTC())
	longest.Creator, longest.Paused = fits, strings.Repeat("v", MaxValue)
	mustPut(t, s, longest)
	wantSchedule(t, s, longest)
	for _, bad := range []string{fits + "secret", "secret\x00", "secret\xff"} {
		for call, err := range dailyCalls(t.Context(), s, bad) {
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s with %q: %v; want an error that does not quote it", call, bad, err)
			}
		}
	}
}

func conformDailyCancelled(t *testing.T, s keeper) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	channel := channelOf(slackT1, "cancelled")
	errs := dailyCalls(ctx, s, "a")
	_, errs["DueSchedules"] = s.DueSchedules(ctx, 1)
	_, errs["DueTenants"] = s.DueTenants(ctx)
	errs["PutSchedule"] = s.PutSchedule(ctx, scheduleOf(channel, time.UnixMilli(0)))
	for call, err := range errs {
		if !errors.Is(err, context.Canceled) && !strings.HasSuffix(call, "reason") {
			t.Errorf("%s with a cancelled context: %v", call, err)
		}
	}
	noSchedule(t, s, channel)
}
