package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// keeper is what all stores do.
type keeper interface {
	bot.Store
	bot.DailyStore
	platform.KeyStore
	platform.Leases
	Sweep(ctx context.Context) error
	Ping(ctx context.Context) error
	Close() error
}

var (
	_ keeper = (*DB)(nil)
	_ keeper = (*Memory)(nil)
)

// A clock is a time that a test moves.
type clock struct{ unixMilli atomic.Int64 }

func newClock() *clock {
	c := new(clock)
	c.unixMilli.Store(1_800_000_000_000)
	return c
}

func (c *clock) now() time.Time      { return time.UnixMilli(c.unixMilli.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.unixMilli.Add(d.Milliseconds()) }

// databases are the real ones, each by what gives the address of a new one.
var databases = map[string]func(tb testing.TB) string{
	"sqlite":   newFile,
	"postgres": storetest.NewSchema,
}

func newFile(tb testing.TB) string { return filepath.Join(tb.TempDir(), "state", "k8sbot.db") }

func onDatabases(t *testing.T, test func(t *testing.T, dsn string)) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) { test(t, newDatabase(t)) })
	}
}

// openDB opens a database until the test ends.
func openDB(tb testing.TB, dsn string, o Options) *DB {
	tb.Helper()
	db, err := Open(tb.Context(), dsn, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// TestConformance holds all stores to one behaviour.
func TestConformance(t *testing.T) {
	newStores := map[string]func(t *testing.T, c *clock) keeper{
		"memory": func(_ *testing.T, c *clock) keeper { return &Memory{Now: c.now} },
	}
	for name, newDatabase := range databases {
		newStores[name] = func(t *testing.T, c *clock) keeper {
			return openDB(t, newDatabase(t), Options{Now: c.now})
		}
	}
	for name, newStore := range newStores {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			s := newStore(t, c)
			t.Run("language", func(t *testing.T) { conformLanguage(t, s) })
			t.Run("misses", func(t *testing.T) { conformMisses(t, s, c) })
			t.Run("memory", func(t *testing.T) { conformMemory(t, s, c) })
			t.Run("limits", func(t *testing.T) { conformLimits(t, s) })
			t.Run("daily limits", func(t *testing.T) { conformDailyLimits(t, s) })
			t.Run("at once", func(t *testing.T) { conformAtOnce(t, s, c) })
			t.Run("cancelled", func(t *testing.T) { conformCancelled(t, s) })
			t.Run("daily cancelled", func(t *testing.T) { conformDailyCancelled(t, s) })
			if err := s.Ping(t.Context()); err != nil {
				t.Errorf("Ping: %v", err)
			}
			for name, conform := range map[string]func(t *testing.T, s keeper, c *clock){
				"schedules":     conformSchedules,
				"due schedules": conformDueSchedules,
				"plan":          conformPlan,
				"claim":         conformClaim,
				"lost claim":    conformLostClaim,
				"begin":         conformBegin,
				"retry":         conformRetry,
				"end":           conformEnd,
				"asked":         conformAsked,
				"reviews":       conformReviews,
				"forget":        conformForget,
				"leases":        conformLeases,
				"daily sweep":   conformDailySweep,
				"term sweep":    conformTermSweep,
				"posted":        conformPosted,
			} {
				t.Run(name, func(t *testing.T) {
					c := newClock()
					conform(t, newStore(t, c), c)
				})
			}
		})
	}
}

func conformLanguage(t *testing.T, s keeper) {
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
			t.Errorf("the language is %q, %v; want %q", got, err, want)
		}
		for _, other := range others {
			if got, err := s.Language(t.Context(), other); got != "" || err != nil {
				t.Errorf("the language of %v, who chose none, is %q, %v", other, got, err)
			}
		}
	}
}

func conformMisses(t *testing.T, s keeper, c *clock) {
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
		got, err := s.Misses(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[:min(max(limit, 0), len(want))], append([]bot.Miss{}, got...)); diff != "" {
			t.Errorf("the first %d misses (-want +got):\n%s", limit, diff)
		}
	}
}

func conformMemory(t *testing.T, s keeper, c *clock) {
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

// conformLimits holds that what one database cannot keep is refused by all, and
// that the error does not quote it.
func conformLimits(t *testing.T, s keeper) {
	fits := strings.Repeat("あ", MaxKey/len("あ"))
	value := strings.Repeat("v", MaxValue)
	if first, err := s.Remember(t.Context(), fits, value, time.Minute); !first || err != nil {
		t.Errorf("Remember with the longest key and value = %v, %v", first, err)
	}
	if got, _, err := s.Recall(t.Context(), fits); got != value || err != nil {
		t.Errorf("the longest value comes back as %d bytes, %v", len(got), err)
	}
	for _, bad := range []string{fits + "secret", "secret\x00", "secret\xff"} {
		_, rememberErr := s.Remember(t.Context(), bad, "", time.Minute)
		_, valueErr := s.Remember(t.Context(), "key", value+bad, time.Minute)
		_, _, recallErr := s.Recall(t.Context(), bad)
		_, languageErr := s.Language(t.Context(), bot.Person{Tenant: bad})
		for call, err := range map[string]error{
			"Remember a key":   rememberErr,
			"Remember a value": valueErr,
			"Recall":           recallErr,
			"Language":         languageErr,
			"SetLanguage":      s.SetLanguage(t.Context(), bot.Person{User: bad}, glossary.English),
			"CountMiss":        s.CountMiss(t.Context(), bot.Tenant{ID: bad}, "q"),
		} {
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s with %q: %v; want an error that does not quote it", call, bad, err)
			}
		}
	}
}

func conformAtOnce(t *testing.T, s keeper, c *clock) {
	firstAtOnce(t, "new", s)
	if _, err := s.Remember(t.Context(), "expired", "", time.Second); err != nil {
		t.Fatal(err)
	}
	c.add(time.Second)
	firstAtOnce(t, "expired", s)
	countAtOnce(t, s)
}

func conformCancelled(t *testing.T, s keeper) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := bot.Person{Platform: "slack", User: "cancelled"}
	_, languageErr := s.Language(ctx, p)
	_, missesErr := s.Misses(ctx, 1)
	_, rememberErr := s.Remember(ctx, "cancelled", "", time.Hour)
	_, _, recallErr := s.Recall(ctx, "cancelled")
	for call, err := range map[string]error{
		"Language":        languageErr,
		"SetLanguage":     s.SetLanguage(ctx, p, glossary.English),
		"forget language": s.SetLanguage(ctx, p, ""),
		"CountMiss":       s.CountMiss(ctx, bot.Tenant{}, "cancelled"),
		"CountMiss empty": s.CountMiss(ctx, bot.Tenant{}, ""),
		"Misses":          missesErr,
		"Remember":        rememberErr,
		"Recall":          recallErr,
		"Sweep":           s.Sweep(ctx),
		"Ping":            s.Ping(ctx),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v", call, err)
		}
	}
	if first, err := s.Remember(t.Context(), "cancelled", "", time.Hour); !first || err != nil {
		t.Errorf("a cancelled Remember has remembered: %v", err)
	}
}

// firstAtOnce lets many goroutines remember one key, in turn in each of the
// stores: exactly one is first.
func firstAtOnce(t *testing.T, key string, stores ...keeper) {
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
		t.Errorf("for the key %q, %d calls were first, want 1", key, n)
	}
}

// countAtOnce lets many goroutines count one miss, in turn in each of the
// stores: none is lost.
func countAtOnce(t *testing.T, stores ...keeper) {
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
	misses, err := stores[0].Misses(t.Context(), 1)
	if err != nil || len(misses) != 1 || misses[0].Tenant != tenant || misses[0].Count != goroutines*each {
		t.Errorf("misses are %v, %v; want %d of one", misses, err, goroutines*each)
	}
}

// TestReplicas opens one database several times at once, as replicas do that
// start together, and lets them work side by side.
func TestReplicas(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		replicas := make([]keeper, 4)
		var wg sync.WaitGroup
		for i := range replicas {
			wg.Go(func() {
				db, err := Open(t.Context(), dsn, Options{})
				if err != nil {
					t.Error(err)
					return
				}
				t.Cleanup(func() { db.Close() })
				replicas[i] = db
			})
		}
		wg.Wait()
		if t.Failed() {
			return
		}
		for i := range 5 {
			firstAtOnce(t, fmt.Sprint("key ", i), replicas...)
		}
		countAtOnce(t, replicas...)
	})
}

// TestProcesses starts several processes that open one new database at once.
func TestProcesses(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if out, err := openAsChild(t, dsn).CombinedOutput(); err != nil {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
		wg.Wait()
		db := openDB(t, dsn, Options{})
		for table, want := range map[string]int{versionTable: 4, "memory": 0, "delivery": 0} {
			var rows int
			if err := db.read.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&rows); err != nil || rows != want {
				t.Errorf("the table %s has %d rows, %v; want %d", table, rows, err, want)
			}
		}
	})
}

func TestKeptOverRestart(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		p := bot.Person{Platform: "slack", Tenant: "T", User: "U"}
		before, err := Open(t.Context(), dsn, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := before.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		if _, err := before.Remember(t.Context(), "k", "v", time.Hour); err != nil {
			t.Fatal(err)
		}
		if err := before.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := before.Language(t.Context(), p); err == nil {
			t.Error("a closed store answers")
		}
		if err := before.Close(); err != nil {
			t.Errorf("closing again: %v", err)
		}
		after := openDB(t, dsn, Options{})
		if l, err := after.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("after a restart the language is %q, %v", l, err)
		}
		if v, ok, err := after.Recall(t.Context(), "k"); v != "v" || !ok || err != nil {
			t.Errorf("after a restart the value is %q, %v, %v", v, ok, err)
		}
	})
}

func TestSweep(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db, other := openDB(t, dsn, Options{Now: c.now}), openDB(t, dsn, Options{Now: c.now})
		// More than one statement takes away.
		for statement, rows := range map[string]int{
			`INSERT INTO memory (key, value, expires_at) SELECT CAST(i AS TEXT), '', $1 FROM numbers`:                       2*sweepBatch + 1,
			`INSERT INTO miss (platform, tenant, query, asked, last_at) SELECT '', '', CAST(i AS TEXT), 1, $1 FROM numbers`: MaxMisses + 1,
			`INSERT INTO lease (name, owner, until_at) SELECT CAST(i AS TEXT), 'a', $1 FROM numbers`:                        sweepBatch + 1,
		} {
			_, err := db.write.Exec(`WITH RECURSIVE numbers (i) AS
				(SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < $2) `+statement, c.now().UnixMilli(), rows)
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Remember(t.Context(), "live", "", time.Millisecond); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := db.CountMiss(t.Context(), bot.Tenant{}, "frequent"); err != nil {
				t.Fatal(err)
			}
		}
		count := func(from string) (n int) {
			t.Helper()
			if err := db.read.QueryRow("SELECT COUNT(*) FROM " + from).Scan(&n); err != nil {
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
			"memory WHERE key = 'live'":          1,
			"miss":                               MaxMisses,
			"miss WHERE query = 'frequent'":      1,
			"miss WHERE last_at > 0 AND asked=2": 1,
			"lease":                              sweepBatch + 1,
		} {
			if got := count(from); got != want {
				t.Errorf("after sweeping there are %d rows of %s, want %d", got, from, want)
			}
		}
		c.add(keepLeases)
		if _, err := db.Acquire(t.Context(), "1", "b", time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if err := db.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if leases, renewed := count("lease"), count("lease WHERE name = '1'"); leases != 1 || renewed != 1 {
			t.Errorf("a day after they ran out there are %d leases, want the one that was renewed", leases)
		}
		c.add(keepMisses)
		if err := db.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if memories, misses := count("memory"), count("miss"); memories != 0 || misses != 0 {
			t.Errorf("after a year there are %d memories and %d misses", memories, misses)
		}
	})
}

// TestNewerTables holds that an older program leaves a newer database alone.
func TestNewerTables(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		_, err := db.write.Exec(`INSERT INTO ` + versionTable + ` (version_id, is_applied) VALUES (99999, true)`)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Open(t.Context(), dsn, Options{})
		if err == nil || !strings.Contains(err.Error(), "99999") || !strings.Contains(err.Error(), "newer") {
			t.Errorf("newer tables: %v", err)
		}
	})
}

// TestOpenIsCancelled holds that Open makes nothing once its context has ended.
func TestOpenIsCancelled(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Open(ctx, dsn, Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("Open with a cancelled context: %v", err)
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	c := newClock()
	m := &Memory{Now: c.now}
	for i := range maxRemembered + 100 {
		if first, err := m.Remember(t.Context(), fmt.Sprint(i), "", time.Duration(i+1)*time.Hour); !first || err != nil {
			t.Fatalf("a new key is first: %v, %v", first, err)
		}
	}
	if n := len(m.remembered); n > maxRemembered {
		t.Errorf("%d keys are remembered", n)
	}
	for key, want := range map[string]bool{"0": false, fmt.Sprint(maxRemembered + 99): true} {
		if _, ok, err := m.Recall(t.Context(), key); ok != want || err != nil {
			t.Errorf("Recall(%q) finds it: %v, %v; want %v", key, ok, err, want)
		}
	}
	c.add((maxRemembered + 99) * time.Hour)
	if err := m.Sweep(t.Context()); err != nil || len(m.remembered) != 1 {
		t.Errorf("after sweeping %d keys are remembered, %v; want the one that is left", len(m.remembered), err)
	}

	for i := range MaxMisses + 1 {
		if err := m.CountMiss(t.Context(), bot.Tenant{}, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.CountMiss(t.Context(), bot.Tenant{}, "0"); err != nil {
		t.Fatal(err)
	}
	misses, err := m.Misses(t.Context(), 2*MaxMisses)
	if err != nil || len(misses) != MaxMisses || misses[0].Query != "0" || misses[0].Count != 2 {
		t.Errorf("there are %d misses, %v", len(misses), err)
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
