package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
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

// TestSilentConnections has all open connections go silent, while new ones work: calls
// return by their context, and a few calls later all is well.
func TestSilentConnections(t *testing.T) {
	db, proxy := silentDB(t)
	p, c := bot.Person{Platform: "slack", User: "U"}, channelOf(slackT1, "C1")
	mustPut(t, db, scheduleOf(c, time.UnixMilli(0).UTC()))
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
			t.Fatalf("for a minute no call was made on a new connection: %v", err)
		}
	}
	if failed > 2*(maxIdleConns+1) {
		t.Errorf("%d calls failed, want one for each connection", failed)
	}
}

// TestSilentIdle has connections go silent that were idle for a while: a call with time
// enough does not even fail.
func TestSilentIdle(t *testing.T) {
	db, proxy := silentDB(t)
	if err := db.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(pingAfter + 100*time.Millisecond)
	proxy.Silence()
	proxy.Resume()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := db.Ping(ctx); err != nil {
		t.Errorf("a call after its connections went silent: %v", err)
	}
}

// TestSilentHandshake has new connections go silent too: calls return by their context
// or after connectTimeout, and all is well when the network is back.
func TestSilentHandshake(t *testing.T) {
	db, proxy := silentDB(t)
	proxy.Silence()
	for range maxIdleConns + 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		if err := db.Ping(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a silent network: %v", err)
		}
		cancel()
	}
	if err := db.Ping(t.Context()); err == nil { // without a deadline of its own
		t.Error("Ping on a silent network succeeds")
	}
	proxy.Resume()
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("once the network is back: %v", err)
	}
}

// TestConnectTimeout holds that an address may have a timeout of its own.
func TestConnectTimeout(t *testing.T) {
	for dsn, want := range map[string]time.Duration{
		"postgres://k8sbot@localhost/k8sbot":                    connectTimeout,
		"postgres://k8sbot@localhost/k8sbot?connect_timeout=0":  connectTimeout,
		"postgres://k8sbot@localhost/k8sbot?connect_timeout=20": 20 * time.Second,
	} {
		addr, err := parseAddress(dsn)
		if err != nil {
			t.Fatal(err)
		}
		if got := addr.(postgresServer).config.ConnectTimeout; got != want {
			t.Errorf("%s has a timeout of %v, want %v", dsn, got, want)
		}
	}
}
