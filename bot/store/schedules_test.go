package store

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/limits"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

var (
	slackT1   = bot.Tenant{Platform: "slack", ID: "T1"}
	discordT1 = bot.Tenant{Platform: "discord", ID: "T1"}
)

func channelOf(t bot.Tenant, id string) bot.Channel {
	return bot.Channel{Platform: t.Platform, Tenant: t.ID, ID: id}
}

// scheduleOf returns a schedule with a value in each field except Paused.
func scheduleOf(c bot.Channel, next time.Time) bot.Schedule {
	return bot.Schedule{
		Channel: c, Spec: schedule.Spec{Time: 9*60 + 30, Zone: "Asia/Tokyo", Days: schedule.EveryDay, Category: "workloads"},
		Lang: glossary.Japanese, Creator: "U1", Next: next,
	}
}

func mustPut(t testing.TB, s fullStore, schedules ...bot.Schedule) {
	t.Helper()
	for _, sched := range schedules {
		if err := s.PutSchedule(t.Context(), sched); err != nil {
			t.Fatal(err)
		}
	}
}

func wantSchedule(t *testing.T, s fullStore, want bot.Schedule) {
	t.Helper()
	got, ok, err := s.Schedule(t.Context(), want.Channel)
	if !ok || err != nil {
		t.Errorf("Schedule(%v) = %v, %v", want.Channel, ok, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schedule of %v (-want +got):\n%s", want.Channel, diff)
	}
}

func wantNoSchedule(t *testing.T, s fullStore, c bot.Channel) {
	t.Helper()
	if got, ok, err := s.Schedule(t.Context(), c); ok || err != nil || got != (bot.Schedule{}) {
		t.Errorf("Schedule(%v) = %v, %v, %v; want none", c, got, ok, err)
	}
}

func conformSchedules(t *testing.T, s fullStore, c *clock) {
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
	wantNoSchedule(t, s, one)
	pause("gone", false)
	remove(false)

	next := c.now().Add(time.Hour)
	first := scheduleOf(one, next.Add(999*time.Microsecond).In(time.FixedZone("", 3600)))
	mustPut(t, s, first)
	first.Next = next // times have millisecond precision
	wantSchedule(t, s, first)
	for _, other := range others {
		wantNoSchedule(t, s, other)
	}

	changed := bot.Schedule{Channel: one, Spec: schedule.Spec{Zone: "UTC", Days: 1 << time.Saturday}, Lang: glossary.English, Next: next.Add(time.Hour)}
	mustPut(t, s, changed)
	wantSchedule(t, s, changed)

	pause("'gone'", true)
	pause("again", false)
	changed.Paused = "'gone'"
	wantSchedule(t, s, changed)
	if _, err := s.PauseSchedule(t.Context(), one, ""); err == nil {
		t.Error("PauseSchedule without a reason: got no error")
	}
	mustPut(t, s, first)
	wantSchedule(t, s, first)
	mustPut(t, s, changed)
	wantSchedule(t, s, changed)
	pause("once more", false)

	for _, other := range others {
		wantNoSchedule(t, s, other)
		mustPut(t, s, scheduleOf(other, next))
	}
	remove(true)
	remove(false)
	wantNoSchedule(t, s, one)
	for _, other := range others {
		wantSchedule(t, s, scheduleOf(other, next))
	}
}

func conformDueSchedules(t *testing.T, s fullStore, c *clock) {
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
			t.Errorf("after %v, limit %d: DueSchedules (-want +got):\n%s", c.now().Sub(start), step.limit, diff)
		}
	}
	for _, one := range []bot.Schedule{first, second} {
		if _, err := s.Plan(t.Context(), one, "2027-01-15", one.Next.Add(time.Hour), 0); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.DueSchedules(t.Context(), 10)
	if err != nil || len(got) != 1 || got[0] != third {
		t.Errorf("after two plans: DueSchedules = %v, %v; want the third", got, err)
	}

	// After a clock jump, a schedule may be too far ahead.
	far := scheduleOf(channelOf(slackT1, "far"), c.now().Add(schedule.MaxAhead))
	mustPut(t, s, far)
	if got, err := s.DueSchedules(t.Context(), 10); err != nil || len(got) != 1 {
		t.Errorf("MaxAhead ahead: DueSchedules = %v, %v; want one", got, err)
	}
	far.Next = far.Next.Add(time.Millisecond)
	mustPut(t, s, far)
	for limit, want := range [][]bot.Schedule{nil, {third}, {third, far}, {third, far}} {
		if got, err := s.DueSchedules(t.Context(), limit); err != nil || !slices.Equal(got, want) {
			t.Errorf("limit %d: DueSchedules = %v, %v; want %v", limit, got, err, want)
		}
	}
	if planned, err := s.Plan(t.Context(), far, "", c.now().Add(time.Hour), 0); planned || err != nil {
		t.Errorf("Plan for no day = %v, %v", planned, err)
	}
	wantDeliveries(t, s, far.Channel)
	far.Next = c.now().Add(time.Hour)
	wantSchedule(t, s, far)
}

func conformPlan(t *testing.T, s fullStore, c *clock) {
	const day = "2027-01-15"
	at := c.now()
	next := at.Add(24 * time.Hour)
	stored := scheduleOf(channelOf(slackT1, "C1"), at)
	plan := func(s1 bot.Schedule, day string, next time.Time, want bool) {
		t.Helper()
		if planned, err := s.Plan(t.Context(), s1, day, next, 0); planned != want || err != nil {
			t.Errorf("Plan for %s = %v, %v; want %v", day, planned, err, want)
		}
	}
	plan(stored, day, next, false) // there is no schedule
	wantDeliveries(t, s, stored.Channel)

	mustPut(t, s, stored)
	first := bot.Delivery{Channel: stored.Channel, Day: day, At: at, State: bot.Planned}
	plan(stored, day, next.Add(time.Microsecond), true)
	plan(stored, day, next, false)                                   // as another replica would
	plan(stored, "2027-01-16", next.Add(time.Hour), false)           // nor for another day
	plan(scheduleOf(channelOf(slackT1, "C2"), at), day, next, false) // another channel
	stored.Next = next
	wantSchedule(t, s, stored)
	wantDeliveries(t, s, stored.Channel, first)

	// The schedule was moved to later on a day that has its post already.
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
			t.Errorf("limit %d: Deliveries = %v, %v; want %d, latest first", limit, got, err, want)
		}
	}
}

// TestConcurrentPlan lets replicas plan and then pause the same schedules, and checks that only
// one replica does so for each schedule.
func TestConcurrentPlan(t *testing.T) {
	t.Parallel()
	const schedules, goroutines = 20, 6
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		replicas := replicasOf(t, dsn, 3, c)
		for i := range schedules {
			mustPut(t, replicas[0], scheduleOf(channelOf(slackT1, fmt.Sprint(i)), c.now()))
		}
		due, err := replicas[0].DueSchedules(t.Context(), schedules)
		if err != nil || len(due) != schedules {
			t.Fatalf("got %d due schedules, %v", len(due), err)
		}
		var planned, paused [schedules]atomic.Int64
		var wg sync.WaitGroup
		for g := range goroutines {
			db := replicas[g%len(replicas)]
			wg.Go(func() {
				for i, s := range due {
					ok, err := db.Plan(t.Context(), s, "2027-01-15", s.Next.Add(24*time.Hour), 0)
					if err != nil {
						t.Error(err)
					}
					if ok {
						planned[i].Add(1)
					}
					if ok, err = db.PauseSchedule(t.Context(), s.Channel, "gone"); err != nil {
						t.Error(err)
					}
					if ok {
						paused[i].Add(1)
					}
				}
			})
		}
		wg.Wait()
		for i, s := range due {
			if n, m := planned[i].Load(), paused[i].Load(); n != 1 || m != 1 {
				t.Errorf("got %d plans and %d pauses, want 1 and 1", n, m)
			}
			s.Next, s.Paused = s.Next.Add(24*time.Hour), "gone"
			wantSchedule(t, replicas[0], s)
			wantDeliveries(t, replicas[0], s.Channel,
				bot.Delivery{Channel: s.Channel, Day: "2027-01-15", At: c.now(), State: bot.Planned})
		}
	})
}

// TestPlanIsAtomic checks that the next run of a schedule does not change if its delivery cannot
// be added.
func TestPlanIsAtomic(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		s := scheduleOf(channelOf(slackT1, "C1"), c.now())
		mustPut(t, db, s)
		if _, err := db.Writer().Exec(`ALTER TABLE delivery RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if planned, err := db.Plan(t.Context(), s, "2027-01-15", s.Next.Add(time.Hour), 0); planned || err == nil {
			t.Errorf("Plan without a table of deliveries = %v, %v", planned, err)
		}
		wantSchedule(t, db, s)
		if _, err := db.Writer().Exec(`ALTER TABLE away RENAME TO delivery`); err != nil {
			t.Fatal(err)
		}
		if planned, err := db.Plan(t.Context(), s, "2027-01-15", s.Next.Add(time.Hour), 0); !planned || err != nil {
			t.Errorf("Plan afterwards = %v, %v", planned, err)
		}
	})
}

func BenchmarkPlan(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			s := scheduleOf(channelOf(slackT1, "C1"), time.UnixMilli(0))
			mustPut(b, db, s)
			for i := 0; b.Loop(); i++ {
				next := s.Next.Add(time.Hour)
				if planned, err := db.Plan(b.Context(), s, fmt.Sprint(i), next, 0); !planned || err != nil {
					b.Fatal(planned, err)
				}
				s.Next = next
			}
		})
	}
}

// TestManySchedules checks that a tenant cannot have more schedules than allowed, except in
// direct messages, and that other tenants do not count towards its limit.
func TestManySchedules(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	check := func(t *testing.T, s bot.ScheduleStore) {
		next := time.UnixMilli(1_800_000_000_000).UTC()
		direct := scheduleOf(channelOf(slackT1, "D1"), next)
		direct.Direct = true
		for name, tt := range map[string]struct {
			s    bot.Schedule
			want error
		}{
			"new":            {scheduleOf(channelOf(slackT1, "new"), next), limits.ErrManySchedules},
			"changed":        {scheduleOf(channelOf(slackT1, "1"), next), nil},
			"direct":         {direct, nil},
			"another tenant": {scheduleOf(channelOf(bot.Tenant{Platform: "slack", ID: "T2"}, "new"), next), nil},
		} {
			if err := s.PutSchedule(t.Context(), tt.s); !errors.Is(err, tt.want) {
				t.Errorf("%s: got %v, want %v", name, err, tt.want)
			}
		}
		if _, err := s.DeleteSchedule(t.Context(), channelOf(slackT1, "2")); err != nil {
			t.Fatal(err)
		}
		if err := s.PutSchedule(t.Context(), scheduleOf(channelOf(slackT1, "new"), next)); err != nil {
			t.Errorf("after one was turned off: %v", err)
		}
	}
	memory := new(storetest.Memory)
	for n := range limits.MaxSchedules {
		if err := memory.PutSchedule(t.Context(), scheduleOf(channelOf(slackT1, fmt.Sprint(n+1)), time.Now())); err != nil {
			t.Fatal(err)
		}
	}
	check(t, memory)
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		mustPut(t, db, scheduleOf(channelOf(slackT1, "1"), time.Now()))
		_, err := db.Writer().Exec(`WITH RECURSIVE numbers (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM numbers WHERE i < $1)
			INSERT INTO schedule (`+scheduleColumns+`)
			SELECT platform, tenant, CAST(i AS TEXT), time_of_day, zone, days, category, lang, creator, paused, next_at, refused, refused_day, direct
			FROM schedule, numbers`, limits.MaxSchedules)
		if err != nil {
			t.Fatal(err)
		}
		check(t, db)
	})
}
