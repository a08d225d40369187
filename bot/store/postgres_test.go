package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/limits"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// TestReconnects stops and restarts the server of an open store.
func TestReconnects(t *testing.T) {
	server := storetest.RequireServer(t)
	db := openDB(t, storetest.NewSchemaAt(t, server.DSN("k8sbot")), Options{})
	p := bot.Person{Platform: "slack", User: "U"}
	if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
		t.Fatal(err)
	}
	for range 2 { // each connection of the pool
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		for range maxConns {
			if _, err := db.Language(t.Context(), p); err == nil || !strings.Contains(err.Error(), server.Dir) {
				t.Errorf("server stopped: got %v, want an error that names it", err)
			}
			if err := db.Ping(t.Context()); err == nil {
				t.Error("server stopped: Ping got no error")
			}
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("server restarted: got %q, %v, want %q", l, err, glossary.English)
		}
	}
}

// TestConnectionsLost closes the connections of the pool while the server keeps running, like a
// proxy that restarts, and checks that each connection fails at most once.
func TestConnectionsLost(t *testing.T) {
	dsn := storetest.WithParam(storetest.NewSchema(t), "application_name="+t.Name())
	db, admin := openDB(t, dsn, Options{}), openDB(t, storetest.NewSchema(t), Options{})
	if err := db.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Writer().Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, t.Name()); err != nil {
		t.Fatal(err)
	}
	var err error
	for range maxConns + 1 {
		if err = db.Ping(t.Context()); err == nil {
			break
		}
	}
	if err != nil {
		t.Errorf("after closed connections: %v", err)
	}
}

// TestLockedTable checks that a call does not wait longer than its context for a locked
// table, and that the store works afterwards.
func TestLockedTable(t *testing.T) {
	db := openDB(t, newMigrated(t), Options{})
	tx, err := db.Writer().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("LOCK TABLE memory"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := db.Remember(ctx, "k", "", time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Remember in a locked table: got %v, want %v", err, context.DeadlineExceeded)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if first, err := db.Remember(t.Context(), "k", "", time.Hour); !first || err != nil {
		t.Errorf("Remember afterwards = %v, %v, want true", first, err)
	}
}

// TestSweepSpares checks that a row that is renewed during a sweep is not deleted.
// Otherwise a second replica would be first for the same key, or hold the same lease.
func TestSweepSpares(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	for table, tt := range map[string]struct {
		add   func(db *DB) (bool, error)
		renew string // $1 is an hour later
		after time.Duration
	}{
		"memory": {
			func(db *DB) (bool, error) { return db.Remember(t.Context(), "k", "", time.Second) },
			`UPDATE memory SET expires_at = $1`, time.Second,
		},
		"lease": {
			func(db *DB) (bool, error) { return db.Acquire(t.Context(), "k", "a", time.Second) },
			`UPDATE lease SET until_at = $1`, time.Second + limits.KeepLeases,
		},
		"asked": {
			func(db *DB) (bool, error) {
				c := channelOf(slackT1, "C1")
				mustPut(t, db, scheduleOf(c, db.now()))
				return true, db.NoteAsked(t.Context(), c, "pod")
			},
			`UPDATE asked SET last_at = $1`, limits.KeepAsked,
		},
	} {
		t.Run(table, func(t *testing.T) {
			c := newClock()
			db := openDB(t, newMigrated(t), Options{Now: c.now})
			if ok, err := tt.add(db); !ok || err != nil {
				t.Fatal(ok, err)
			}
			c.add(tt.after)
			tx, err := db.Writer().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			if _, err := tx.Exec(tt.renew, c.now().Add(time.Hour).UnixMilli()); err != nil {
				t.Fatal(err)
			}
			swept := make(chan error)
			go func() { swept <- db.Sweep(t.Context()) }()
			for waiting := 0; waiting == 0; { // until the sweep waits for the row
				err := db.Reader().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity
					WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE FROM ' || $1 || '%'`, table).Scan(&waiting)
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			if err := <-swept; err != nil {
				t.Fatal(err)
			}
			var rows int
			if err := db.Reader().QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&rows); err != nil || rows != 1 {
				t.Errorf("after the sweep: got %d rows, %v; want the renewed one", rows, err)
			}
		})
	}
}

// TestNoServer checks that Open gives up if the host accepts connections but does not
// answer, if it refuses connections, and if the migration of another replica does not
// end.
func TestNoServer(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	const password = "s3cr3t"
	for name, tt := range map[string]struct{ host, settings, want string }{
		"silent":        {silent.Addr().String(), "", "context deadline exceeded"},
		"closed":        {closed.Addr().String(), "", "connection refused"},
		"no encryption": {hostWithoutTLS(t), "?sslmode=require", "refused TLS"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			_, err := Open(ctx, "postgres://k8sbot:"+password+"@"+tt.host+"/k8sbot"+tt.settings,
				Options{timeouts: timeouts{connect: 200 * time.Millisecond, migrate: time.Minute}})
			if ctx.Err() != nil {
				t.Error("Open did not return before its context ended")
			}
			if err == nil || !strings.Contains(err.Error(), tt.host) || strings.Contains(err.Error(), password) {
				t.Fatalf("got %v, want an error that names %s and not the password", err, tt.host)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	t.Run("migrating", func(t *testing.T) {
		admin := openDB(t, storetest.NewSchema(t), Options{})
		conn, err := admin.Writer().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.ExecContext(t.Context(), "SELECT pg_advisory_lock($1)", lockID); err != nil {
			t.Fatal(err)
		}
		defer conn.ExecContext(context.WithoutCancel(t.Context()), "SELECT pg_advisory_unlock($1)", lockID)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		_, err = Open(ctx, storetest.NewSchema(t), Options{timeouts: timeouts{connect: time.Minute, migrate: 200 * time.Millisecond}})
		if ctx.Err() != nil {
			t.Error("Open did not return before its context ended")
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

// TestServerErrors checks that errors of the server are passed on, without secrets.
func TestServerErrors(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	server := storetest.RequireServer(t)
	const password = "s3cr3t"
	rest := "@/postgres?host=" + server.Dir
	storetest.Exec(t, server.DSN("k8sbot"), "CREATE ROLE locked LOGIN PASSWORD 'right-password'")
	t.Cleanup(func() { storetest.Exec(t, server.DSN("k8sbot"), "DROP ROLE locked") })
	for name, tt := range map[string]struct{ dsn, want string }{
		"password":    {"postgres://locked:" + password + rest, "password authentication failed"},
		"no password": {server.DSN("locked"), server.Dir},
		"user":        {"postgres://nobody:" + password + rest, `role "nobody" does not exist`},
		"database":    {"postgres://k8sbot:" + password + "@/missing?host=" + server.Dir, `database "missing" does not exist`},
		"folder":      {"postgres://k8sbot:" + password + "@/postgres?host=" + server.Dir + "/missing", "no such file"},
		// The second half of a password that contains an &.
		"setting": {"postgres://k8sbot" + rest + "&password=a&" + password + "=b", "a setting"},
		"value":   {"postgres://k8sbot" + rest + "&password=a&TimeZone=" + password, "a setting"},
		"rights":  {"postgres://locked:right-password" + rest, "permission denied for schema public"},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := Open(t.Context(), tt.dsn, Options{})
			if err == nil {
				db.Close()
				t.Fatal("got no error")
			}
			if !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), server.Dir) {
				t.Errorf("got %v, want an error with %q and the server", err, tt.want)
			}
			if strings.Contains(err.Error(), password) || strings.Contains(err.Error(), "right-password") {
				t.Errorf("password in the error: %v", err)
			}
		})
	}
}

// hostWithoutTLS returns the address of a host that refuses TLS
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL).
func hostWithoutTLS(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.ReadFull(conn, make([]byte, 8)) // SSLRequest
			_, _ = conn.Write([]byte("N"))
			conn.Close()
		}
	}()
	return l.Addr().String()
}

// TestUnencrypted checks that a connection to another host without TLS is logged.
func TestUnencrypted(t *testing.T) {
	server := storetest.RequireServer(t)
	_, setting, _ := strings.Cut(storetest.NewSchemaAt(t, server.DSN("k8sbot")), "&")
	hosts := map[string]bool{"127.0.0.1": false}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addrs {
		if network, ok := a.(*net.IPNet); ok && network.IP.To4() != nil && !network.IP.IsLoopback() {
			hosts[network.IP.String()] = true
		}
	}
	if len(hosts) == 1 {
		t.Log("this machine has only loopback addresses: the warning is not tested")
	}
	for host, want := range hosts {
		var log logBuffer
		proxy := storetest.NewProxy(t, server, host)
		openDB(t, storetest.WithParam(proxy.DSN("k8sbot"), setting), Options{Log: log.logger()})
		if got := strings.Contains(log.String(), "not encrypted"); got != want {
			t.Errorf("connection to %s: got warning %v, want %v:\n%s", host, got, want, log.String())
		}
	}
}
