package store

import (
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// replicasOf opens one database several times.
func replicasOf(t *testing.T, dsn string, n int, c *clock) []*DB {
	t.Helper()
	replicas := make([]*DB, n)
	for i := range replicas {
		replicas[i] = openDB(t, dsn, Options{Now: c.now})
	}
	return replicas
}

// TestClaimAtOnce lets replicas work off deliveries side by side: each delivery
// is handed out once.
func TestClaimAtOnce(t *testing.T) {
	t.Parallel()
	const deliveries, goroutines = 300, 9
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		replicas := replicasOf(t, dsn, 3, c)
		fillDeliveries(t, replicas[0], deliveries, bot.Planned, c.now())
		handed := make(map[string]string) // the owner by day
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i := range goroutines {
			db, owner := replicas[i%len(replicas)], fmt.Sprint("owner ", i)
			wg.Go(func() {
				for {
					d, ok, err := db.Claim(t.Context(), slackT1, owner, time.Minute)
					if err != nil {
						t.Error(err)
					}
					if !ok {
						return
					}
					mu.Lock()
					if other, twice := handed[d.Day]; twice {
						t.Errorf("the delivery of %s was handed to %s and to %s", d.Day, other, owner)
					}
					handed[d.Day] = owner
					mu.Unlock()
					if ok, err := db.Begin(t.Context(), d, owner, "pod", 1, time.Minute); !ok || err != nil {
						t.Errorf("Begin = %v, %v", ok, err)
					}
					if err := db.End(t.Context(), d, owner, bot.Sent, owner); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if len(handed) != deliveries {
			t.Errorf("%d deliveries were handed out, want %d", len(handed), deliveries)
		}
		all, err := replicas[0].Deliveries(t.Context(), channelOf(slackT1, "C"), 2*deliveries)
		if err != nil || len(all) != deliveries {
			t.Errorf("there are %d deliveries, %v; want %d", len(all), err, deliveries)
		}
		for _, d := range all {
			if d.State != bot.Sent || d.Attempts != 1 || d.Ref != handed[d.Day] {
				t.Errorf("the delivery is %v, want it sent by %s at the first attempt", d, handed[d.Day])
			}
		}
	})
}

// fillDeliveries adds deliveries of one channel of slackT1 for made-up days.
func fillDeliveries(tb testing.TB, db *DB, n int, state bot.DeliveryState, at time.Time) {
	tb.Helper()
	ended := sql.NullInt64{Int64: at.UnixMilli(), Valid: state != bot.Planned}
	_, err := db.write.Exec(`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $1)
		INSERT INTO delivery (platform, tenant, channel, day, at, state, attempts, due_at, owner, term, ref, ended_at)
		SELECT 'slack', 'T1', 'C', CAST($2 AS TEXT) || CAST(i AS TEXT), CAST($3 AS BIGINT), CAST($2 AS TEXT), 0,
			CAST($3 AS BIGINT), '', '', '', CAST($4 AS BIGINT) FROM numbers`,
		n, string(state), at.UnixMilli(), ended)
	if err != nil {
		tb.Fatal(err)
	}
}

// TestBeginBesideClaim lets an owner begin just as the lease has run out and
// another claims: one of them gets the delivery.
func TestBeginBesideClaim(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		replicas := replicasOf(t, dsn, 2, c)
		for i := range 100 {
			channel := channelOf(slackT1, fmt.Sprint(i))
			mustPlan(t, replicas[0], channel, "2027-01-15", c.now())
			slow := mustClaim(t, replicas[0], "a")
			c.add(time.Minute)
			var began, claimed bool
			var beginErr, claimErr error
			var wg sync.WaitGroup
			wg.Go(func() { began, beginErr = replicas[0].Begin(t.Context(), slow, "a", "pod", 1, 24*time.Hour) })
			wg.Go(func() { _, claimed, claimErr = replicas[1].Claim(t.Context(), slackT1, "b", 24*time.Hour) })
			wg.Wait()
			if began == claimed || beginErr != nil || claimErr != nil {
				t.Fatalf("round %d: Begin = %v, %v, and Claim = %v, %v; want one of them", i, began, beginErr, claimed, claimErr)
			}
		}
	})
}

// TestPlanAtOnce lets replicas plan the same schedules, and pause them
// afterwards: of each one replica does so.
func TestPlanAtOnce(t *testing.T) {
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
			t.Fatalf("%d schedules are due, %v", len(due), err)
		}
		var planned, paused [schedules]atomic.Int64
		var wg sync.WaitGroup
		for g := range goroutines {
			db := replicas[g%len(replicas)]
			wg.Go(func() {
				for i, s := range due {
					ok, err := db.Plan(t.Context(), s, "2027-01-15", s.Next.Add(24*time.Hour))
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
				t.Errorf("the schedule was planned %d times and paused %d times, want once each", n, m)
			}
			s.Next, s.Paused = s.Next.Add(24*time.Hour), "gone"
			wantSchedule(t, replicas[0], s)
			wantDeliveries(t, replicas[0], s.Channel,
				bot.Delivery{Channel: s.Channel, Day: "2027-01-15", At: c.now(), State: bot.Planned})
		}
	})
}

// TestAcquireAtOnce lets replicas take over a lease that has run out, again and
// again: one holds it.
func TestAcquireAtOnce(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		replicas := replicasOf(t, dsn, 3, c)
		for range 20 {
			var held atomic.Int64
			var wg sync.WaitGroup
			for i := range 9 {
				wg.Go(func() {
					ok, err := replicas[i%len(replicas)].Acquire(t.Context(), "planner", fmt.Sprint(i), time.Minute)
					if err != nil {
						t.Error(err)
					}
					if ok {
						held.Add(1)
					}
				})
			}
			wg.Wait()
			if n := held.Load(); n != 1 {
				t.Errorf("%d hold a lease", n)
			}
			c.add(time.Minute)
		}
	})
}

// TestPlanIsWhole holds that a schedule is not moved on where its delivery could
// not be planned.
func TestPlanIsWhole(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		s := scheduleOf(channelOf(slackT1, "C1"), c.now())
		mustPut(t, db, s)
		if _, err := db.write.Exec(`ALTER TABLE delivery RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if planned, err := db.Plan(t.Context(), s, "2027-01-15", s.Next.Add(time.Hour)); planned || err == nil {
			t.Errorf("Plan without a table of deliveries = %v, %v", planned, err)
		}
		wantSchedule(t, db, s)
		if _, err := db.write.Exec(`ALTER TABLE away RENAME TO delivery`); err != nil {
			t.Fatal(err)
		}
		if planned, err := db.Plan(t.Context(), s, "2027-01-15", s.Next.Add(time.Hour)); !planned || err != nil {
			t.Errorf("Plan afterwards = %v, %v", planned, err)
		}
	})
}

// TestForgetIsWhole holds that nothing is forgotten where not all can be.
func TestForgetIsWhole(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		p := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
		if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		if _, err := db.write.Exec(`ALTER TABLE schedule RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if err := db.Forget(t.Context(), p); err == nil {
			t.Error("a person was forgotten in a table that is not there")
		}
		if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("the language is %q, %v", l, err)
		}
	})
}

// TestIndexes holds that what is asked every few seconds is found by an index,
// and does not get slower with what has ended.
func TestIndexes(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		fillDeliveries(t, db, 5000, bot.Sent, c.now())
		fillDeliveries(t, db, 50, bot.Planned, c.now())
		mustPut(t, db, scheduleOf(channelOf(slackT1, "C"), c.now()))
		for _, statement := range []string{
			`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 5000)
			INSERT INTO schedule (` + scheduleColumns + `)
			SELECT platform, tenant, CAST(i AS TEXT), time_of_day, zone, days, category, lang, creator, paused, next_at + i
			FROM schedule, numbers`,
			`ANALYZE`,
		} {
			if _, err := db.write.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		explain := "EXPLAIN "
		if db.skipLocked == "" {
			explain = "EXPLAIN QUERY PLAN "
		}
		now := c.now().UnixMilli()
		for _, tt := range []struct {
			query, index string
			args         []any
		}{
			{dueSchedules, "schedule_by_next", []any{now, 1}},
			{farSchedules, "schedule_by_next", []any{now, 1}},
			{dueTenants, "delivery_by_due", []any{now}},
			{postedTerms, "delivery_by_term", []any{"slack", "T1", "C1"}},
			{db.claim(), "delivery_by_due", []any{"a", now, "slack", "T1", now}},
		} {
			lines, err := list(t.Context(), db.write, scanPlan, explain+tt.query, tt.args...)
			if err != nil {
				t.Fatal(err)
			}
			if plan := strings.Join(lines, "\n"); !strings.Contains(plan, tt.index) {
				t.Errorf("%s\ndoes not use %s:\n%s", tt.query, tt.index, plan)
			}
		}
	})
}

// scanPlan reads a line of a plan: SQLite puts three numbers before it.
func scanPlan(r scanner) (line string, err error) {
	if err = r.Scan(&line); err != nil {
		var number int
		err = r.Scan(&number, &number, &number, &line)
	}
	return line, err
}

// BenchmarkClaim claims one of 10,000 deliveries of a tenant that are due.
func BenchmarkClaim(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			fillDeliveries(b, db, 10_000, bot.Sent, time.Now())
			fillDeliveries(b, db, 10_000, bot.Planned, time.Now())
			for b.Loop() {
				// The lease ends at once, so that as many are left.
				if _, ok, err := db.Claim(b.Context(), slackT1, "a", 0); !ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}

// BenchmarkPosted reads what a channel got that is in its second round of 900 terms.
func BenchmarkPosted(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			fillDeliveries(b, db, 1300, bot.Sent, time.Now())
			if _, err := db.write.Exec(`UPDATE delivery SET round = 1, term = 'term ' || CAST(CAST(SUBSTR(day, 5) AS INTEGER) % 900 AS TEXT)`); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if posted, err := db.Posted(b.Context(), channelOf(slackT1, "C")); len(posted) != 900 || err != nil {
					b.Fatal(len(posted), err)
				}
			}
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			s := scheduleOf(channelOf(slackT1, "C1"), time.UnixMilli(0))
			mustPut(b, db, s)
			for i := 0; b.Loop(); i++ {
				next := s.Next.Add(time.Hour)
				if planned, err := db.Plan(b.Context(), s, fmt.Sprint(i), next); !planned || err != nil {
					b.Fatal(planned, err)
				}
				s.Next = next
			}
		})
	}
}
