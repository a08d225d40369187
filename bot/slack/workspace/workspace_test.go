package workspace

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/seal"
	"k8sbot/bot/tenant"
	"k8sbot/bot/tenant/tenanttest"
)

// A store is a tenant.Store that can fail or hang, and counts reads.
type store struct {
	*tenanttest.Memory
	broken, hangs atomic.Bool
	reads         atomic.Int64
}

var errBroken = errors.New("the database is down")

func (s *store) Installation(ctx context.Context, t bot.Tenant) (tenant.Installation, bool, error) {
	s.reads.Add(1)
	if s.hangs.Load() {
		<-ctx.Done()
		return tenant.Installation{}, false, ctx.Err()
	}
	if s.broken.Load() {
		return tenant.Installation{}, false, errBroken
	}
	return s.Memory.Installation(ctx, t)
}

// leases are always free.
type leases struct{}

func (leases) Acquire(context.Context, string, string, time.Duration) (bool, error) { return true, nil }
func (leases) Release(context.Context, string, string) error                        { return nil }

// newClients returns Clients that use the token itself as the client. built counts the
// clients.
func newClients(t *testing.T) (c *Clients[platform.Secret], s *store, built *atomic.Int64) {
	t.Helper()
	ring, err := seal.Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	s, built = &store{Memory: new(tenanttest.Memory)}, new(atomic.Int64)
	o := Options{Store: s, Leases: leases{}, Owner: "a", Ring: ring, Log: slog.New(slog.DiscardHandler)}
	return New(o, func(token platform.Secret) platform.Secret { built.Add(1); return token }), s, built
}

func install(t *testing.T, c *Clients[platform.Secret], team string) {
	t.Helper()
	if _, err := c.Install(t.Context(), Grant{Team: team, Token: platform.Secret("xoxb-" + team)}); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, c *Clients[platform.Secret], team string) string {
	t.Helper()
	client, _, err := c.Get(t.Context(), Ref{Team: team})
	if err != nil {
		return err.Error()
	}
	return client.Reveal()
}

// TestStoreDown checks that cached workspaces keep working if the store fails or hangs, and
// that only the first request waits for the store.
func TestStoreDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, built := newClients(t)
		install(t, c, "T1")
		if got := get(t, c, "T1"); got != "xoxb-T1" {
			t.Fatalf("got %s", got)
		}
		for name, fail := range map[string]*atomic.Bool{"fails": &s.broken, "hangs": &s.hangs} {
			fail.Store(true)
			time.Sleep(recheckAfter)
			for n := range 10 {
				began := time.Now()
				if got := get(t, c, "T1"); got != "xoxb-T1" {
					t.Errorf("%s: got %s", name, got)
				}
				if took := time.Since(began); took > storeTimeout || n > 0 && took > 0 {
					t.Errorf("%s: request %d took %v", name, n+1, took)
				}
			}
			if got := get(t, c, "T2"); strings.HasPrefix(got, "xoxb") {
				t.Errorf("%s: got %s for an unknown workspace", name, got)
			}
			fail.Store(false)
			time.Sleep(refreshTimeout)
		}
		install(t, c, "T2")
		if got := get(t, c, "T2"); got != "xoxb-T2" {
			t.Errorf("after the outage: got %s", got)
		}
		if built.Load() != 2 {
			t.Errorf("built %d clients, want 2", built.Load())
		}
	})
}

// TestReads checks how often the store is read, regardless of the number of requests: once a
// minute for a known workspace, and once every five seconds for an unknown one.
func TestReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := newClients(t)
		install(t, c, "T1")
		for team, want := range map[string]int64{"T1": 5, "T9": 60} {
			before := s.reads.Load()
			for range 3000 {
				get(t, c, team)
				time.Sleep(100 * time.Millisecond)
			}
			if reads := s.reads.Load() - before; reads != want {
				t.Errorf("%s: got %d reads in five minutes, want %d", team, reads, want)
			}
		}
	})
}

// TestBounded checks that the cache does not grow without limit, and that an evicted client is
// created again.
func TestBounded(t *testing.T) {
	c, _, built := newClients(t)
	for n := range maxClients + 10 {
		team := fmt.Sprint("T", n)
		install(t, c, team)
		if got := get(t, c, team); got != "xoxb-"+team {
			t.Fatalf("got %s", got)
		}
	}
	if n := c.entries.Len(); n != maxClients {
		t.Errorf("got %d entries, want %d", n, maxClients)
	}
	if got := get(t, c, "T0"); got != "xoxb-T0" || built.Load() != maxClients+11 {
		t.Errorf("got %s, and %d clients built", got, built.Load())
	}
	for n := range 3 * maxLogged {
		c.Once(Ref{Team: fmt.Sprint(n)}, "unknown", func() {})
	}
	if n := c.logged.Len(); n != maxLogged {
		t.Errorf("got %d logged workspaces, want %d", n, maxLogged)
	}
}

// TestStolenToken copies the sealed token of one workspace to the row of another, and checks
// that it cannot be opened there.
func TestStolenToken(t *testing.T) {
	c, s, _ := newClients(t)
	install(t, c, "T1")
	i, _, err := s.Memory.Installation(t.Context(), tenantOf("T1"))
	if err != nil {
		t.Fatal(err)
	}
	i.Tenant = tenantOf("T2")
	if err := s.Install(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Get(t.Context(), Ref{Team: "T2"}); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("got %v, want %v", err, seal.ErrSealed)
	}
}

// TestMoved has a workspace move to another organization after the first one removed the app.
func TestMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := newClients(t)
		for _, e := range []string{"E1", "E2"} {
			if _, err := c.Install(t.Context(), Grant{Enterprise: e, OrgWide: true, Token: platform.Secret("xoxb-" + e)}); err != nil {
				t.Fatal(err)
			}
		}
		of := func(enterprise string) string {
			client, _, err := c.Get(t.Context(), Ref{Team: "T1", Enterprise: enterprise, OrgWide: true})
			return fmt.Sprint(client.Reveal(), " ", err)
		}
		if got := of("E1"); got != "xoxb-E1 <nil>" {
			t.Errorf("got %s", got)
		}
		if got := get(t, c, "T1"); got != "xoxb-E1" {
			t.Errorf("a post: got %s", got)
		}
		if got := of("E2"); !strings.Contains(got, ErrForeign.Error()) {
			t.Errorf("another organization: got %s", got)
		}
		if _, err := s.Remove(t.Context(), tenantOf("E1")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(recheckAfter)
		if got := of("E2"); got != "xoxb-E2 <nil>" {
			t.Errorf("moved: got %s", got)
		}
		if got := get(t, c, "T1"); got != "xoxb-E2" {
			t.Errorf("a post after it moved: got %s", got)
		}
	})
}
