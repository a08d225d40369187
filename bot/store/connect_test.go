package store

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A logBuffer collects the logs of several goroutines.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logBuffer) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// eventually waits until a condition holds, for as long as a slow machine may take.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// TestConnectBeforeServer connects while PostgreSQL is stopped: all methods return
// errors immediately, until it is started.
func TestConnectBeforeServer(t *testing.T) {
	server := storetest.RequireServer(t)
	dsn := storetest.NewSchemaAt(t, server.DSN("k8sbot"))
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	running := false
	t.Cleanup(func() {
		if !running {
			_ = server.Start()
		}
	})
	var log logBuffer
	db, err := Connect(t.Context(), dsn, Options{Log: log.logger()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := bot.Person{Platform: "slack", User: "U"}
	for call, err := range dailyCalls(t.Context(), db, "a") {
		if !strings.HasSuffix(call, "reason") && (!errors.Is(err, errNotOpen) || !strings.Contains(err.Error(), server.Dir)) {
			t.Errorf("%s without a server: got %v; want an error that names it", call, err)
		}
	}
	if err := db.Ping(t.Context()); !errors.Is(err, errNotOpen) {
		t.Errorf("Ping without a server: got %v; want errNotOpen", err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	running = true
	eventually(t, "the store is open", func() bool { return db.SetLanguage(t.Context(), p, glossary.English) == nil })
	if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
		t.Errorf("open store: Language = %q, %v", l, err)
	}
	for _, once := range []string{"connection refused", "store opened"} {
		if n := strings.Count(log.String(), once); n > 1 || once == "store opened" && n != 1 {
			t.Errorf("the log says %q %d times:\n%s", once, n, log.String())
		}
	}
	if !strings.Contains(log.String(), "cannot open store") {
		t.Errorf("the log does not say that the store could not be opened:\n%s", log.String())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Wait(ctx); err != nil {
		t.Errorf("Wait on an open store: %v", err)
	}
}

// TestConnectRefused connects to databases that can never be opened: Connect returns the
// error of Open.
func TestConnectRefused(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	createForeignDatabase(t, foreign)
	newer := newFile(t)
	makeNewer(t, openDB(t, newer, Options{}))
	server := storetest.RequireServer(t)
	for name, tt := range map[string]struct{ dsn, want string }{
		"unreadable":  {"mysql://k8sbot@localhost/k8sbot", "cannot parse DATABASE_URL"},
		"foreign":     {foreign, "another program's tables"},
		"newer":       {newer, "newer than this program"},
		"folder":      {t.TempDir(), "folder"},
		"no database": {"postgres://k8sbot@/missing?host=" + server.Dir, "does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := Connect(t.Context(), tt.dsn, Options{})
			if err == nil {
				db.Close()
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Connect: got %v; want an error with %q", err, tt.want)
			}
		})
	}
}

// makeNewer turns a database into one of a later version that this version cannot use.
func makeNewer(t *testing.T, db *DB) {
	t.Helper()
	for _, statement := range []string{
		`INSERT INTO ` + versionTable + ` (version_id, is_applied) VALUES (99999, true)`,
		`UPDATE ` + compatibleTable + ` SET version = 99999`,
	} {
		if _, err := db.Writer().Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWaitNewer connects to a newer database while another process holds its lock: Wait
// returns the error.
func TestWaitNewer(t *testing.T) {
	dsn := newFile(t)
	other := openDB(t, dsn, Options{})
	makeNewer(t, other)
	tx, err := other.Writer().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	db, err := Connect(t.Context(), dsn, Options{timeouts: timeouts{connect: 100 * time.Millisecond, migrate: time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.Wait(t.Context()); !errors.Is(err, errNewerTables) {
		t.Errorf("Wait: got %v; want %v", err, errNewerTables)
	}
}

// TestCloseWhileOpening closes a store whose database never answers.
func TestCloseWhileOpening(t *testing.T) {
	db, err := Connect(t.Context(), "postgres://k8sbot@127.0.0.1:1/k8sbot", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if err := db.Ping(t.Context()); err == nil {
		t.Error("Ping of a closed store: got no error")
	}
}
