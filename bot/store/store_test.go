package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// kept is what all stores do.
type kept interface {
	bot.Store
	Remember(ctx context.Context, key, value string, keep time.Duration) (bool, error)
	Recall(ctx context.Context, key string) (string, bool, error)
}

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func open(tb testing.TB, dsn string, now func() time.Time) *DB {
	tb.Helper()
	db, err := Open(context.Background(), dsn, Options{Now: now})
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

// databases are the real ones that a test runs on, by what gives a new address.
var databases = map[string]func(tb testing.TB) string{
	"sqlite":   func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "state", "k8sbot.db") },
	"postgres": postgresSchema,
}

func onDatabases(t *testing.T, test func(t *testing.T, dsn string)) {
	for name, address := range databases {
		t.Run(name, func(t *testing.T) { test(t, address(t)) })
	}
}

// TestConformance holds all stores to one behaviour.
func TestConformance(t *testing.T) {
	stores := map[string]func(t *testing.T, now func() time.Time) kept{
		"memory": func(_ *testing.T, now func() time.Time) kept { return &Memory{Now: now} },
	}
	for name, address := range databases {
		stores[name] = func(t *testing.T, now func() time.Time) kept { return open(t, address(t), now) }
	}
	for name, newStore := range stores {
		t.Run(name, func(t *testing.T) {
			c := &clock{t: time.UnixMilli(1_800_000_000_000)}
			conform(t, newStore(t, c.now), c)
		})
	}
}

func conform(t *testing.T, s kept, c *clock) {
	ctx := context.Background()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}

	t.Run("language", func(t *testing.T) {
		ann := bot.Person{Platform: bot.Slack, Tenant: "T1", User: "U1"}
		want := func(p bot.Person, want glossary.Lang) {
			t.Helper()
			got, err := s.Language(ctx, p)
			check(err)
			if got != want {
				t.Errorf("the language of %v is %q, want %q", p, got, want)
			}
		}
		want(ann, "")
		check(s.SetLanguage(ctx, ann, glossary.English))
		want(ann, glossary.English)
		check(s.SetLanguage(ctx, ann, glossary.Japanese))
		want(ann, glossary.Japanese)
		// The same ID elsewhere is somebody else.
		want(bot.Person{Platform: bot.Slack, Tenant: "T2", User: "U1"}, "")
		want(bot.Person{Platform: bot.Discord, Tenant: "T1", User: "U1"}, "")
		check(s.SetLanguage(ctx, ann, ""))
		check(s.SetLanguage(ctx, ann, ""))
		want(ann, "")
	})

	t.Run("misses", func(t *testing.T) {
		t1, t2 := bot.Tenant{Platform: bot.Slack, ID: "T1"}, bot.Tenant{Platform: bot.Slack, ID: "T2"}
		for _, m := range []struct {
			tenant bot.Tenant
			query  string
		}{{t1, "ピザ"}, {t1, "pizza"}, {t2, "ピザ"}, {t1, "ピザ"}, {t1, strings.Repeat("あ", 100)}} {
			c.add(time.Second)
			check(s.CountMiss(ctx, m.tenant, m.query))
		}
		got, err := s.Misses(ctx, 3)
		check(err)
		at := func(back int) time.Time { return c.now().Add(-time.Duration(back) * time.Second) }
		want := []bot.Miss{
			{Tenant: t1, Query: "ピザ", Count: 2, Last: at(1)},
			{Tenant: t1, Query: strings.Repeat("あ", bot.MaxMiss), Count: 1, Last: at(0)},
			{Tenant: t2, Query: "ピザ", Count: 1, Last: at(2)},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("misses (-want +got):\n%s", diff)
		}
	})

	t.Run("remember", func(t *testing.T) {
		remember := func(key, value string, want bool) {
			t.Helper()
			first, err := s.Remember(ctx, key, value, time.Minute)
			check(err)
			if first != want {
				t.Errorf("Remember(%q) is first: %v, want %v", key, first, want)
			}
		}
		recall := func(key, want string, wantOK bool) {
			t.Helper()
			got, ok, err := s.Recall(ctx, key)
			check(err)
			if got != want || ok != wantOK {
				t.Errorf("Recall(%q) = %q, %v, want %q, %v", key, got, ok, want, wantOK)
			}
		}
		recall("a", "", false)
		remember("a", "1", true)
		remember("a", "2", false)
		remember("b", "", true)
		recall("a", "1", true)
		recall("b", "", true)
		c.add(time.Minute)
		recall("a", "", false)
		remember("a", "3", true)
		recall("a", "3", true)
	})

	t.Run("one is first", func(t *testing.T) {
		if n := firsts(t, 50, s); n != 1 {
			t.Errorf("%d were first, want 1", n)
		}
	})
}

// firsts lets many goroutines remember one key, in turn in each of the stores,
// and returns how many were first.
func firsts(t *testing.T, goroutines int, stores ...kept) int {
	t.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for i := range goroutines {
		wg.Go(func() {
			first, err := stores[i%len(stores)].Remember(context.Background(), "the same", "", time.Hour)
			if err != nil {
				t.Error(err)
			}
			if first {
				mu.Lock()
				n++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return n
}

// TestReplicas opens one database several times at once, as replicas do that
// start together, and lets them work side by side.
func TestReplicas(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		const replicas, each = 3, 20
		dbs := make([]kept, replicas)
		var wg sync.WaitGroup
		for i := range dbs {
			wg.Go(func() {
				db, err := Open(context.Background(), dsn, Options{})
				if err != nil {
					t.Error(err)
					return
				}
				dbs[i] = db
				t.Cleanup(func() { db.Close() })
			})
		}
		wg.Wait()
		if t.Failed() {
			return
		}
		if n := firsts(t, 60, dbs...); n != 1 {
			t.Errorf("%d were first, want 1", n)
		}
		tenant := bot.Tenant{Platform: bot.Discord, ID: "G1"}
		for _, db := range dbs {
			wg.Go(func() {
				for range each {
					if err := db.CountMiss(context.Background(), tenant, "pizza"); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		misses, err := dbs[0].Misses(context.Background(), 1)
		if err != nil || len(misses) != 1 || misses[0].Count != replicas*each {
			t.Errorf("misses are %v, %v; want %d of one", misses, err, replicas*each)
		}
	})
}

func TestKeptOverRestart(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		ctx, p := context.Background(), bot.Person{Platform: bot.Slack, Tenant: "T", User: "U"}
		for i := range 2 {
			db, err := Open(ctx, dsn, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				err = db.SetLanguage(ctx, p, glossary.English)
			} else if l, langErr := db.Language(ctx, p); l != glossary.English {
				t.Errorf("after a restart the language is %q, %v", l, langErr)
			}
			if err := cmpErr(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestSweep(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		c := &clock{t: time.UnixMilli(1_800_000_000_000)}
		db := open(t, dsn, c.now)
		for i := range 5 {
			if _, err := db.Remember(ctx, fmt.Sprint(i), "", time.Duration(i)*time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.CountMiss(ctx, bot.Tenant{}, "pizza"); err != nil {
			t.Fatal(err)
		}
		count := func(table string) (n int) {
			t.Helper()
			if err := db.read.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, tt := range []struct {
			later            time.Duration
			memories, misses int
		}{{150 * time.Minute, 2, 1}, {keepMisses, 0, 0}} {
			c.add(tt.later)
			if err := db.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
			if m, n := count("memory"), count("miss"); m != tt.memories || n != tt.misses {
				t.Errorf("after %v there are %d memories and %d misses, want %d and %d", tt.later, m, n, tt.memories, tt.misses)
			}
		}
	})
}

// TestCancelled holds that nothing waits for a context that has ended.
func TestCancelled(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		db := open(t, dsn, nil)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := db.Language(ctx, bot.Person{}); err == nil {
			t.Error("a cancelled question was answered")
		}
		if _, err := db.Remember(ctx, "k", "", time.Hour); err == nil {
			t.Error("a cancelled command was carried out")
		}
	})
}

// TestNewerSchema holds that an older program leaves a newer database alone.
func TestNewerSchema(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		db := open(t, dsn, nil)
		if _, err := db.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
			t.Fatal(err)
		}
		_, err := Open(context.Background(), dsn, Options{})
		if err == nil || !strings.Contains(err.Error(), "99999") || !strings.Contains(err.Error(), "newer") {
			t.Errorf("a newer schema: %v", err)
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	m := new(Memory)
	for i := range maxRemembered + 100 {
		if first, _ := m.Remember(context.Background(), fmt.Sprint(i), "", time.Duration(i+1)*time.Hour); !first {
			t.Fatal("a new key is not first")
		}
	}
	if n := len(m.remembered); n > maxRemembered {
		t.Errorf("%d keys are remembered", n)
	}
	if _, ok, _ := m.Recall(context.Background(), fmt.Sprint(maxRemembered+99)); !ok {
		t.Error("the latest key is forgotten")
	}
}

// TestSQLiteFile holds where the file is made and who can read it.
func TestSQLiteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "b", "k8sbot.db")
	db := open(t, path, nil)
	if err := db.SetLanguage(context.Background(), bot.Person{}, glossary.English); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(filepath.Join(dir, "a"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var mode string
	if err := db.read.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("the journal mode is %q, %v", mode, err)
	}
}

// TestFaults holds that each fault is named with the file or the host, that no
// password shows, and that nothing is overwritten.
func TestFaults(t *testing.T) {
	dir := t.TempDir()
	corrupt := filepath.Join(dir, "corrupt.db")
	text := bytes.Repeat([]byte("this is no database. "), 1000)
	if err := os.WriteFile(corrupt, text, 0o600); err != nil {
		t.Fatal(err)
	}
	const password = "s3cr3t-p4ss"
	for _, tt := range []struct{ name, dsn, want string }{
		{"corrupt file", corrupt, corrupt},
		{"folder instead of a file", dir, dir},
		{"folder that is a file", filepath.Join(corrupt, "k8sbot.db"), corrupt},
		{"characters with a meaning", filepath.Join(dir, "a?b.db"), "a?b.db"},
		{"empty path", "", "DATABASE_URL"},
		{"unknown kind", "mysql://k8sbot:" + password + "@db/k8sbot", `"mysql://"`},
		{"nobody there", "postgres://k8sbot:" + password + "@127.0.0.1:1/k8sbot", "127.0.0.1"},
		{"wrong port", "postgres://k8sbot:" + password + "@db.example:notaport/k8sbot", "PostgreSQL address"},
		{"wrong parameter", "postgres://k8sbot:" + password + "@db.example/k8sbot?sslmode=" + password, "db.example"},
		{"wrong escape", "postgres://k8sbot:" + password + "%zz@db.example/k8sbot", "PostgreSQL address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var logged bytes.Buffer
			db, err := Open(context.Background(), tt.dsn, Options{Log: slog.New(slog.NewTextHandler(&logged, nil))})
			if err == nil {
				db.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error does not name %q: %v", tt.want, err)
			}
			if strings.Contains(err.Error()+logged.String(), password) {
				t.Errorf("the password shows: %v %s", err, &logged)
			}
		})
	}
	if got, err := os.ReadFile(corrupt); err != nil || !bytes.Equal(got, text) {
		t.Errorf("the corrupt file was changed: %v", err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), filepath.Join(dir, "k8sbot.db"), Options{})
	if err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder that is read-only: %v", err)
	}
}

func TestDefaultPath(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_STATE_HOME": "/var/state", "HOME": "/home/a"}, "/var/state/k8sbot/k8sbot.db"},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.local/state/k8sbot/k8sbot.db"},
		{map[string]string{"HOME": "/home/a"}, "/home/a/.local/state/k8sbot/k8sbot.db"},
	} {
		got, err := DefaultPath(func(name string) (string, bool) { v, ok := tt.env[name]; return v, ok })
		if err != nil || got != filepath.FromSlash(tt.want) {
			t.Errorf("DefaultPath with %v = %q, %v; want %q", tt.env, got, err, tt.want)
		}
	}
}

// TestComesBack takes the connections of a database away, as its restart does.
func TestComesBack(t *testing.T) {
	dsn := postgresSchema(t)
	db := open(t, dsn, nil)
	ctx := context.Background()
	if err := db.Ping(ctx); err != nil {
		t.Fatal(err)
	}
	killConnections(t, dsn)
	// The pool may hold connections that it does not know to be dead.
	var err error
	for range maxConns + 1 {
		if _, err = db.Language(ctx, bot.Person{}); err == nil {
			break
		}
	}
	if err != nil {
		t.Errorf("the store does not come back: %v", err)
	}
}

// killConnections ends all other connections of the schema's database user.
func killConnections(t *testing.T, dsn string) {
	t.Helper()
	admin, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	_, err = admin.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE pid <> pg_backend_pid() AND application_name = $1`, t.Name())
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkRemember(b *testing.B) {
	for name, address := range databases {
		b.Run(name, func(b *testing.B) {
			db := open(b, address(b), nil)
			i := 0
			for b.Loop() {
				i++
				if _, err := db.Remember(context.Background(), fmt.Sprint(i), "", time.Hour); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
