package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
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

// TestForgetIsAtomic checks that Forget deletes nothing if it cannot delete everything.
func TestForgetIsAtomic(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		p := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
		if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		if _, err := db.write().Exec(`ALTER TABLE schedule RENAME TO away`); err != nil {
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
