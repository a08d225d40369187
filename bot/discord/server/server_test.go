package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/tenant"
	"k8sbot/bot/tenant/tenanttest"
)

// start runs Servers until the test ends. event passes on an event, and waits until its
// changes are stored.
func start(t *testing.T, store tenant.Departures) (s *Servers, event func(kind, data string)) {
	s = New(store, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s, func(kind, data string) { s.OnEvent(kind, []byte(data)); synctest.Wait() }
}

// departed returns which servers have departed.
func departed(t *testing.T, store tenant.Departures) string {
	t.Helper()
	all, err := store.Departures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range all {
		ids = append(ids, d.Tenant.ID)
	}
	return strings.Join(ids, " ")
}

// TestLeave checks what is stored after the bot leaves a server and joins it again, and that
// an outage is not a departure.
func TestLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(tenanttest.Memory)
		s, event := start(t, store)
		for n, step := range []struct{ kind, data, want string }{
			{"GUILD_CREATE", `{"id":"1","preferred_locale":"ja"}`, ""},
			{"GUILD_DELETE", `{"id":"1","unavailable":true}`, ""},
			{"GUILD_DELETE", `{"id":"1"}`, "1"},
			{"GUILD_DELETE", `{"id":"2","unavailable":false}`, "1 2"},
			{"GUILD_UPDATE", `{"id":"2"}`, "1 2"},
			{"GUILD_CREATE", `{"id":"1"}`, "2"},
			{"MESSAGE_CREATE", `{"id":"2"}`, "2"},
			{"GUILD_DELETE", `null`, "2"},
			{"GUILD_DELETE", `{"id":7}`, "2"},
		} {
			event(step.kind, step.data)
			if got := departed(t, store); got != step.want {
				t.Errorf("step %d, %s %s: got departures %q, want %q", n+1, step.kind, step.data, got, step.want)
			}
		}
		if all, err := store.Departures(t.Context()); err != nil || !all[0].RemoveAt.Equal(time.Now().Add(tenant.KeepServer).UTC()) {
			t.Errorf("got %v, %v, want the removal in %v", all, err, tenant.KeepServer)
		}
		if l := s.Locales("1"); len(l) != 0 {
			t.Errorf("got locale %v, want none after it left", l)
		}
	})
}

// TestReady checks which servers have removed or re-added the bot while it was not connected.
// Each shard only reports its own servers.
func TestReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(tenanttest.Memory)
		id := func(n int) string { return fmt.Sprint(n << 22) } // of shard n%2
		for n := 1; n <= 6; n++ {
			if err := store.SetEnterprise(t.Context(), serverOf(id(n)), "stored"); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.SetEnterprise(t.Context(), serverOf(""), "direct messages"); err != nil {
			t.Fatal(err)
		}
		if err := store.Depart(t.Context(), serverOf(id(2)), time.Hour); err != nil {
			t.Fatal(err)
		}
		_, event := start(t, store)
		event("READY", `{"shard":[0,2],"guilds":[]}`)
		if got, want := departed(t, store), strings.Join([]string{id(4), id(6), id(2)}, " "); got != sorted(want) {
			t.Errorf("no server left on shard 0: got %q, want %q", got, want)
		}
		event("READY", fmt.Sprintf(`{"shard":[0,2],"guilds":[{"id":%q,"unavailable":true},{"id":%q}]}`, id(2), id(4)))
		if got := departed(t, store); got != id(6) {
			t.Errorf("two servers remain: got %q, want %q", got, id(6))
		}
		for _, broken := range []string{`null`, `{}`, `{"shard":[0,2]}`, `{"shard":[0],"guilds":[]}`, `{"guilds":[]}`, `{"shard":[0,0],"guilds":[]}`, `[]`} {
			event("READY", broken)
		}
		if got := departed(t, store); got != id(6) {
			t.Errorf("broken events: got %q, want %q", got, id(6))
		}
	})
}

// sorted sorts IDs as the store does.
func sorted(ids string) string { return strings.Join(slices.Sorted(strings.FieldsSeq(ids)), " ") }

// A brokenStore fails for a while.
type brokenStore struct {
	*tenanttest.Memory
	broken atomic.Bool
}

func (s *brokenStore) Depart(ctx context.Context, t bot.Tenant, keep time.Duration) error {
	if s.broken.Load() {
		return errors.New("the database is down")
	}
	return s.Memory.Depart(ctx, t, keep)
}

// TestStoreDown checks that a departure is stored when the store is back, unless the bot has
// returned by then.
func TestStoreDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &brokenStore{Memory: new(tenanttest.Memory)}
		_, event := start(t, store)
		store.broken.Store(true)
		event("GUILD_DELETE", `{"id":"1"}`)
		event("GUILD_DELETE", `{"id":"2"}`)
		event("GUILD_CREATE", `{"id":"2"}`)
		time.Sleep(time.Hour)
		if got := departed(t, store); got != "" {
			t.Fatalf("got %q while the store was down", got)
		}
		store.broken.Store(false)
		time.Sleep(2 * time.Minute)
		if got := departed(t, store); got != "1" {
			t.Errorf("got %q, want 1", got)
		}
	})
}

func TestLocales(t *testing.T) {
	s := New(nil, slog.New(slog.DiscardHandler))
	for _, step := range []struct{ kind, locale, want string }{
		{"GUILD_CREATE", "ja", "[ja]"}, {"GUILD_UPDATE", "en-GB", "[en-GB]"}, {"GUILD_UPDATE", "en-US", "[]"}, {"GUILD_UPDATE", "fr", "[]"},
	} {
		s.OnEvent(step.kind, fmt.Appendf(nil, `{"id":"1","preferred_locale":%q}`, step.locale))
		if got := fmt.Sprint(s.Locales("1")); got != step.want {
			t.Errorf("%s: got %s, want %s", step.locale, got, step.want)
		}
	}
}
