package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A clock is a fake clock that a test advances.
type clock struct{ unixMilli atomic.Int64 }

func newClock() *clock {
	c := new(clock)
	c.unixMilli.Store(1_800_000_000_000)
	return c
}

func (c *clock) now() time.Time      { return time.UnixMilli(c.unixMilli.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.unixMilli.Add(d.Milliseconds()) }

// emptyDatabases and databases contain the kinds of databases. Each function creates one and
// returns its address. The databases have the newest tables already, unless they are empty.
var (
	emptyDatabases = map[string]func(tb testing.TB) string{"sqlite": newFile, "postgres": storetest.NewSchema}
	databases      = map[string]func(tb testing.TB) string{"sqlite": newMigratedFile, "postgres": newMigrated}
)

// newMigrated returns the address of a database on PostgreSQL that has the newest tables.
func newMigrated(tb testing.TB) string { return storetest.NewDatabase(tb, newTables) }

// newMigratedFile returns the path of a SQLite database that has the newest tables.
func newMigratedFile(tb testing.TB) string { return storetest.NewFile(tb, newTables) }

// newTables opens and closes a database.
func newTables(dsn string) error {
	db, err := Open(context.Background(), dsn, Options{})
	if err != nil {
		return err
	}
	return db.Close()
}

func newFile(tb testing.TB) string { return filepath.Join(tb.TempDir(), "state", "k8sbot.db") }

// onDatabases runs a test on each kind of database.
func onDatabases(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	onEach(t, databases, test)
}

// onEmptyDatabases runs a test on each kind of database, which has no tables yet.
func onEmptyDatabases(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	onEach(t, emptyDatabases, test)
}

func onEach(t *testing.T, kinds map[string]func(testing.TB) string, test func(t *testing.T, dsn string)) {
	t.Helper()
	var wg sync.WaitGroup
	for name, newDatabase := range kinds {
		wg.Go(func() { t.Run(name, func(t *testing.T) { test(t, newDatabase(t)) }) })
	}
	wg.Wait()
}

// openDB opens a database, and closes it when the test ends.
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

// replicasOf opens the same database n times.
func replicasOf(t *testing.T, dsn string, n int, c *clock) []*DB {
	t.Helper()
	replicas := make([]*DB, n)
	for i := range replicas {
		replicas[i] = openDB(t, dsn, Options{Now: c.now})
	}
	return replicas
}

// TestReplicas opens a new database several times concurrently, like replicas that start
// together, and uses it from all of them.
func TestReplicas(t *testing.T) {
	t.Parallel()
	onEmptyDatabases(t, func(t *testing.T, dsn string) {
		replicas := make([]fullStore, 4)
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
			rememberConcurrently(t, fmt.Sprint("key ", i), replicas...)
		}
		countConcurrently(t, replicas...)
	})
}

// TestProcesses opens a new database from several processes concurrently.
func TestProcesses(t *testing.T) {
	t.Parallel()
	onEmptyDatabases(t, func(t *testing.T, dsn string) {
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
		files, err := fs.Glob(migrations, "migrations/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]int{versionTable: 1 + len(files), compatibleTable: 1, "memory": 0, "delivery": 0} {
			var rows int
			if err := db.Reader().QueryRow("SELECT COUNT(*) FROM " + table).Scan(&rows); err != nil || rows != want {
				t.Errorf("table %s: got %d rows, %v; want %d", table, rows, err, want)
			}
		}
	})
}

func TestSurvivesRestart(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
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
			t.Error("Language of a closed store: got no error")
		}
		if err := before.Close(); err != nil {
			t.Errorf("second Close: %v", err)
		}
		after := openDB(t, dsn, Options{})
		if l, err := after.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("after a restart: Language = %q, %v, want %q", l, err, glossary.English)
		}
		if v, ok, err := after.Recall(t.Context(), "k"); v != "v" || !ok || err != nil {
			t.Errorf("after a restart: Recall = %q, %v, %v, want the value", v, ok, err)
		}
	})
}

// TestNewerTables checks that Open returns an error for tables of a newer version.
func TestNewerTables(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		makeNewer(t, db)
		_, err := Open(t.Context(), dsn, Options{})
		if err == nil || !strings.Contains(err.Error(), "99999") || !strings.Contains(err.Error(), "newer") {
			t.Errorf("got %v, want an error with the version", err)
		}
	})
}

// TestOpenIsCancelled checks that Open returns the error of a context that has ended.
func TestOpenIsCancelled(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Open(ctx, dsn, Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	})
}
