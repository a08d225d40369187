package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/glossary"
)

func conformLanguage(t *testing.T, s fullStore) {
	ann := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
	others := []bot.Person{
		{Platform: "discord", Tenant: "T1", User: "U1"},
		{Platform: "slack", Tenant: "T2", User: "U1"},
		{Platform: "slack", Tenant: "T1", User: "U2"},
		{Platform: "slack", Tenant: "T1U", User: "1"},
	}
	for _, want := range []glossary.Lang{"", glossary.English, glossary.Japanese, glossary.Japanese, "", ""} {
		if err := s.SetLanguage(t.Context(), ann, want); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Language(t.Context(), ann); got != want || err != nil {
			t.Errorf("Language = %q, %v; want %q", got, err, want)
		}
		for _, other := range others {
			if got, err := s.Language(t.Context(), other); got != "" || err != nil {
				t.Errorf("Language(%v) = %q, %v, want none", other, got, err)
			}
		}
	}
}

// conformProfileLanguage checks that the language of a profile and the one that a person chose
// are independent, and that Forget deletes both.
func conformProfileLanguage(t *testing.T, s fullStore) {
	bob := bot.Person{Platform: "discord", User: "U9"}
	check := func(step string, chosen, profile glossary.Lang) {
		t.Helper()
		if got, err := s.Language(t.Context(), bob); got != chosen || err != nil {
			t.Errorf("%s: Language = %q, %v, want %q", step, got, err, chosen)
		}
		if got, err := s.ProfileLanguage(t.Context(), bob); got != profile || err != nil {
			t.Errorf("%s: ProfileLanguage = %q, %v, want %q", step, got, err, profile)
		}
	}
	check("nothing", "", "")
	for _, step := range []struct {
		name            string
		do              func(context.Context, bot.Person) error
		chosen, profile glossary.Lang
	}{
		{"profile", func(ctx context.Context, p bot.Person) error { return s.SetProfileLanguage(ctx, p, "ja") }, "", "ja"},
		{"choice", func(ctx context.Context, p bot.Person) error { return s.SetLanguage(ctx, p, "en") }, "en", "ja"},
		{"other profile", func(ctx context.Context, p bot.Person) error { return s.SetProfileLanguage(ctx, p, "en") }, "en", "en"},
		{"no choice", func(ctx context.Context, p bot.Person) error { return s.SetLanguage(ctx, p, "") }, "", "en"},
		{"choice again", func(ctx context.Context, p bot.Person) error { return s.SetLanguage(ctx, p, "auto") }, "auto", "en"},
		{"forget", s.Forget, "", ""},
	} {
		if err := step.do(t.Context(), bob); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		check(step.name, step.chosen, step.profile)
	}
}

func conformMisses(t *testing.T, s fullStore, c *clock) {
	t1, t2 := bot.Tenant{Platform: "slack", ID: "T1"}, bot.Tenant{Platform: "discord", ID: "T1"}
	long := strings.Repeat("あ", bot.MaxMiss)
	start := c.now()
	for _, m := range []struct {
		tenant bot.Tenant
		query  string
	}{
		{t1, "ピザ"}, {t1, "'; DROP TABLE miss; --"}, {t2, "ピザ"}, {t1, "ピザ"}, {t1, long + "い"}, {t1, long + "う"},
		{t2, "\x00piz\xffza\x00"}, {t2, "\x00\xff"}, {t2, ""}, {t1, "ピザ"},
	} {
		c.add(time.Second)
		if err := s.CountMiss(t.Context(), m.tenant, m.query); err != nil {
			t.Fatal(err)
		}
	}
	c.add(-time.Hour) // another replica's clock
	if err := s.CountMiss(t.Context(), t1, "ピザ"); err != nil {
		t.Fatal(err)
	}
	c.add(time.Hour)
	want := []bot.Miss{
		{Tenant: t1, Query: "ピザ", Count: 4, Last: start.Add(10 * time.Second)},
		{Tenant: t1, Query: long, Count: 2, Last: start.Add(6 * time.Second)},
		{Tenant: t2, Query: "pizza", Count: 1, Last: start.Add(7 * time.Second)},
		{Tenant: t2, Query: "ピザ", Count: 1, Last: start.Add(3 * time.Second)},
		{Tenant: t1, Query: "'; DROP TABLE miss; --", Count: 1, Last: start.Add(2 * time.Second)},
	}
	for _, limit := range []int{100, 5, 2, 0, -1} {
		got, err := s.Misses(t.Context(), limit, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[:min(max(limit, 0), len(want))], append([]bot.Miss{}, got...)); diff != "" {
			t.Errorf("Misses(%d) (-want +got):\n%s", limit, diff)
		}
	}
	got, err := s.Misses(t.Context(), 100, start.Add(7*time.Second))
	if diff := cmp.Diff([]bot.Miss{want[0], want[2]}, got); err != nil || diff != "" {
		t.Errorf("Misses since 7 s after the start: got the error %v (-want +got):\n%s", err, diff)
	}
}

func conformMemory(t *testing.T, s fullStore, c *clock) {
	remember := func(key, value string, keep time.Duration, want bool) {
		t.Helper()
		if first, err := s.Remember(t.Context(), key, value, keep); first != want || err != nil {
			t.Errorf("Remember(%q) = %v, %v; want %v", key, first, err, want)
		}
	}
	recall := func(key, want string, wantOK bool) {
		t.Helper()
		if got, ok, err := s.Recall(t.Context(), key); got != want || ok != wantOK || err != nil {
			t.Errorf("Recall(%q) = %q, %v, %v; want %q, %v", key, got, ok, err, want, wantOK)
		}
	}
	recall("a", "", false)
	remember("a", "1", time.Minute, true)
	remember("a", "2", time.Hour, false)
	remember("A", "", time.Minute, true)
	remember("a ", "3", time.Minute, true)
	remember(`'"%_\あ`, "4", time.Minute, true)
	recall("a", "1", true)
	recall("A", "", true)
	recall("a ", "3", true)
	recall(`'"%_\あ`, "4", true)

	c.add(time.Minute - time.Millisecond)
	recall("a", "1", true)
	remember("a", "5", time.Minute, false)
	c.add(time.Millisecond)
	recall("a", "", false)
	remember("a", "6", time.Minute, true)
	recall("a", "6", true)

	remember("never", "", 0, true)
	remember("never", "", -time.Hour, true)
	recall("never", "", false)

	c.add(30 * time.Second)
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	recall("a", "6", true)
	remember("a", "7", time.Minute, false)
	remember("A", "8", time.Minute, true)
}

// rememberConcurrently calls Remember with one key from many goroutines, spread over the
// stores, and checks that exactly one call is first.
func rememberConcurrently(t *testing.T, key string, stores ...fullStore) {
	t.Helper()
	var wg sync.WaitGroup
	var firsts atomic.Int64
	for i := range 40 {
		wg.Go(func() {
			first, err := stores[i%len(stores)].Remember(t.Context(), key, "", time.Hour)
			if err != nil {
				t.Error(err)
			}
			if first {
				firsts.Add(1)
			}
		})
	}
	wg.Wait()
	if n := firsts.Load(); n != 1 {
		t.Errorf("Remember(%q): got %d first calls, want 1", key, n)
	}
}

// countConcurrently counts one miss from many goroutines, spread over the stores, and
// checks that no count is lost.
func countConcurrently(t *testing.T, stores ...fullStore) {
	t.Helper()
	const goroutines, each = 8, 15
	tenant := bot.Tenant{Platform: "slack", ID: t.Name()}
	var wg sync.WaitGroup
	for i := range goroutines {
		wg.Go(func() {
			for range each {
				if err := stores[i%len(stores)].CountMiss(t.Context(), tenant, "pizza"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	misses, err := stores[0].Misses(t.Context(), 1, time.Time{})
	if err != nil || len(misses) != 1 || misses[0].Tenant != tenant || misses[0].Count != goroutines*each {
		t.Errorf("Misses = %v, %v; want one with count %d", misses, err, goroutines*each)
	}
}

func BenchmarkRemember(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			for i := 0; b.Loop(); i++ {
				if _, err := db.Remember(b.Context(), fmt.Sprint(i), "", time.Hour); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLanguage(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			db := openDB(b, newDatabase(b), Options{})
			for b.Loop() {
				if _, err := db.Language(b.Context(), bot.Person{User: "U"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
