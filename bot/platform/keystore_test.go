package platform

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A fakeStore is a KeyStore that can fail, hang, or be slow.
type fakeStore struct {
	KeyStore
	mu    sync.Mutex
	keys  map[string]bool
	err   error
	hang  bool
	delay time.Duration // delay of calls that neither fail nor hang
	calls int
}

func newFakeStore(keys ...string) *fakeStore {
	s := &fakeStore{keys: make(map[string]bool)}
	for _, k := range keys {
		s.keys[k] = true
	}
	return s
}

func (s *fakeStore) Remember(ctx context.Context, key, _ string, _ time.Duration) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.hang {
		<-ctx.Done()
		return false, ctx.Err()
	}
	if s.err != nil {
		return false, s.err
	}
	time.Sleep(s.delay)
	first := !s.keys[key]
	s.keys[key] = true
	return first, nil
}

func TestDeduplicator(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	ctx := context.Background()
	shared := newFakeStore()
	a, b := NewDeduplicator(shared, time.Hour, log), NewDeduplicator(shared, time.Hour, log)
	if a.Seen(ctx, "1") || !a.Seen(ctx, "1") || !b.Seen(ctx, "1") || b.Seen(ctx, "2") || !a.Seen(ctx, "2") {
		t.Error("replicas that share a store disagree about which events were seen")
	}
	for range 2 {
		if a.Seen(ctx, "") {
			t.Error("an event without an ID counts as seen")
		}
	}
	if alone := NewDeduplicator(nil, time.Hour, log); alone.Seen(ctx, "1") || !alone.Seen(ctx, "1") {
		t.Error("a Deduplicator without a store does not remember an event")
	}
	for name, s := range map[string]*fakeStore{"failing": {err: errors.New("store is down")}, "hanging": {hang: true}} {
		d := NewDeduplicator(guard(s), time.Hour, log)
		for i := range 5 {
			if d.Seen(ctx, strconv.Itoa(i)) || !d.Seen(ctx, strconv.Itoa(i)) {
				t.Errorf("%s store: the Deduplicator does not remember an event", name)
			}
		}
		if s.calls != 1 {
			t.Errorf("%s store: got %d calls, want 1", name, s.calls)
		}
	}
}

func TestDeduplicatorForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDeduplicator(nil, time.Hour, slog.New(slog.DiscardHandler))
		d.Seen(t.Context(), "1")
		time.Sleep(time.Hour)
		if d.Seen(t.Context(), "1") {
			t.Error("an event is remembered for longer than keep")
		}
	})
}

func TestDeduplicatorIsBounded(t *testing.T) {
	d := NewDeduplicator(nil, time.Hour, slog.New(slog.DiscardHandler))
	for i := range maxSeen + 10 {
		d.Seen(context.Background(), strconv.Itoa(i))
	}
	if n := len(d.seen) + len(d.earlier); n > maxSeen {
		t.Errorf("got %d IDs in memory, want at most %d", n, maxSeen)
	}
	if !d.Seen(context.Background(), strconv.Itoa(maxSeen)) {
		t.Error("a recent event is forgotten")
	}
}

// TestGuard checks that calls wait for a slow store, since an event would otherwise be
// answered twice, and that a store that hangs delays only one call.
func TestGuard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, s := context.Background(), newFakeStore("seen")
		s.delay = 4 * keyStoreTimeout / 5
		if !NewDeduplicator(guard(s), time.Hour, slog.New(slog.DiscardHandler)).Seen(ctx, "seen") {
			t.Error("slow store: an event that another replica has seen counts as new")
		}
		s.hang = true
		d := dispatcher(t, s)
		start := time.Now()
		d.RememberAnswer(ctx, "question", "answer")
		for range 10 {
			d.RememberAnswer(ctx, "question", "answer")
			d.AnswerTo(ctx, "question")
			d.events.Seen(ctx, "event")
		}
		if took := time.Since(start); took != keyStoreTimeout {
			t.Errorf("store that hangs: 31 calls took %v, want %v", took, keyStoreTimeout)
		}
		s.hang, s.delay = false, 0
		time.Sleep(keyStoreCooldown + 1)
		if d.RememberAnswer(ctx, "question", "answer"); !s.keys["question"] {
			t.Error("the store is not called again after the cooldown")
		}
	})
}
