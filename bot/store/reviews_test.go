package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/glossary"
)

func putReviews(t *testing.T, s fullStore, p bot.Person, reviews ...bot.Review) {
	t.Helper()
	for _, r := range reviews {
		if err := s.PutReview(t.Context(), p, r); err != nil {
			t.Fatal(err)
		}
	}
}

func wantReviews(t *testing.T, s fullStore, p bot.Person, want ...bot.Review) {
	t.Helper()
	got, err := s.Reviews(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reviews of %v (-want +got):\n%s", p, diff)
	}
}

func conformReviews(t *testing.T, s fullStore, c *clock) {
	ann := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
	bob := bot.Person{Platform: "slack", Tenant: "T1", User: "U2"}
	wantReviews(t, s, ann)
	pod := bot.Review{Term: "pod", Day: "2027-01-15", Knew: true, Revealed: true, At: c.now()}
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

func conformForget(t *testing.T, s fullStore, c *clock) {
	ann := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
	others := []bot.Person{
		{Platform: "discord", Tenant: "T1", User: "U1"},
		{Platform: "slack", Tenant: "T2", User: "U1"},
		{Platform: "slack", Tenant: "T1", User: "U2"},
	}
	if err := s.Forget(t.Context(), ann); err != nil {
		t.Errorf("Forget of an unknown person: %v", err)
	}
	review := bot.Review{Term: "pod", Day: "2027-01-15", Knew: true, At: c.now()}
	scheduleBy := func(p bot.Person, id string) bot.Schedule {
		s := scheduleOf(bot.Channel{Platform: p.Platform, Tenant: p.Tenant, ID: id}, c.now())
		s.Creator = p.User
		return s
	}
	for _, p := range append(others, ann) {
		if err := s.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		putReviews(t, s, p, review)
		mustPut(t, s, scheduleBy(p, "first of "+p.User), scheduleBy(p, "second of "+p.User))
	}
	for range 2 {
		if err := s.Forget(t.Context(), ann); err != nil {
			t.Fatal(err)
		}
		if l, err := s.Language(t.Context(), ann); l != "" || err != nil {
			t.Errorf("after Forget: Language = %q, %v, want none", l, err)
		}
		wantReviews(t, s, ann)
		for _, id := range []string{"first of U1", "second of U1"} {
			want := scheduleBy(ann, id)
			want.Creator = ""
			wantSchedule(t, s, want)
		}
		for _, p := range others {
			if l, err := s.Language(t.Context(), p); l != glossary.English || err != nil {
				t.Errorf("Language(%v) = %q, %v, want %q", p, l, err, glossary.English)
			}
			wantReviews(t, s, p, review)
			wantSchedule(t, s, scheduleBy(p, "first of "+p.User))
			wantSchedule(t, s, scheduleBy(p, "second of "+p.User))
		}
	}
	// A person without a tenant has created schedules in several tenants.
	everywhere := bot.Person{Platform: "discord", User: "U1"}
	if err := s.Forget(t.Context(), everywhere); err != nil {
		t.Fatal(err)
	}
	want := scheduleBy(others[0], "first of U1")
	want.Creator = ""
	wantSchedule(t, s, want)
	wantSchedule(t, s, scheduleBy(others[1], "first of U1"))
}

// conformForgetCards checks that Forget deletes a person's cards, and nobody else's. On Discord,
// a person is the same in all tenants.
func conformForgetCards(t *testing.T, s fullStore, c *clock) {
	var people []review.Learner
	for _, p := range []bot.Person{
		{Platform: "slack", Tenant: "T1", User: "U1"},
		{Platform: "discord", User: "U1"},
		{Platform: "slack", Tenant: "T2", User: "U1"},
		{Platform: "slack", Tenant: "T1", User: "U2"},
	} {
		people = append(people, review.Learner{Platform: string(p.Platform), Tenant: p.Tenant, User: p.User})
	}
	for _, l := range people {
		settings := optIn(t, s.Learners(), l, "pod", "pdb")
		mustPress(t, s.Learners(), settings, review.Answer{Learner: l, Term: "pod", Seq: 1, Kind: review.SelfGraded, Rating: review.Knew, Day: 20_000, At: c.now()})
	}
	wantKept := func(l review.Learner, want bool) {
		t.Helper()
		_, ok, err := s.Learners().Settings(t.Context(), l)
		answers, answersErr := s.Learners().Answers(t.Context(), l, 0)
		digest, digestErr := s.Learners().Digest(t.Context(), l)
		if err := errors.Join(err, answersErr, digestErr); err != nil {
			t.Fatal(err)
		}
		cards := mustCards(t, s.Learners(), l)
		if ok != want || (len(cards) == 2) != want || (len(answers) == 1) != want || (digest.Version == 1) != want {
			t.Errorf("%v: got settings %v, cards %v, answers %v, digest %v; want them kept: %v", l, ok, cards, answers, digest, want)
		}
	}
	for i, l := range people[:2] {
		if err := s.Forget(t.Context(), bot.Person{Platform: bot.Platform(l.Platform), Tenant: l.Tenant, User: l.User}); err != nil {
			t.Fatal(err)
		}
		for n, other := range people {
			wantKept(other, n > i)
		}
	}
}

// conformDirect checks that Forget and DeleteSchedule delete everything about direct messages,
// and nothing about other channels.
func conformDirect(t *testing.T, s fullStore, c *clock) {
	discord := bot.Tenant{Platform: "discord"}
	fill := func(c bot.Channel, direct bool, creator string, at time.Time) bot.Schedule {
		t.Helper()
		one := scheduleOf(c, at)
		one.Direct, one.Creator = direct, creator
		mustPut(t, s, one)
		next := at.Add(24 * time.Hour)
		if planned, err := s.Plan(t.Context(), one, "2027-01-15", next, 0); !planned || err != nil {
			t.Fatalf("Plan = %v, %v", planned, err)
		}
		if err := s.NoteAsked(t.Context(), c, "pod"); err != nil {
			t.Fatal(err)
		}
		one.Next = next
		return one
	}
	stored := func(c bot.Channel) (deliveries, asked int) {
		t.Helper()
		d, err := s.Deliveries(t.Context(), c, 10)
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.AskedSince(t.Context(), c, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return len(d), len(a)
	}
	wantGone := func(c bot.Channel) {
		t.Helper()
		wantNoSchedule(t, s, c)
		if d, a := stored(c); d != 0 || a != 0 {
			t.Errorf("%v: %d deliveries and %d asked terms are left", c, d, a)
		}
	}
	wantKept := func(want bot.Schedule) {
		t.Helper()
		wantSchedule(t, s, want)
		if d, a := stored(want.Channel); d != 1 || a != 1 {
			t.Errorf("%v: got %d deliveries and %d asked terms, want 1 and 1", want.Channel, d, a)
		}
	}
	anns := fill(channelOf(slackT1, "D1"), true, "U1", c.now())
	claimed := mustClaim(t, s, "a") // as while it is being posted
	shared := fill(channelOf(slackT1, "C1"), false, "U1", c.now())
	bobs := fill(channelOf(slackT1, "D2"), true, "U2", c.now())
	other := fill(channelOf(bot.Tenant{Platform: "slack", ID: "T2"}, "D3"), true, "U1", c.now())
	chats := fill(channelOf(discord, "300"), true, "U1", c.now())
	server := fill(channelOf(discordT1, "400"), false, "U1", c.now())

	if err := s.Forget(t.Context(), bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}); err != nil {
		t.Fatal(err)
	}
	wantGone(anns.Channel)
	wantBegin(t, s, claimed, "a", "pod", false)
	shared.Creator = ""
	for _, kept := range []bot.Schedule{shared, bobs, other, chats, server} {
		wantKept(kept)
	}
	if err := s.Forget(t.Context(), bot.Person{Platform: "discord", User: "U1"}); err != nil {
		t.Fatal(err)
	}
	wantGone(chats.Channel)
	wantNoClaim(t, s, discord)
	server.Creator = ""
	wantKept(server)

	for _, sched := range []bot.Schedule{bobs, shared} {
		if existed, err := s.DeleteSchedule(t.Context(), sched.Channel); !existed || err != nil {
			t.Errorf("DeleteSchedule = %v, %v", existed, err)
		}
	}
	wantGone(bobs.Channel)
	if d, a := stored(shared.Channel); d != 1 || a != 1 {
		t.Errorf("a channel without its schedule: got %d deliveries and %d asked terms, want 1 and 1", d, a)
	}
}

// conformForgetPlan checks that no delivery in direct messages remains, however Forget and
// DeleteSchedule interleave with Plan.
func conformForgetPlan(t *testing.T, s fullStore, c *clock) {
	var direct []bot.Schedule
	for i := range 40 {
		one := scheduleOf(channelOf(slackT1, fmt.Sprint("D", i)), c.now())
		one.Direct, one.Creator = true, fmt.Sprint("U", i%2)
		mustPut(t, s, one)
		direct = append(direct, one)
	}
	var all sync.WaitGroup
	for _, one := range direct {
		all.Go(func() {
			if _, err := s.Plan(t.Context(), one, "2027-01-15", one.Next.Add(24*time.Hour), 0); err != nil {
				t.Error(err)
			}
		})
		if one.Creator == "U1" {
			all.Go(func() {
				if _, err := s.DeleteSchedule(t.Context(), one.Channel); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Go(func() {
		if err := s.Forget(t.Context(), bot.Person{Platform: "slack", Tenant: "T1", User: "U0"}); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	for _, one := range direct {
		wantNoSchedule(t, s, one.Channel)
		wantDeliveries(t, s, one.Channel)
	}
}

// TestForgetWaitsForPlan checks on PostgreSQL that Forget, if it begins in the middle of a
// Plan, also deletes the delivery of that Plan.
func TestForgetWaitsForPlan(t *testing.T) {
	t.Parallel()
	c := newClock()
	db := openDB(t, newMigrated(t), Options{Now: c.now})
	one := scheduleOf(channelOf(slackT1, "D1"), c.now())
	one.Direct, one.Creator = true, "U1"
	mustPut(t, db, one)
	forgotten := make(chan error, 1)
	err := db.InTx(t.Context(), func(tx *sql.Tx) error {
		var planner int
		err := tx.QueryRowContext(t.Context(), `UPDATE schedule SET next_at = next_at + 1 RETURNING pg_backend_pid()`).Scan(&planner)
		if err != nil {
			return err
		}
		go func() {
			forgotten <- db.Forget(context.WithoutCancel(t.Context()), bot.Person{Platform: "slack", Tenant: "T1", User: "U1"})
		}()
		eventually(t, "Forget waits", func() bool {
			var waiting int
			err := db.Reader().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity
				WHERE $1 = ANY(pg_blocking_pids(pid))`, planner).Scan(&waiting)
			return err == nil && waiting > 0
		})
		_, err = tx.ExecContext(t.Context(),
			`INSERT INTO delivery (platform, tenant, channel, day, at, state, attempts, due_at, owner, term, ref)
			VALUES ('slack', 'T1', 'D1', '2027-01-15', 0, 'planned', 0, 0, '', '', '')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-forgotten; err != nil {
		t.Fatal(err)
	}
	wantNoSchedule(t, db, one.Channel)
	wantDeliveries(t, db, one.Channel)
}

// TestForgetIsAtomic checks that Forget deletes nothing if it cannot delete everything.
func TestForgetIsAtomic(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		p := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
		if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Writer().Exec(`ALTER TABLE schedule RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if err := db.Forget(t.Context(), p); err == nil {
			t.Error("Forget without a table: got no error")
		}
		if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("Language = %q, %v, want %q", l, err, glossary.English)
		}
	})
}
