package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/followup"
	"k8sbot/bot/store/limits"
)

func TestSweep(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db, other := openDB(t, dsn, Options{Now: c.now}), openDB(t, dsn, Options{Now: c.now})
		// More rows than one statement deletes.
		for statement, rows := range map[string]int{
			`INSERT INTO memory (key, value, expires_at) SELECT CAST(i AS TEXT), '', $1 FROM numbers`:                       2*sweepBatch + 1,
			`INSERT INTO miss (platform, tenant, query, asked, last_at) SELECT '', '', CAST(i AS TEXT), 1, $1 FROM numbers`: limits.MaxMisses + 1,
			`INSERT INTO last_term (platform, tenant, channel, thread, person, term, at)
				SELECT '', '', CAST(i AS TEXT), '', '', 'pod', CAST($1 AS BIGINT) - 3600000 FROM numbers`: sweepBatch + 1,
			`INSERT INTO lease (name, owner, until_at) SELECT CAST(i AS TEXT), 'a', $1 FROM numbers`: sweepBatch + 1,
		} {
			_, err := db.Writer().Exec(`WITH RECURSIVE numbers (i) AS
				(SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $2) `+statement, c.now().UnixMilli(), rows)
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := db.SetLastTerm(t.Context(), followup.Conversation{Channel: "live"}, "pod"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Remember(t.Context(), "live", "", time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if err := db.CountMiss(t.Context(), bot.Tenant{ID: "quiet"}, "rare"); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := db.CountMiss(t.Context(), bot.Tenant{}, "frequent"); err != nil {
				t.Fatal(err)
			}
		}
		count := func(from string) (n int) {
			t.Helper()
			if err := db.Reader().QueryRow("SELECT COUNT(*) FROM " + from).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		var wg sync.WaitGroup
		for _, replica := range []*DB{db, other} {
			wg.Go(func() {
				if err := replica.Sweep(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for from, want := range map[string]int{
			"memory":                             1,
			"last_term":                          1,
			"memory WHERE key = 'live'":          1,
			"miss WHERE tenant = ''":             limits.MaxMisses,
			"miss WHERE tenant = 'quiet'":        1,
			"miss WHERE query = 'frequent'":      1,
			"miss WHERE last_at > 0 AND asked=2": 1,
			"lease":                              sweepBatch + 1,
		} {
			if got := count(from); got != want {
				t.Errorf("after Sweep: got %d rows of %s, want %d", got, from, want)
			}
		}
		c.add(limits.KeepLeases)
		if _, err := db.Acquire(t.Context(), "1", "b", time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if err := db.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if leases, renewed := count("lease"), count("lease WHERE name = '1'"); leases != 1 || renewed != 1 {
			t.Errorf("after KeepLeases: got %d leases, want the renewed one", leases)
		}
		c.add(limits.KeepMisses)
		if err := db.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if keys, misses := count("memory"), count("miss"); keys != 0 || misses != 0 {
			t.Errorf("after KeepMisses: got %d keys and %d misses, want none", keys, misses)
		}
	})
}

// conformDailySweep checks how long deliveries and terms that were asked for are kept.
func conformDailySweep(t *testing.T, s fullStore, c *clock) {
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
			t.Errorf("AskedSince: got %d terms, %v; want %d", len(got), err, want)
		}
	}
	sweepAt(limits.KeepAsked - time.Millisecond)
	askedFor(1)
	sweepAt(limits.KeepAsked)
	askedFor(0)
	sweepAt(limits.KeepDeliveries - time.Millisecond)
	wantDeliveries(t, s, ended, want)
	sweepAt(limits.KeepDeliveries)
	wantDeliveries(t, s, ended)
	wantDeliveries(t, s, open, bot.Delivery{Channel: open, Day: "2027-01-15", At: start, State: bot.Planned})
	if len(sortedDueTenants(t, s)) != 1 {
		t.Error("the unfinished delivery can no longer be claimed")
	}
}

// conformTermSweep checks that the last delivery of each term is kept as long as the
// channel has a schedule.
func conformTermSweep(t *testing.T, s fullStore, c *clock) {
	channel := channelOf(slackT1, "C1")
	var all []bot.Delivery
	for i, tt := range []struct {
		term  string
		state bot.DeliveryState
	}{{"pod", bot.Sent}, {"node", bot.Unknown}, {"pod", bot.Sent}, {"pod", bot.Failed}, {"service", bot.Skipped}} {
		mustPlan(t, s, channel, fmt.Sprint("2027-01-1", i), c.now())
		d := mustClaim(t, s, "a")
		wantBegin(t, s, d, "a", tt.term, true)
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
	c.add(2 * limits.KeepDeliveries)
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
