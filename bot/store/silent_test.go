package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/deadpeer"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// silentDB returns a store behind a proxy, with idle connections.
func silentDB(t *testing.T) (*DB, *storetest.Proxy) {
	t.Helper()
	server := storetest.RequireServer(t)
	schema := storetest.NewSchemaAt(t, server.DSN("k8sbot"))
	_, setting, _ := strings.Cut(schema, "&")
	if setting == "" {
		t.Fatalf("%s has no schema", schema)
	}
	proxy := storetest.NewProxy(t, server, "127.0.0.1")
	return openDB(t, storetest.WithParam(proxy.DSN("k8sbot"), setting), Options{}), proxy
}

// TestSilentConnections makes all open connections hang while new ones work: calls return
// when their context ends, and succeed after a few failures.
func TestSilentConnections(t *testing.T) {
	db, proxy := silentDB(t)
	p, c := bot.Person{Platform: "slack", User: "U"}, channelOf(slackT1, "C1")
	mustPut(t, db, scheduleOf(c, time.UnixMilli(0).UTC()))
	open := db.Writer().Stats().OpenConnections
	proxy.Silence()
	proxy.Resume()
	failed := 0
	for start := time.Now(); ; failed++ {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		err := db.SetLanguage(ctx, p, glossary.English)
		if err == nil {
			_, err = db.Plan(ctx, scheduleOf(c, time.UnixMilli(0).UTC()), "2027-01-15", time.Now(), 0)
		}
		cancel()
		if err == nil {
			break
		}
		if time.Since(start) > time.Minute {
			t.Fatalf("no call succeeded within a minute: %v", err)
		}
	}
	if failed > 2*(open+1) {
		t.Errorf("got %d failed calls with %d connections, want one per connection", failed, open)
	}
}

// TestSilentIdle makes connections hang that were idle for a while: a call with enough
// time still succeeds.
func TestSilentIdle(t *testing.T) {
	t.Parallel()
	db, proxy := silentDB(t)
	if err := db.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(deadpeer.PingAfter + 100*time.Millisecond)
	proxy.Silence()
	proxy.Resume()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := db.Ping(ctx); err != nil {
		t.Errorf("Ping after idle connections hang: %v", err)
	}
}

// TestSilentHandshake makes new connections hang too: calls return when their context
// ends or after deadpeer.ConnectTimeout, and succeed when the network is back.
func TestSilentHandshake(t *testing.T) {
	t.Parallel()
	db, proxy := silentDB(t)
	proxy.Silence()
	for range maxConns + 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		if err := db.Ping(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("silent network: got error %v, want a deadline error", err)
		}
		cancel()
	}
	if err := db.Ping(t.Context()); err == nil { // without a deadline
		t.Error("Ping on a silent network: got no error")
	}
	proxy.Resume()
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("network restored: Ping = %v", err)
	}
}

// TestConnectTimeout checks that an address may set the timeout.
func TestConnectTimeout(t *testing.T) {
	for dsn, want := range map[string]time.Duration{
		"postgres://k8sbot@localhost/k8sbot":                    deadpeer.ConnectTimeout,
		"postgres://k8sbot@localhost/k8sbot?connect_timeout=0":  deadpeer.ConnectTimeout,
		"postgres://k8sbot@localhost/k8sbot?connect_timeout=20": 20 * time.Second,
	} {
		addr, err := parseAddress(dsn)
		if err != nil {
			t.Fatal(err)
		}
		if got := addr.(postgresServer).config.ConnectTimeout; got != want {
			t.Errorf("%s: got timeout %v, want %v", dsn, got, want)
		}
	}
}
