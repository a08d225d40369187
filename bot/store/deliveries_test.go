package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/daily"
)

// mustPlan plans a delivery in a channel, for a day, due at a time.
func mustPlan(t testing.TB, s fullStore, c bot.Channel, day string, at time.Time) {
	t.Helper()
	one := scheduleOf(c, at)
	mustPut(t, s, one)
	if planned, err := s.Plan(t.Context(), one, day, at.Add(24*time.Hour), 0); !planned || err != nil {
		t.Fatalf("Plan = %v, %v", planned, err)
	}
}

// mustClaim claims a delivery of slackT1 for a minute.
func mustClaim(t testing.TB, s fullStore, owner string) bot.Delivery {
	t.Helper()
	d, ok, err := s.Claim(t.Context(), slackT1, owner, time.Minute)
	if !ok || err != nil {
		t.Fatalf("Claim = %v, %v, %v", d, ok, err)
	}
	return d
}

// wantNoClaim checks that a tenant has no deliveries to claim.
func wantNoClaim(t *testing.T, s fullStore, tenant bot.Tenant) {
	t.Helper()
	if d, ok, err := s.Claim(t.Context(), tenant, "nobody", time.Minute); ok || err != nil || d != (bot.Delivery{}) {
		t.Errorf("Claim = %v, %v, %v; want none", d, ok, err)
	}
	if tenants := sortedDueTenants(t, s); slices.Contains(tenants, tenant) {
		t.Errorf("DueTenants = %v, want no %v", tenants, tenant)
	}
}

// sortedDueTenants returns the tenants of DueTenants, sorted.
func sortedDueTenants(t *testing.T, s fullStore) []bot.Tenant {
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

func wantBegin(t *testing.T, s fullStore, d bot.Delivery, owner, term string, want bool) {
	t.Helper()
	if ok, err := s.Begin(t.Context(), d, owner, term, 1, time.Minute); ok != want || err != nil {
		t.Errorf("Begin by %s = %v, %v; want %v", owner, ok, err, want)
	}
}

func wantDeliveries(t *testing.T, s fullStore, c bot.Channel, want ...bot.Delivery) {
	t.Helper()
	got, err := s.Deliveries(t.Context(), c, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("deliveries of %v (-want +got):\n%s", c, diff)
	}
}

func conformClaim(t *testing.T, s fullStore, c *clock) {
	const day = "2027-01-15"
	start := c.now()
	wantNoClaim(t, s, slackT1)
	for id, after := range map[string]time.Duration{"C1": time.Second, "C2": 2 * time.Second, "C3": 3 * time.Second} {
		mustPlan(t, s, channelOf(slackT1, id), day, start.Add(after))
	}
	mustPlan(t, s, channelOf(discordT1, "D1"), day, start.Add(time.Second))
	wantNoClaim(t, s, slackT1)
	c.add(time.Second - time.Millisecond)
	wantNoClaim(t, s, slackT1)
	c.add(2*time.Second + time.Millisecond)
	if diff := cmp.Diff([]bot.Tenant{discordT1, slackT1}, sortedDueTenants(t, s)); diff != "" {
		t.Errorf("DueTenants (-want +got):\n%s", diff)
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
	wantNoClaim(t, s, slackT1)
	if diff := cmp.Diff([]bot.Tenant{discordT1}, sortedDueTenants(t, s)); diff != "" {
		t.Errorf("DueTenants (-want +got):\n%s", diff)
	}

	// The leases run out one after another.
	c.add(time.Minute - 3*time.Second - time.Millisecond)
	wantNoClaim(t, s, slackT1)
	c.add(time.Millisecond)
	if diff := cmp.Diff(claimed("C1", time.Second, 2), mustClaim(t, s, "b")); diff != "" {
		t.Errorf("claim after the lease ran out (-want +got):\n%s", diff)
	}
	wantNoClaim(t, s, slackT1)
	if _, _, err := s.Claim(t.Context(), slackT1, "", time.Minute); err == nil {
		t.Error("Claim by \"\": got no error")
	}
}

// conformLostClaim checks that an owner that has lost a claim cannot change the delivery,
// even if the same owner has claimed it again.
func conformLostClaim(t *testing.T, s fullStore, c *clock) {
	channel := channelOf(slackT1, "C1")
	mustPlan(t, s, channel, "2027-01-15", c.now())
	for _, owner := range []string{"b", "a"} {
		lost := mustClaim(t, s, "a")
		c.add(time.Minute)
		held := mustClaim(t, s, owner)
		wantBegin(t, s, lost, "a", "pod", false)
		if err := s.Retry(t.Context(), lost, "a", c.now()); err != nil {
			t.Error(err)
		}
		if err := s.End(t.Context(), lost, "a", bot.Failed, "lost"); err != nil {
			t.Error(err)
		}
		wantDeliveries(t, s, channel, held)
		wantNoClaim(t, s, slackT1)
		wantBegin(t, s, held, "c", "pod", false)
		wantBegin(t, s, bot.Delivery{Channel: channel, Day: "2027-01-16", Attempts: held.Attempts}, owner, "pod", false)
		if err := s.Retry(t.Context(), held, owner, c.now()); err != nil {
			t.Error(err)
		}
		wantBegin(t, s, held, owner, "pod", false) // handed back by Retry
	}
	// A claim whose lease has run out stays valid until another owner claims.
	late := mustClaim(t, s, "a")
	c.add(time.Hour)
	wantBegin(t, s, late, "a", "pod", true)
	wantNoClaim(t, s, slackT1)
}

func conformBegin(t *testing.T, s fullStore, c *clock) {
	channel := channelOf(slackT1, "C1")
	mustPlan(t, s, channel, "2027-01-15", c.now())
	want := mustClaim(t, s, "a")
	c.add(time.Minute - time.Millisecond)
	wantBegin(t, s, want, "a", "pod", true)
	want.State, want.Term, want.Round, want.Began = bot.Sending, "pod", 1, c.now()
	wantDeliveries(t, s, channel, want)

	c.add(time.Minute - time.Millisecond)
	wantNoClaim(t, s, slackT1) // the lease was renewed
	c.add(time.Millisecond)
	want.Attempts++
	got := mustClaim(t, s, "b")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claim after an interrupted one (-want +got):\n%s", diff)
	}
	wantBegin(t, s, got, "b", "service", true)
	wantBegin(t, s, got, "b", "service", true) // the first reply was lost
	want.Term = "service"
	wantDeliveries(t, s, channel, want) // with the Began of the first call
}

func conformRetry(t *testing.T, s fullStore, c *clock) {
	channel := channelOf(slackT1, "C1")
	mustPlan(t, s, channel, "2027-01-15", c.now())
	want := mustClaim(t, s, "a")
	wantBegin(t, s, want, "a", "pod", true)
	want.Term, want.Round = "pod", 1 // no Began, since nothing was sent
	if err := s.Retry(t.Context(), want, "a", c.now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	wantDeliveries(t, s, channel, want)
	c.add(time.Second - time.Millisecond)
	wantNoClaim(t, s, slackT1)
	c.add(time.Millisecond)
	want.Attempts++
	if diff := cmp.Diff(want, mustClaim(t, s, "b")); diff != "" {
		t.Errorf("claim after Retry (-want +got):\n%s", diff)
	}

	// One claim is interrupted, and the next sends nothing. The first may have sent.
	wantBegin(t, s, want, "b", "pod", true)
	want.State, want.Began = bot.Sending, c.now()
	c.add(time.Minute)
	want.Attempts++
	if diff := cmp.Diff(want, mustClaim(t, s, "a")); diff != "" {
		t.Errorf("claim after an interrupted one (-want +got):\n%s", diff)
	}
	wantBegin(t, s, want, "a", "pod", true)
	if err := s.Retry(t.Context(), want, "a", c.now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	wantDeliveries(t, s, channel, want)
	c.add(time.Second)
	want.Attempts++
	if diff := cmp.Diff(want, mustClaim(t, s, "b")); diff != "" {
		t.Errorf("claim after an interrupted one and Retry (-want +got):\n%s", diff)
	}
}

func conformEnd(t *testing.T, s fullStore, c *clock) {
	at := c.now()
	for i, state := range []bot.DeliveryState{bot.Sent, bot.Skipped, bot.Failed, bot.Unknown} {
		channel := channelOf(slackT1, string(state))
		mustPlan(t, s, channel, "2027-01-15", at)
		want := mustClaim(t, s, "a")
		for _, notFinal := range []bot.DeliveryState{bot.Planned, bot.Sending, "", "lost"} {
			if err := s.End(t.Context(), want, "a", notFinal, ""); err == nil {
				t.Errorf("End as %q: got no error", notFinal)
			}
		}
		if i%2 == 0 {
			wantBegin(t, s, want, "a", "pod", true)
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
		wantBegin(t, s, want, "a", "service", false)
		c.add(time.Hour)
		wantNoClaim(t, s, slackT1)
		wantDeliveries(t, s, channel, want)

		again := scheduleOf(channel, at)
		mustPut(t, s, again)
		if planned, err := s.Plan(t.Context(), again, "2027-01-15", at.Add(time.Hour), 0); planned || err != nil {
			t.Errorf("ended day was planned again: %v, %v", planned, err)
		}
		wantDeliveries(t, s, channel, want)
	}
}

func conformPosted(t *testing.T, s fullStore, c *clock) {
	channel, other := channelOf(slackT1, "C1"), channelOf(slackT1, "C2")
	want := func(want ...daily.PostedTerm) {
		t.Helper()
		got, err := s.Posted(t.Context(), channel)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("posted terms (-want +got):\n%s", diff)
		}
	}
	// post delivers a term and returns when it was due.
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
	pod := daily.PostedTerm{Term: "pod", Round: 1, At: post(channel, "pod", 1, bot.Sent)}
	node := daily.PostedTerm{Term: "node", Round: 1, At: post(channel, "node", 1, bot.Unknown)}
	post(other, "taint", 1, bot.Sent)
	post(channel, "service", 1, bot.Failed)
	post(channel, "ingress", 1, bot.Skipped)
	post(channel, "pod", 2, bot.Failed)
	want(node, pod)
	pod = daily.PostedTerm{Term: "pod", Round: 2, At: post(channel, "pod", 2, bot.Sent)}
	want(pod, node)
	later := daily.PostedTerm{Term: "secret", Round: 2, At: post(channel, "secret", 2, bot.Planned)}
	now := daily.PostedTerm{Term: "volume", Round: 2, At: post(channel, "volume", 2, bot.Sending)}
	want(now, later, pod, node)
}

// TestConcurrentClaim lets replicas claim deliveries concurrently, and checks that each
// delivery is claimed once.
func TestConcurrentClaim(t *testing.T) {
	t.Parallel()
	const deliveries, goroutines = 300, 9
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		replicas := replicasOf(t, dsn, 3, c)
		fillDeliveries(t, replicas[0], deliveries, bot.Planned, c.now())
		owners := make(map[string]string) // by day
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
					if other, ok := owners[d.Day]; ok {
						t.Errorf("%s: claimed by %s and by %s", d.Day, other, owner)
					}
					owners[d.Day] = owner
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
		if len(owners) != deliveries {
			t.Errorf("got %d claims, want %d", len(owners), deliveries)
		}
		all, err := replicas[0].Deliveries(t.Context(), channelOf(slackT1, "C"), 2*deliveries)
		if err != nil || len(all) != deliveries {
			t.Errorf("got %d deliveries, %v; want %d", len(all), err, deliveries)
		}
		for _, d := range all {
			if d.State != bot.Sent || d.Attempts != 1 || d.Ref != owners[d.Day] {
				t.Errorf("got %v, want it sent by %s at the first attempt", d, owners[d.Day])
			}
		}
	})
}

// fillDeliveries inserts n deliveries for one channel of slackT1. The days are not dates.
func fillDeliveries(tb testing.TB, db *DB, n int, state bot.DeliveryState, at time.Time) {
	tb.Helper()
	ended := sql.NullInt64{Int64: at.UnixMilli(), Valid: state != bot.Planned}
	_, err := db.Writer().Exec(`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $1)
		INSERT INTO delivery (platform, tenant, channel, day, at, state, attempts, due_at, owner, term, ref, ended_at)
		SELECT 'slack', 'T1', 'C', CAST($2 AS TEXT) || CAST(i AS TEXT), CAST($3 AS BIGINT), CAST($2 AS TEXT), 0,
			CAST($3 AS BIGINT), '', '', '', CAST($4 AS BIGINT) FROM numbers`,
		n, string(state), at.UnixMilli(), ended)
	if err != nil {
		tb.Fatal(err)
	}
}

// TestBeginDuringClaim lets an owner begin while another one claims the delivery, since
// the lease has run out, and checks that only one of them gets it.
func TestBeginDuringClaim(t *testing.T) {
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
				t.Fatalf("round %d: Begin = %v, %v and Claim = %v, %v; want one of them to succeed", i, began, beginErr, claimed, claimErr)
			}
		}
	})
}

// BenchmarkClaim claims one of 10,000 deliveries of a tenant that are due.
func BenchmarkClaim(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			fillDeliveries(b, db, 10_000, bot.Sent, time.Now())
			fillDeliveries(b, db, 10_000, bot.Planned, time.Now())
			for b.Loop() {
				// The lease ends immediately, so the number of due deliveries stays.
				if _, ok, err := db.Claim(b.Context(), slackT1, "a", 0); !ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}

// BenchmarkPosted reads the terms of a channel in its second round of 900 terms.
func BenchmarkPosted(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			fillDeliveries(b, db, 1300, bot.Sent, time.Now())
			if _, err := db.Writer().Exec(`UPDATE delivery SET round = 1, term = 'term ' || CAST(CAST(SUBSTR(day, 5) AS INTEGER) % 900 AS TEXT)`); err != nil {
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
